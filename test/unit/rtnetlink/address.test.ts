import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {addressRequests} from '../../../src/rtnetlink/address/requests.js';
import {addressMessage} from '../../../src/rtnetlink/address/schema.js';
import {
  IFA_F_HOMEADDRESS,
  IFA_F_NOPREFIXROUTE,
  IFA_F_PERMANENT,
  RT_SCOPE_LINK,
} from '../../../src/rtnetlink/constants.js';
import {decode, encode, hex, toHex} from './wire.js';

const ip = IpAddress.parse;
const index = 3;

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. */
const sent: readonly [string, ReturnType<typeof addressRequests.add>, string][] = [
  [
    'ip addr add 10.0.0.1/24 dev v0',
    addressRequests.add({index, local: ip('10.0.0.1'), prefixlen: 24}),
    '02180000 03000000 08000200 0a000001 08000100 0a000001',
  ],
  [
    'ip addr add 10.0.0.1/24 brd + dev v0 label v0:1 scope link metric 7 valid_lft 100 preferred_lft 50 noprefixroute',
    addressRequests.add({
      index,
      local: ip('10.0.0.1'),
      prefixlen: 24,
      label: 'v0:1',
      scope: RT_SCOPE_LINK,
      rtPriority: 7,
      flags: IFA_F_NOPREFIXROUTE,
      address: ip('10.0.0.1'),
      broadcast: ip('10.0.0.255'),
      cacheinfo: {prefered: 50, valid: 100},
    }),
    `021800fd 03000000 08000200 0a000001 09000300 76303a31 00000000 08000900 07000000 08000800 00020000 08000100 0a000001
     08000400 0a0000ff 14000600 32000000 64000000 00000000 00000000`,
  ],
  [
    'ip addr add 10.0.0.1 peer 10.0.0.2 dev v0',
    addressRequests.add({index, local: ip('10.0.0.1'), address: ip('10.0.0.2')}),
    '02200000 03000000 08000200 0a000001 08000100 0a000002',
  ],
  [
    'ip addr replace fd00::2/64 dev v0 home',
    addressRequests.replace({index, local: ip('fd00::2'), prefixlen: 64, flags: IFA_F_HOMEADDRESS}),
    '0a401000 03000000 14000200 fd000000 00000000 00000000 00000002 14000100 fd000000 00000000 00000000 00000002',
  ],
  [
    'ip addr add 127.0.0.5/8 dev lo',
    addressRequests.add({index: 1, local: ip('127.0.0.5'), prefixlen: 8}),
    '020800fe 01000000 08000200 7f000005 08000100 7f000005',
  ],
  [
    'ip addr del 192.168.1.2/24 dev v0 label v0',
    addressRequests.delete({index, local: ip('192.168.1.2'), prefixlen: 24, label: 'v0'}),
    '02180000 03000000 08000200 c0a80102 07000300 76300000 08000100 c0a80102',
  ],
  ['ip addr show dev v0', addressRequests.list({index}), '00000000 03000000'],
];

test.each(sent)('%s', (_command, request, capture) => {
  expect(toHex(encode(addressMessage, request.body))).toBe(toHex(hex(capture)));
});

test('each verb has its type and flags', () => {
  const body = {index, local: ip('10.0.0.1')};
  const verbs = (['add', 'change', 'replace', 'delete'] as const).map(verb => addressRequests[verb](body));
  expect(verbs.map(request => [request.name, request.flags])).toEqual([
    ['RTM_NEWADDR', 0x600],
    ['RTM_NEWADDR', 0x100],
    ['RTM_NEWADDR', 0x500],
    ['RTM_DELADDR', 0],
  ]);
});

describe('answers of the kernel', () => {
  // ip addr flush dev v0: the record it deletes
  const inet = hex(`02188000 03000000 08000100 c0a80102 08000200 c0a80102 07000300 76300000 08000800 80000000
    14000600 ffffffff ffffffff 71ba0100 71ba0100`);
  const linkLocal = hex(`0a40c0fd 03000000 14000100 fe800000 00000000 28116eff fe6f4428
    14000600 ffffffff ffffffff 71ba0100 71ba0100 08000800 c0000000 05000b00 03000000`);

  test('inet: own address, label, flags', () => {
    const record = decode(addressMessage, inet);
    expect(String(record.prefix)).toBe('192.168.1.2/24');
    expect(record).toMatchObject({index, label: 'v0', flagBits: IFA_F_PERMANENT, peer: undefined});
    expect(record.cacheinfo).toMatchObject({prefered: 0xffffffff, valid: 0xffffffff});
  });

  test('inet6: only `address` is sent', () => {
    const record = decode(addressMessage, linkLocal);
    expect(String(record.prefix)).toBe('fe80::2811:6eff:fe6f:4428/64');
    expect(record).toMatchObject({local: undefined, proto: 3, scope: RT_SCOPE_LINK, flagBits: 0xc0});
  });

  test('point to point: the peer is the other address', () => {
    const record = decode(addressMessage, hex('02200000 03000000 08000100 0a000002 08000200 0a000001'));
    expect(String(record.prefix)).toBe('10.0.0.1/32');
    expect(String(record.peer)).toBe('10.0.0.2');
  });

  test('one byte of another family: no prefix, and the byte as it is', () => {
    // MCTP, family 45
    const mctp = decode(addressMessage, hex('2d008000 01000000 05000100 08000000 05000200 09000000'));
    expect(mctp).toMatchObject({family: 45, prefix: undefined, peer: undefined});
    expect(mctp.local?.bytes()).toEqual(Uint8Array.of(9));
  });

  test('flags of the header count where the attribute is missing', () => {
    expect(decode(addressMessage, hex('02188000 03000000')).flagBits).toBe(IFA_F_PERMANENT);
  });

  test('a record goes back as a flush sends it', () => {
    const request = addressRequests.deleteRecord(decode(addressMessage, inet));
    expect(decode(addressMessage, encode(addressMessage, request.body))).toEqual(decode(addressMessage, inet));
  });
});
