import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {NEXTHOP_GRP_TYPE_RES, RTNH_F_ONLINK, RTPROT_STATIC} from '../../../src/rtnetlink/constants.js';
import {nexthopRequests} from '../../../src/rtnetlink/nexthop/requests.js';
import {nexthopMessage} from '../../../src/rtnetlink/nexthop/schema.js';
import {decode, encode, hex, toHex} from './wire.js';

const ip = IpAddress.parse;
const oif = 3;

/** Sent by `ip` 6.1 on kernel 6.18, little endian; body of the message. */
const sent: readonly [string, ReturnType<typeof nexthopRequests.add>, string][] = [
  [
    'ip nexthop add id 1 via 192.168.1.1 dev v0',
    nexthopRequests.add({id: 1, gateway: ip('192.168.1.1'), oif}),
    '02000000 00000000 08000100 01000000 08000600 c0a80101 08000500 03000000',
  ],
  [
    'ip nexthop add id 2 blackhole',
    nexthopRequests.add({id: 2, blackhole: true}),
    '02000000 00000000 08000100 02000000 04000400',
  ],
  [
    'ip nexthop add via 192.168.1.1 dev v0 onlink proto static',
    nexthopRequests.add({gateway: ip('192.168.1.1'), oif, flags: RTNH_F_ONLINK, protocol: RTPROT_STATIC}),
    '02000400 04000000 08000600 c0a80101 08000500 03000000',
  ],
  [
    'ip nexthop replace id 10 group 1,3/2 type resilient buckets 8 idle_timer 5 unbalanced_timer 6',
    nexthopRequests.replace({
      id: 10,
      group: [{id: 1}, {id: 2, weight: 0}],
      resGroup: {buckets: 8, idleTimer: 500, unbalancedTimer: 600},
      groupType: NEXTHOP_GRP_TYPE_RES,
    }),
    `00000000 00000000 08000100 0a000000 14000200 01000000 00000000 02000000 00000000
     1c000c80 06000100 08000000 08000200 f4010000 08000300 58020000 06000300 01000000`,
  ],
  [
    'ip nexthop add id 4 via fd00::9 dev v0 encap seg6 mode encap segs fc00::1',
    nexthopRequests.add({
      id: 4,
      gateway: ip('fd00::9'),
      oif,
      encap: {srh: hex('01000000 00020400 00000000 fc000000 00000000 00000000 00000001')},
      encapType: 5,
    }),
    `0a000000 00000000 08000100 04000000 14000600 fd000000 00000000 00000000 00000009 08000500 03000000
     24000880 20000100 01000000 00020400 00000000 fc000000 00000000 00000000 00000001 06000700 05000000`,
  ],
  [
    'ip nexthop add id 5 fdb via 192.168.1.1',
    nexthopRequests.add({id: 5, fdb: true, gateway: ip('192.168.1.1')}),
    '02000000 00000000 08000100 05000000 04000b00 08000600 c0a80101',
  ],
  ['ip nexthop del id 1', nexthopRequests.delete({id: 1}), '00000000 00000000 08000100 01000000'],
  ['ip nexthop get id 1', nexthopRequests.get(1), '00000000 00000000 08000100 01000000'],
  ['ip nexthop show dev v0', nexthopRequests.list({oif}), '00000000 00000000 08000500 03000000'],
  ['ip nexthop show groups', nexthopRequests.list({groups: true}), '00000000 00000000 04000900'],
  ['ip nexthop show fdb', nexthopRequests.list({fdb: true}), '00000000 00000000 04000b00'],
  ['ip nexthop bucket show', nexthopRequests.listBuckets(), '00000000 00000000'],
  [
    'ip nexthop bucket get id 10 index 3',
    nexthopRequests.getBucket(10, 3),
    '00000000 00000000 08000100 0a000000 0c000d80 06000100 03000000',
  ],
];

test.each(sent)('%s', (_command, request, capture) => {
  expect(toHex(encode(nexthopMessage, request.body))).toBe(toHex(hex(capture)));
});

test('a group comes back with its members', () => {
  const record = decode(
    nexthopMessage,
    hex('00000000 00000000 08000100 0a000000 14000200 01000000 00000000 03000000 01000000 06000300 00000000'),
  );
  expect(record).toMatchObject({
    id: 10,
    groupType: 0,
    group: [
      {id: 1, weight: 0},
      {id: 3, weight: 1},
    ],
  });
});
