import {describe, expect, test} from 'vitest';
import {Cursor, parseClause} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {IpSession} from '../../../src/ops/session.js';
import {baseDevice4, parms4, tunnel4Clause} from '../../../src/ops/tunnel4.js';
import {baseDevice6, namesMode6, parms6, tunnel6Clause} from '../../../src/ops/tunnel6.js';
import type {TunnelEnv} from '../../../src/ops/tunnelValues.js';
import {readStruct, structBytes, tunnelParms, tunnelParms6} from '../../../src/rtnetlink/link/tunnelParms.js';

/** Nothing of it is looked at: no words here name a device. */
const session = {} as IpSession;
const env = () => ({family: 0, names: new Names(), program: 'ip'});
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): string => text.replaceAll(' ', '');

/** Device and structure of SIOCADDTUNNEL as the reference fills them for `ip tunnel add WORDS`. */
const adds4 = [
  [
    'g0 mode gre local 1.1.1.1 remote 2.2.2.2 ttl 64 key 5',
    'gre0',
    '67300000 00000000 00000000 00000000 00000000 20002000 00000005 00000005 45000000 00004000 402f0000 01010101 02020202',
  ],
  [
    'g0 mode gre remote 224.1.1.1 local 1.1.1.1 ikey 5',
    'gre0',
    '67300000 00000000 00000000 00000000 00000000 20002000 00000005 e0010101 45000000 00004000 002f0000 01010101 e0010101',
  ],
  [
    'g0 mode ipip mode vti',
    'ip_vti0',
    '67300000 00000000 00000000 00000000 00000000 01000000 00000000 00000000 45000000 00004000 00040000 00000000 00000000',
  ],
  [
    'g0 mode isatap nopmtudisc tos inherit/10',
    'sit0',
    '67300000 00000000 00000000 00000000 00000000 01000000 00000000 00000000 45110000 00000000 00290000 00000000 00000000',
  ],
  [
    'g0 mode gre icsum iseq',
    'gre0',
    '67300000 00000000 00000000 00000000 00000000 90000000 00000000 00000000 45000000 00004000 002f0000 00000000 00000000',
  ],
] as const;

/** The same for `ip -6 tunnel add WORDS`; what follows is zero. */
const adds6 = [
  ['g0', 'ip6tnl0', '67300000 00000000 00000000 00000000 00000000 29044000 00000000 00000000'],
  ['g0 mode any ttl 3 hlim 4', 'ip6tnl0', '67300000 00000000 00000000 00000000 00000000 00040400 00000000 00000000'],
  ['g0 flowlabel 5 tc 3', 'ip6tnl0', '67300000 00000000 00000000 00000000 00000000 29044000 00300005 00000000'],
  ['g0 tclass 10 tclass inherit', 'ip6tnl0', '67300000 00000000 00000000 00000000 00000000 29044000 00000000 02000000'],
  ['g0 encaplimit 300', 'ip6tnl0', '67300000 00000000 00000000 00000000 00000000 29004000 00000000 00000000'],
  [
    'g0 mode ip6gre encaplimit none',
    'ip6gre0',
    '67300000 00000000 00000000 00000000 00000000 2f044000 00000000 01000000',
  ],
] as const;

describe('structures of new tunnels', () => {
  test.each(adds4)('%s', (line, device, bytes) => {
    const made = parms4(parseClause(tunnel4Clause, new Cursor(line.split(' ')), env()), session);
    expect(baseDevice4(made)).toBe(device);
    const struct = structBytes(tunnelParms, made);
    expect(hex(struct)).toBe(bytesOf(bytes));
    expect(readStruct(tunnelParms, struct)).toMatchObject(made);
  });
  test.each(adds6)('-6 %s', (line, device, bytes) => {
    const made = parms6(parseClause(tunnel6Clause, new Cursor(line.split(' ')), env()), false, session);
    expect(baseDevice6(made)).toBe(device);
    const struct = structBytes(tunnelParms6, made);
    expect(struct).toHaveLength(76);
    expect(hex(struct)).toBe(bytesOf(bytes).padEnd(152, '0'));
    expect(readStruct(tunnelParms6, struct)).toMatchObject(made);
  });
});

test('a change starts from what the kernel has when its first word is the name', () => {
  const current = () => ({protocol: 47, iFlags: 0x2000, oFlags: 0, iKey: 7, oKey: 0, ttl: 5, name: 'g0'});
  const parse = (line: string) => {
    const changing: TunnelEnv = {...env(), current};
    return parseClause(tunnel4Clause, new Cursor(line.split(' ')), changing);
  };
  expect(parse('g0 ttl 6')).toMatchObject({base: {ttl: 5}, ttl: 6});
  expect(parse('name g0')).toMatchObject({base: {ttl: 5}});
  expect(parse('ttl 6 g0')).not.toHaveProperty('base');
  expect(() => parse('g0 mode ipip')).toThrow('more than one tunnel mode');
});

test('the first mode says which family a tunnel has', () => {
  expect(namesMode6(['add', 't0', 'mode', 'vti6'])).toBe(true);
  expect(namesMode6(['add', 't0', 'mode', 'gre', 'mode', 'vti6'])).toBe(false);
  expect(namesMode6(['add', 't0', 'mode'])).toBe(false);
});
