import {describe, expect, test} from 'vitest';
import {IFF_MULTICAST, IFF_NOARP, IFF_PROMISC, IFF_UP} from '../../../src/rtnetlink/constants.js';
import {linkRequests} from '../../../src/rtnetlink/link/requests.js';
import {linkMessage} from '../../../src/rtnetlink/link/schema.js';
import {decode, encode, hex, toHex} from './wire.js';

const index = 3;

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. */
const sent: readonly [string, ReturnType<typeof linkRequests.add>, string][] = [
  [
    'ip link add v0 type veth peer name v1 mtu 1400 netns 1',
    linkRequests.add({
      ifname: 'v0',
      linkinfo: {kind: 'veth', data: {peer: {mtu: 1400, netNsPid: 1, ifname: 'v1'}}},
    }),
    `00000000 00000000 00000000 00000000 07000300 76300000 3c001200 08000100 76657468 30000200
     2c000100 00000000 00000000 00000000 00000000 08000400 78050000 08001300 01000000 07000300 76310000`,
  ],
  [
    'ip link add br0 type bridge stp_state 1 fdb_flush',
    linkRequests.add({ifname: 'br0', linkinfo: {kind: 'bridge', data: {stpState: 1, fdbFlush: true}}}),
    `00000000 00000000 00000000 00000000 08000300 62723000 20001200 0a000100 62726964 67650000
     10000200 08000500 01000000 04001500`,
  ],
  [
    'ip link add type ifb',
    linkRequests.add({linkinfo: {kind: 'ifb'}}),
    '00000000 00000000 00000000 00000000 0c001200 07000100 69666200',
  ],
  [
    'ip link set v0 master br0 up',
    linkRequests.set({index, flags: IFF_UP, change: IFF_UP, master: 2}),
    '00000000 03000000 01000000 01000000 08000a00 02000000',
  ],
  [
    'ip link set v0 down mtu 1400 name v9 address 02:00:00:00:00:01 alias hello txqueuelen 5 group 3',
    linkRequests.set({
      index,
      change: IFF_UP,
      mtu: 1400,
      address: hex('020000000001'),
      ifalias: 'hello',
      txqlen: 5,
      group: 3,
      ifname: 'v9',
    }),
    `00000000 03000000 00000000 01000000 08000400 78050000 0a000100 02000000 00010000 09001400 68656c6c 6f000000
     08000d00 05000000 08001b00 03000000 07000300 76390000`,
  ],
  [
    'ip link set v0 nomaster promisc on arp off multicast off',
    linkRequests.set({
      index,
      flags: IFF_PROMISC | IFF_NOARP,
      change: IFF_PROMISC | IFF_NOARP | IFF_MULTICAST,
      master: 0,
    }),
    '00000000 03000000 80010000 80110000 08000a00 00000000',
  ],
  [
    'ip link set v0 addrgenmode none',
    linkRequests.set({index, afSpec: {inet6: {addrGenMode: 1}}}),
    '00000000 03000000 00000000 00000000 10001a00 0c000a00 05000800 01000000',
  ],
  ['ip link del v0', linkRequests.delete({index}), '00000000 03000000 00000000 00000000'],
  ['ip link del group 5', linkRequests.delete({group: 5}), '00000000 00000000 00000000 00000000 08001b00 05000000'],
  [
    'ip link property add dev lo altname lo0 altname lo1',
    linkRequests.addNames(1, ['lo0', 'lo1']),
    '00000000 01000000 00000000 00000000 14003480 08003500 6c6f3000 08003500 6c6f3100',
  ],
  [
    'ip link property del dev v0 altname alt0',
    linkRequests.deleteNames(index, ['alt0']),
    '00000000 03000000 00000000 00000000 10003480 09003500 616c7430 00000000',
  ],
  ['ip link show', linkRequests.list(), '11000000 00000000 00000000 00000000 08001d00 01000000'],
  [
    'ip link show type veth',
    linkRequests.list({linkinfo: {kind: 'veth'}}),
    '11000000 00000000 00000000 00000000 08001d00 01000000 0c001200 08000100 76657468',
  ],
  [
    'ip link show dev v0',
    linkRequests.get({ifname: 'v0'}),
    '11000000 00000000 00000000 00000000 07000300 76300000 08001d00 01000000',
  ],
];

test.each(sent)('%s', (_command, request, capture) => {
  expect(toHex(encode(linkMessage, request.body))).toBe(toHex(hex(capture)));
});

test('types and flags', () => {
  const all = [
    linkRequests.add({}),
    linkRequests.set({}),
    linkRequests.delete({}),
    linkRequests.addNames(1, []),
    linkRequests.deleteNames(1, []),
  ];
  expect(all.map(request => [request.name, request.flags])).toEqual([
    ['RTM_NEWLINK', 0x600],
    ['RTM_NEWLINK', 0],
    ['RTM_DELLINK', 0],
    ['RTM_NEWLINKPROP', 0xe00],
    ['RTM_DELLINKPROP', 0],
  ]);
});

/** ip -d link show dev v0: one end of a veth pair that is up, without the /proc/sys copies of AF_SPEC. */
const veth = hex(
  `
  00000100 03000000 43100100 00000000          # ifinfomsg: ether, index 3, flags
  07000300 76300000 08000d00 e8030000          # IFLA_IFNAME v0, IFLA_TXQLEN 1000
  05001000 06000000 05001100 00000000 05004300 00000000 08000400 dc050000 08003200 44000000 08003300 ffff0000
  08001b00 00000000 08001e00 00000000 08003d00 00000000 08001f00 02000000 08002800 ffff0000 08002900 00000100
  08003a00 00000100 08003f00 00000100 08004000 00000100 08003b00 f8ff0700 08003c00 ffff0000 08004200 00000000
  08002000 02000000 05002100 01000000 08002300 02000000 08002f00 01000000 08003000 01000000 06004400 00000000
  06004500 00000000 05002700 00000000 0a000100 5e9fe29e fbc10000 0a000200 ffffffff ffff0000
  cc001700 01000000 00000000 01000000 00000000 5a000000 00000000 5a000000 00000000`.concat(
    ' 00000000'.repeat(42),
    `
  0c002b00 05000200 00000000                   # IFLA_XDP: none attached
  10001200 09000100 76657468 00000000          # IFLA_LINKINFO: kind veth
  08000500 02000000 0c000600 6e6f7175 65756500 # IFLA_LINK 2, IFLA_QDISC noqueue
  10003480 09003500 616c7430 00000000          # IFLA_PROP_LIST: alt0
  04003e80 04004180                            # IFLA_DEVLINK_PORT, IFLA_DPLL_PIN: empty
`,
  ),
);

describe('answers of the kernel', () => {
  test('veth', () => {
    const link = decode(linkMessage, veth);
    expect(link).toMatchObject({
      type: 1,
      index,
      flags: 0x11043,
      ifname: 'v0',
      mtu: 1500,
      txqlen: 1000,
      operstate: 6,
      minMtu: 68,
      maxMtu: 65535,
      link: 2,
      qdisc: 'noqueue',
      kind: 'veth',
      altnames: ['alt0'],
      headroom: 0,
      maxPacingOffloadHorizon: 0n,
      netnsImmutable: 0,
      master: undefined,
    });
    expect(link.stats64).toMatchObject({rxPackets: 1n, txBytes: 90n, rxOtherhostDropped: 0n});
    expect(link.xdp).toMatchObject({attached: 0});
  });

  test('JSON has addresses as text and keeps 64-bit counters exact', () => {
    const json = JSON.parse(JSON.stringify(decode(linkMessage, veth))) as Record<string, unknown>;
    expect(json).toMatchObject({address: '5e:9f:e2:9e:fb:c1', ifname: 'v0', stats64: {rxBytes: '90'}});
  });

  /** ip -d link show br0: IFLA_LINKINFO of a bridge. */
  test('bridge', () => {
    const link = decode(
      linkMessage,
      hex(`00000100 02000000 02100000 00000000 08000300 62723000
        4c001200 0b000100 62726964 67650000 3c000200 0c001000 00000000 00000000 08000100 dc050000 0c000b00 80000000 00000000
        0a001400 0180c200 00000000 0c002e00 00000000 1f000000`),
    );
    expect(link.kind).toBe('bridge');
    expect(link.linkinfo?.data).toMatchObject({
      helloTimer: 0n,
      forwardDelay: 1500,
      bridgeId: {prio: 0x8000, addr: new Uint8Array(6)},
      groupAddr: hex('0180c2000000'),
      multiBoolopt: {optval: 0, optmask: 31},
    });
  });

  /** ip -d link show v0: IFLA_LINKINFO of a bridge port. */
  test('a port of a bridge is of its own kind and of its master', () => {
    const link = decode(
      linkMessage,
      hex(`00000100 04000000 02100000 00000000 07000300 76300000
        38001200 09000100 76657468 00000000 0b000400 62726964 67650000
        1c000500 05000100 00000000 06000200 20000000 08000300 02000000`),
    );
    expect(link.linkinfo).toMatchObject({
      kind: 'veth',
      slaveKind: 'bridge',
      slaveData: {state: 0, priority: 32, cost: 2},
    });
  });

  test('a link of an unknown kind keeps its data as bytes', () => {
    const link = decode(
      linkMessage,
      hex('00000100 05000000 00000000 00000000 18001200 0a000100 64756d6d 79000000 08000200 01020304'),
    );
    expect(link.linkinfo).toMatchObject({kind: 'dummy', data: hex('01020304')});
    expect(link.altnames).toEqual([]);
  });
});
