import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {
  RT_SCOPE_LINK,
  RT_TABLE_MAIN,
  RTN_BLACKHOLE,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_UNREACHABLE,
  RTNH_F_ONLINK,
  RTPROT_STATIC,
} from '../../../src/rtnetlink/constants.js';
import {routeRequests} from '../../../src/rtnetlink/route/requests.js';
import {type RouteRequest, routeMessage} from '../../../src/rtnetlink/route/schema.js';
import {decode, encode, hex, toHex} from './wire.js';

const ip = IpAddress.parse;
const v0 = 3;

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. Pad bytes, which `ip` leaves unset, are zeroed. */
const created: readonly [string, RouteRequest, string][] = [
  [
    'ip route add 172.16.32.0/24 via 192.168.1.1',
    {dst: ip('172.16.32.0'), dstLen: 24, gateway: ip('192.168.1.1')},
    `02180000 fe030001 00000000  # rtmsg: inet, /24, table main, boot, universe, unicast
     08000100 ac102000           # RTA_DST
     08000500 c0a80101           # RTA_GATEWAY`,
  ],
  [
    'ip route add 10.0.0.0/8 via 192.168.1.1 dev v0 metric 5 mtu lock 1400 src 192.168.1.2 table 1000 proto static scope link onlink',
    {
      dst: ip('10.0.0.0'),
      dstLen: 8,
      gateway: ip('192.168.1.1'),
      priority: 5,
      prefsrc: ip('192.168.1.2'),
      table: 1000,
      oif: v0,
      metrics: {mtu: 1400, lock: 1 << 2},
      protocol: RTPROT_STATIC,
      scope: RT_SCOPE_LINK,
      flags: RTNH_F_ONLINK,
    },
    `02080000 0004fd01 04000000 08000100 0a000000 08000500 c0a80101 08000600 05000000 08000700 c0a80102
     08000f00 e8030000 08000400 03000000 14000800 08000200 78050000 08000100 04000000`,
  ],
  [
    'ip route add 10.0.0.0/8 dev v0 realms 1/2 rtt 5ms hoplimit 3 congctl cubic initcwnd 10 features ecn quickack 1',
    {
      dst: ip('10.0.0.0'),
      dstLen: 8,
      flow: (1 << 16) | 2,
      oif: v0,
      metrics: {rtt: 40, hoplimit: 3, ccAlgo: 'cubic', initcwnd: 10, features: 1, quickack: 1, lock: 1 << 13},
    },
    `02080000 fe03fd01 00000000 08000100 0a000000 08000b00 02000100 08000400 03000000
     40000800 08000400 28000000 08000a00 03000000 09001000 63756269 63000000 08000b00 0a000000
     08000c00 01000000 08000f00 01000000 08000100 00200000`,
  ],
  [
    'ip route append 10.0.0.0/8 nexthop via 192.168.1.1 weight 3 nexthop via 192.168.1.9 dev v0 onlink',
    {
      dst: ip('10.0.0.0'),
      dstLen: 8,
      multipath: [
        {hops: 2, gateway: ip('192.168.1.1')},
        {flags: RTNH_F_ONLINK, oif: v0, gateway: ip('192.168.1.9')},
      ],
    },
    `02080000 fe030001 00000000 08000100 0a000000
     24000900 10000002 00000000 08000500 c0a80101 10000400 03000000 08000500 c0a80109`,
  ],
  [
    'ip route add unreachable default metric 5000',
    {type: RTN_UNREACHABLE, family: 2, priority: 5000},
    '02000000 fe030007 00000000 08000600 88130000',
  ],
  [
    'ip route add blackhole 10.0.0.0/8',
    {type: RTN_BLACKHOLE, dst: ip('10.0.0.0'), dstLen: 8},
    '02080000 fe030006 00000000 08000100 0a000000',
  ],
  [
    'ip route add local 10.0.0.0/8 dev v0',
    {type: RTN_LOCAL, dst: ip('10.0.0.0'), dstLen: 8, oif: v0},
    '02080000 ff03fe02 00000000 08000100 0a000000 08000400 03000000',
  ],
  [
    'ip route add broadcast 10.0.0.0/8 dev v0',
    {type: RTN_BROADCAST, dst: ip('10.0.0.0'), dstLen: 8, oif: v0},
    '02080000 ff03fd03 00000000 08000100 0a000000 08000400 03000000',
  ],
  [
    'ip route add multicast 224.0.0.0/8 dev v0',
    {type: RTN_MULTICAST, dst: ip('224.0.0.0'), dstLen: 8, oif: v0},
    '02080000 fe03fd05 00000000 08000100 e0000000 08000400 03000000',
  ],
  [
    'ip route add 10.0.0.0/8 nhid 5',
    {dst: ip('10.0.0.0'), dstLen: 8, nhId: 5},
    '02080000 fe030001 00000000 08000100 0a000000 08001e00 05000000',
  ],
  [
    'ip route replace 10.0.0.0/8 dev v0 table 100',
    {dst: ip('10.0.0.0'), dstLen: 8, oif: v0, table: 100},
    '02080000 6403fd01 00000000 08000100 0a000000 08000400 03000000',
  ],
  [
    'ip route add default via fe80::1 dev v0',
    {gateway: ip('fe80::1'), oif: v0},
    '0a000000 fe030001 00000000 14000500 fe800000 00000000 00000000 00000001 08000400 03000000',
  ],
  [
    'ip route add 10.0.0.0/8 via inet6 fe80::1 dev v0',
    {dst: ip('10.0.0.0'), dstLen: 8, via: {family: 10, address: ip('fe80::1')}, oif: v0},
    '02080000 fe030001 00000000 08000100 0a000000 16001200 0a00fe80 00000000 00000000 00000000 00010000 08000400 03000000',
  ],
  [
    'ip route add fd01::/64 via fd00::9 expires 50 pref high',
    {dst: ip('fd01::'), dstLen: 64, gateway: ip('fd00::9'), expires: 50, pref: 1},
    `0a400000 fe030001 00000000 14000100 fd010000 00000000 00000000 00000000 14000500 fd000000 00000000 00000000 00000009
     08001700 32000000 05001400 01000000`,
  ],
  [
    'ip route add 10.1.0.0/16 encap ip id 5 dst 1.2.3.4 src 1.2.3.5 ttl 3 tos 4 via 127.0.0.1 dev lo',
    {
      dst: ip('10.1.0.0'),
      dstLen: 16,
      encap: {id: 5n, dst: ip('1.2.3.4'), src: ip('1.2.3.5'), ttl: 3, tos: 4},
      encapType: 2,
      gateway: ip('127.0.0.1'),
      oif: 1,
    },
    `02100000 fe030001 00000000 08000100 0a010000
     30001680 0c000100 00000000 00000005 08000200 01020304 08000300 01020305 05000400 03000000 05000500 04000000
     06001500 02000000 08000500 7f000001 08000400 01000000`,
  ],
  [
    'ip route add 10.1.0.0/16 encap mpls 100/200 via 127.0.0.1',
    {
      dst: ip('10.1.0.0'),
      dstLen: 16,
      encap: {dst: [100 << 12, (200 << 12) | (1 << 8)]},
      encapType: 1,
      gateway: ip('127.0.0.1'),
    },
    '02100000 fe030001 00000000 08000100 0a010000 10001680 0c000100 00064000 000c8100 06001500 01000000 08000500 7f000001',
  ],
  [
    'ip route add fd00:5::/64 encap seg6 mode encap segs fc00::1,fc00::2 dev lo',
    {
      dst: ip('fd00:5::'),
      dstLen: 64,
      encap: {
        srh: hex(`01000000 00040401 01000000 fc000000 00000000 00000000 00000002 fc000000 00000000 00000000 00000001`),
      },
      encapType: 5,
      oif: 1,
    },
    `0a400000 fe030001 00000000 14000100 fd000005 00000000 00000000 00000000
     34001680 30000100 01000000 00040401 01000000 fc000000 00000000 00000000 00000002 fc000000 00000000 00000000 00000001
     06001500 05000000 08000400 01000000`,
  ],
  [
    'ip route add fd00:5::/64 encap seg6local action End.DT6 table 100 dev lo',
    {dst: ip('fd00:5::'), dstLen: 64, encap: {action: 7, table: 100}, encapType: 7, oif: 1},
    `0a400000 fe030001 00000000 14000100 fd000005 00000000 00000000 00000000 14001680 08000100 07000000 08000300 64000000
     06001500 07000000 08000400 01000000`,
  ],
  [
    'ip route add fd00:5::/64 encap ioam6 mode encap tundst fc00::5 trace prealloc type 0x800000 ns 1 size 12 dev lo',
    {
      dst: ip('fd00:5::'),
      dstLen: 64,
      encap: {freqK: 1, freqN: 1, mode: 2, dst: ip('fc00::5'), trace: {namespaceId: 1, remlen: 3, type: 0x80000000}},
      encapType: 9,
      oif: 1,
    },
    `0a400000 fe030001 00000000 14000100 fd000005 00000000 00000000 00000000
     3c001680 08000400 01000000 08000500 01000000 05000100 02000000 14000200 fc000000 00000000 00000000 00000005
     0c000300 00010003 80000000 06001500 09000000 08000400 01000000`,
  ],
  [
    'ip route add fd00:5::/64 encap ila 1:2:3:4 csum-mode adj-transport dev lo',
    {dst: ip('fd00:5::'), dstLen: 64, encap: {locator: 0x0001000200030004n, csumMode: 0}, encapType: 3, oif: 1},
    `0a400000 fe030001 00000000 14000100 fd000005 00000000 00000000 00000000 18001680 0c000100 00010002 00030004 05000700 00000000
     06001500 03000000 08000400 01000000`,
  ],
];

describe('requests that make routes', () => {
  test.each(created)('%s', (command, body, capture) => {
    const verb = command.split(' ')[2] as 'add' | 'append' | 'replace';
    const request = routeRequests[verb](body);
    expect(request.name).toBe('RTM_NEWROUTE');
    expect(toHex(encode(routeMessage, request.body))).toBe(toHex(hex(capture)));
  });

  test.each(created)('decoded again: %s', (_command, body, capture) => {
    const {table, ...told} = body;
    const record = decode(routeMessage, hex(capture));
    expect(record).toMatchObject(told);
    if (table !== undefined) expect(record.tableId).toBe(table);
  });

  test('each verb has its flags', () => {
    const flags = (['add', 'change', 'replace', 'prepend', 'append', 'test'] as const).map(
      verb => routeRequests[verb]({dst: ip('10.0.0.0')}).flags,
    );
    expect(flags).toEqual([0x600, 0x100, 0x500, 0x400, 0xc00, 0x200]);
  });
});

const others: readonly [string, ReturnType<typeof routeRequests.get>, string][] = [
  [
    'ip route del 192.168.1.0/24',
    routeRequests.delete({dst: ip('192.168.1.0'), dstLen: 24}),
    '02180000 fe00ff00 00000000 08000100 c0a80100',
  ],
  [
    'ip route del fd05::/64',
    routeRequests.delete({dst: ip('fd05::'), dstLen: 64}),
    '0a400000 fe000000 00000000 14000100 fd050000 00000000 00000000 00000000',
  ],
  [
    'ip route del 10.0.0.0/8 via 192.168.1.1 dev v0 table 1000 proto static',
    routeRequests.delete({
      dst: ip('10.0.0.0'),
      dstLen: 8,
      gateway: ip('192.168.1.1'),
      table: 1000,
      oif: v0,
      protocol: RTPROT_STATIC,
    }),
    '02080000 0004ff00 00000000 08000100 0a000000 08000500 c0a80101 08000f00 e8030000 08000400 03000000',
  ],
  [
    'ip route get 192.168.1.7',
    routeRequests.get({dst: ip('192.168.1.7')}),
    '02200000 00000000 00100000 08000100 c0a80107',
  ],
  [
    'ip route get 192.168.1.7 from 192.168.1.2 oif v0 fibmatch',
    routeRequests.get({dst: ip('192.168.1.7'), src: ip('192.168.1.2'), oif: v0}, {fibMatch: true}),
    '02202000 00000000 00300000 08000100 c0a80107 08000200 c0a80102 08000400 03000000',
  ],
  [
    'ip route get fd00::5',
    routeRequests.get({dst: ip('fd00::5')}),
    '0a800000 00000000 00000000 14000100 fd000000 00000000 00000000 00000005',
  ],
  [
    'ip route get 8.8.8.8 mark 5 uid 3 ipproto tcp sport 5 dport 6',
    routeRequests.get({dst: ip('8.8.8.8'), uid: 3, ipProto: 6, sport: 5, dport: 6, mark: 5}),
    '02200000 00000000 00100000 08000100 08080808 08001900 03000000 05001b00 06000000 06001c00 00050000 06001d00 00060000 08001000 05000000',
  ],
  [
    'ip route show',
    routeRequests.list({family: 2, table: RT_TABLE_MAIN}),
    '02000000 00000000 00000000 08000f00 fe000000',
  ],
];

test.each(others)('%s', (_command, request, capture) => {
  expect(toHex(encode(routeMessage, request.body))).toBe(toHex(hex(capture)));
});

describe('answers of the kernel', () => {
  // ip -d -6 route show, a connected prefix
  const connected = decode(
    routeMessage,
    hex(`0a400000 fe020001 00000000 08000f00 fe000000 14000100 fe800000 00000000 00000000 00000000
         08000600 00010000 08000400 03000000
         24000c00 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 05001400 00000000`),
  );

  test('header and attribute give one table and one destination', () => {
    expect(connected.tableId).toBe(RT_TABLE_MAIN);
    expect(String(connected.destination)).toBe('fe80::/64');
    expect(connected).toMatchObject({priority: 256, oif: v0, pref: 0, cacheinfo: {clntref: 0, expires: 0}});
  });

  test('a default route has a destination of length 0', () => {
    const record = decode(routeMessage, hex('02000000 fe030001 00000000 08000500 c0a80101'));
    expect(String(record.destination)).toBe('0.0.0.0/0');
    expect(record.source).toBeUndefined();
  });

  test('a record goes back as it came, as a flush sends it', () => {
    const bytes = hex(
      '02180000 fe02fd01 00000000 08000f00 fe000000 08000100 c0a80100 08000700 c0a80102 08000400 03000000',
    );
    const request = routeRequests.deleteRecord(decode(routeMessage, bytes));
    expect(request.name).toBe('RTM_DELROUTE');
    const again = encode(routeMessage, request.body);
    expect(decode(routeMessage, again)).toEqual(decode(routeMessage, bytes));
  });

  test('a prefix length that no address has gives no prefix', () => {
    const record = decode(routeMessage, hex('02ff0000 fe030001 00000000 08000100 0a000000'));
    expect([record.dstLen, record.destination]).toEqual([255, undefined]);
  });

  test('addresses are text in JSON', () => {
    expect(JSON.parse(JSON.stringify(connected))).toMatchObject({dst: 'fe80::', dstLen: 64});
  });
});

test('an attribute cut short names itself', () => {
  const cut = hex('02180000 fe030001 00000000 08000100 ac102000 08000500 c0a8');
  expect(() => decode(routeMessage, cut)).toThrow(/route: gateway: 8 bytes announced, 6 left/);
});
