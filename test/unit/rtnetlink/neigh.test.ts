import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {
  NTF_EXT_LEARNED,
  NTF_EXT_MANAGED,
  NTF_PROXY,
  NTF_ROUTER,
  NUD_NONE,
  NUD_REACHABLE,
} from '../../../src/rtnetlink/constants.js';
import {neighbourRequests} from '../../../src/rtnetlink/neigh/requests.js';
import {neighMessage} from '../../../src/rtnetlink/neigh/schema.js';
import {neighTableMessage} from '../../../src/rtnetlink/neigh/table.js';
import {decode, encode, hex, toHex} from './wire.js';

const ip = IpAddress.parse;
const ifindex = 3;
const lladdr = hex('020000000009');

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. */
const sent: readonly [string, ReturnType<typeof neighbourRequests.add>, string][] = [
  [
    'ip neigh add 192.168.1.9 lladdr 02:00:00:00:00:09 dev v0',
    neighbourRequests.add({ifindex, dst: ip('192.168.1.9'), lladdr}),
    '02000000 03000000 80000000 08000100 c0a80109 0a000200 02000000 00090000',
  ],
  [
    'ip neigh replace 192.168.1.9 lladdr 02:00:00:00:00:09 dev v0 nud reachable router proto static',
    neighbourRequests.replace({
      ifindex,
      state: NUD_REACHABLE,
      flags: NTF_ROUTER,
      protocol: 4,
      dst: ip('192.168.1.9'),
      lladdr,
    }),
    '02000000 03000000 02008000 05000c00 04000000 08000100 c0a80109 0a000200 02000000 00090000',
  ],
  [
    'ip neigh add proxy 192.168.1.10 dev v0',
    neighbourRequests.add({ifindex, flags: NTF_PROXY, dst: ip('192.168.1.10')}),
    '02000000 03000000 80000800 08000100 c0a8010a',
  ],
  [
    'ip neigh add 192.168.1.9 dev v0 managed extern_learn',
    neighbourRequests.add({ifindex, flags: NTF_EXT_LEARNED, dst: ip('192.168.1.9'), flagsExt: NTF_EXT_MANAGED}),
    '02000000 03000000 00001000 08000100 c0a80109 08000f00 01000000',
  ],
  [
    'ip neigh add fd00::7 dev v0 nud none',
    neighbourRequests.add({ifindex, state: NUD_NONE, dst: ip('fd00::7')}),
    '0a000000 03000000 00000000 14000100 fd000000 00000000 00000000 00000007',
  ],
  [
    'ip neigh del 192.168.1.9 dev v0',
    neighbourRequests.delete({ifindex, dst: ip('192.168.1.9')}),
    '02000000 03000000 80000000 08000100 c0a80109',
  ],
  [
    'ip neigh get 192.168.1.9 dev v0',
    neighbourRequests.get({ifindex, dst: ip('192.168.1.9')}),
    '02000000 03000000 00000000 08000100 c0a80109',
  ],
  ['ip neigh show', neighbourRequests.list(), '00000000 00000000 00000000'],
  ['ip neigh show dev v0', neighbourRequests.list({ifindex}), '00000000 00000000 00000000 08000800 03000000'],
  ['ip neigh show master br0', neighbourRequests.list({master: 4}), '00000000 00000000 00000000 08000900 04000000'],
  ['ip neigh show proxy', neighbourRequests.list({proxy: true}), '00000000 00000000 00000800'],
];

test.each(sent)('%s', (_command, request, capture) => {
  expect(toHex(encode(neighMessage, request.body))).toBe(toHex(hex(capture)));
});

test('each verb has its type and flags', () => {
  const verbs = (['add', 'change', 'replace', 'delete'] as const).map(verb => neighbourRequests[verb]({ifindex}));
  expect(verbs.map(request => [request.name, request.flags])).toEqual([
    ['RTM_NEWNEIGH', 0x600],
    ['RTM_NEWNEIGH', 0x100],
    ['RTM_NEWNEIGH', 0x500],
    ['RTM_DELNEIGH', 0],
  ]);
});

test('ip ntable change name arp_cache dev v0 queue 5', () => {
  const body = {name: 'arp_cache', parms: {ifindex, queueLen: 5}};
  const capture = '00000000 0e000100 6172705f 63616368 65000000 14000600 08000100 03000000 08000800 05000000';
  expect(toHex(encode(neighTableMessage, body))).toBe(toHex(hex(capture)));
  expect(decode(neighTableMessage, hex(capture))).toMatchObject(body);
});
