import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {
  FIB_RULE_INVERT,
  FR_ACT_BLACKHOLE,
  FR_ACT_GOTO,
  FR_ACT_NOP,
  RT_TABLE_MAIN,
} from '../../../src/rtnetlink/constants.js';
import {ruleRequests} from '../../../src/rtnetlink/rule/requests.js';
import {ruleMessage} from '../../../src/rtnetlink/rule/schema.js';
import {decode, encode, hex, toHex} from './wire.js';

const ip = IpAddress.parse;

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. */
const sent: readonly [string, ReturnType<typeof ruleRequests.add>, string][] = [
  [
    'ip rule add from 10.0.0.0/8 to 10.1.0.0/16 iif v0 oif v1 fwmark 5/7 table 1000 pref 50 tos 0x10 ipproto tcp sport 5-6 dport 80 uidrange 1-5',
    ruleRequests.add({
      src: ip('10.0.0.0'),
      srcLen: 8,
      dst: ip('10.1.0.0'),
      dstLen: 16,
      iifname: 'v0',
      oifname: 'v1',
      fwmark: 5,
      fwmask: 7,
      table: 1000,
      priority: 50,
      tos: 0x10,
      ipProto: 6,
      sportRange: {start: 5, end: 6},
      dportRange: {start: 80, end: 80},
      uidRange: {start: 1, end: 5},
    }),
    `02100810 00000001 00000000 08000200 0a000000 08000100 0a010000 07000300 76300000 07001100 76310000 08000a00 05000000
     08001000 07000000 08000f00 e8030000 08000600 32000000 05001600 06000000 08001700 05000600 08001800 50005000
     0c001400 01000000 05000000`,
  ],
  ['ip rule add table 100', ruleRequests.add({table: 100}), '02000000 64000001 00000000'],
  ['ip rule add pref 5', ruleRequests.add({priority: 5}), '02000000 fe000001 00000000 08000600 05000000'],
  [
    'ip rule add pref 7 from 10.0.0.0/8 iif v0 not fwmark 1',
    ruleRequests.add({priority: 7, src: ip('10.0.0.0'), srcLen: 8, iifname: 'v0', fwmark: 1, flags: FIB_RULE_INVERT}),
    '02000800 fe000001 02000000 08000600 07000000 08000200 0a000000 07000300 76300000 08000a00 01000000',
  ],
  ['ip rule add blackhole', ruleRequests.add({action: FR_ACT_BLACKHOLE}), '02000000 00000006 00000000'],
  [
    'ip rule add goto 32766 pref 5',
    ruleRequests.add({action: FR_ACT_GOTO, goto: 32766, priority: 5}),
    '02000000 00000002 00000000 08000400 fe7f0000 08000600 05000000',
  ],
  [
    'ip rule add l3mdev pref 1000',
    ruleRequests.add({l3mdev: 1, priority: 1000}),
    '02000000 00000001 00000000 05001300 01000000 08000600 e8030000',
  ],
  [
    'ip -6 rule add from fd00::/64 table 50 nop',
    ruleRequests.add({src: ip('fd00::'), srcLen: 64, table: 50, action: FR_ACT_NOP}),
    '0a004000 32000003 00000000 14000200 fd000000 00000000 00000000 00000000',
  ],
  ['ip rule del pref 32766', ruleRequests.delete({priority: 32766}), '02000000 00000000 00000000 08000600 fe7f0000'],
  ['ip rule del table main', ruleRequests.delete({table: RT_TABLE_MAIN}), '02000000 fe000000 00000000'],
  ['ip rule show', ruleRequests.list(), '02000000 00000000 00000000'],
];

test.each(sent)('%s', (_command, request, capture) => {
  expect(toHex(encode(ruleMessage, request.body))).toBe(toHex(hex(capture)));
});

test('the kernel answers with table, suppressor and protocol', () => {
  // ip rule flush: the record it deletes
  const bytes = hex(
    '02000000 fe000001 00000000 08000f00 fe000000 08000e00 ffffffff 05001500 02000000 08000600 fe7f0000',
  );
  const rule = decode(ruleMessage, bytes);
  expect(rule).toMatchObject({tableId: RT_TABLE_MAIN, suppressPrefixlen: -1, protocol: 2, priority: 32766});
  expect([rule.source, rule.destination]).toEqual([undefined, undefined]);
  expect(decode(ruleMessage, encode(ruleMessage, ruleRequests.deleteRecord(rule).body))).toEqual(rule);
});
