import {differential} from '../helpers/differential.js';

const lines = (object: string, words: readonly string[]): string[] => words.map(word => `ip ${object} ${word}`);

differential('families that the kernel may not have', {
  steps: [
    'ip l2tp show tunnel',
    'ip -j l2tp show session',
    'ip l2tp add tunnel tunnel_id 1 peer_tunnel_id 2 encap ip local 10.0.0.1 remote 10.0.0.2',
    'ip macsec show',
    'ip fou show',
    'ip ila list',
    'ip amt',
  ],
});
differential('sr', {
  steps: lines('sr', [
    'tunsrc show',
    'tunsrc set fd00:1::1',
    't sh',
    'hmac show',
    'hmac set x sha1',
    'hmac set 5 foo',
    'hmac set 0 foo',
    'hmac set 5',
    'hmac',
    'tunsrc foo',
    'tunsrc set 10.0.0.1',
    'foo',
    'h sh',
  ]).concat('ip -j -p sr tunsrc show', 'ip -j sr hmac show'),
});
differential('ioam', {
  steps: lines('ioam', [
    'namespace add 5 data 123 wide 0x123456789abcdef0',
    'namespace add 5',
    'schema add 3 hello',
    'namespace set 5 schema 3',
    'namespace show',
    'schema show',
  ]).concat(
    ['-j', '-o', '-c'].flatMap(o => [`ip ${o} ioam namespace show`, `ip ${o} ioam schema show`]),
    lines('ioam', [
      'namespace set 5 schema none',
      'schema del 3',
      'schema del 3',
      'namespace add x',
      'namespace add 70000',
      'namespace add 9 data x',
      'namespace add 9 wide 1 data 2',
      'namespace add 9 foo',
      'namespace set 9 foo 3',
      'schema add 9',
      'schema add 99999999999 x',
      'namespace',
      'n s',
    ]),
  ),
});
differential('vrf without one', {
  setup: ['ip link set lo up'],
  steps: lines('vrf', [
    'show',
    'l',
    'show nosuch',
    'show lo more',
    'identify',
    'identify foo',
    'identify 99999999',
    'identify 1 2',
    'pids',
    'pids nosuch',
    'pids default',
    'exec',
    'exec nosuch',
    'exec nosuch true',
    'foo',
  ]).concat(
    'ip -j vrf',
    'ip -j -p vrf',
    'ip -6 vrf',
    'ip -0 vrf',
    "printf 'vrf show nosuch\\nvrf\\n' | ip -force -batch -",
  ),
});
