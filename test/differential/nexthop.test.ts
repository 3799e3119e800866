import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const some = [
  ...fixtures.net,
  'ip nexthop add id 1 via 192.168.1.2 dev eth0; ip nexthop add id 2 via 10.0.0.2 dev eth1 protocol 99',
  'ip nexthop add id 3 via fd00:1::2 dev eth0; ip nexthop add id 4 via 192.168.1.4 fdb',
  'ip nexthop add id 5 blackhole; ip nexthop add id 10 group 1,5/2; ip nexthop add id 11 group 4 fdb',
  'ip nexthop add id 12 group 1/2 type resilient buckets 4 idle_timer 60 unbalanced_timer 300',
  'ip nexthop add id 13 via 192.168.1.2 dev eth0 encap ip id 5 dst 1.2.3.4',
];
const idle = [/idle_time"?:? ?[0-9.]+/];
const lines = (verb: string, ...words: string[]): string[] => words.map(one => `ip nexthop ${verb} ${one}`);

describe('show', () => {
  differential('every output form', {
    setup: some,
    steps: ['', '-o', '-d', '-N', '-N -d', '-j', '-j -p', '-d -j', '-c=always', '-br', '-s', '-4', '-6', '-6 -j'].map(
      options => `ip ${options} nexthop`,
    ),
  });
  differential('selectors', {
    setup: some,
    steps: lines(
      'show',
      ...['id 2', 'id 99', 'id x', 'id 0', 'id 1 foo', 'protocol 99', 'protocol bgp', 'protocol 99 id 1', 'dev eth0'],
      ...[
        'dev',
        'dev eth9',
        'd eth1 groups',
        'master eth0',
        'master x',
        'vrf eth0',
        'vrf default',
        'groups',
        'g',
        'fdb',
        'foo',
        'help',
      ],
    ),
  });
  differential('get', {
    setup: some,
    steps: lines('get', '', 'id 1', 'id 0', 'id 99', 'id x', '1', 'id 1 id 10', 'help'),
  });
  differential('buckets', {
    setup: some,
    ignore: idle,
    steps: [
      ...lines(
        'bucket',
        '',
        'list id 12',
        'show nhid 1',
        'list dev eth0',
        'list id 99',
        'list id 1',
        'list groups',
        'x',
      ),
      ...lines(
        'bucket get',
        '',
        'id 12',
        'id 12 index 1',
        'id 12 index 9',
        'id 99 index 0',
        'id 12 index x',
        'id 0 index 0',
      ),
      'ip -j nexthop bucket list id 12',
      'ip -j -p nexthop bucket get id 12 index 2',
    ],
  });
});

describe('change', () => {
  differential('add', {
    setup: fixtures.net,
    steps: [
      ...lines(
        'add',
        ...['', 'id 1', 'id 1 dev eth0', 'id 1 dev eth0', 'id 2 via 192.168.1.2', 'id 3 via inet6 fd00:1::9 dev eth0'],
        ...[
          'id 4 dev eth0 via fd00:1::3',
          'id 4 via 5.5.5.5 dev eth0 onlink protocol static',
          'id 5 dev eth0 protocol x',
        ],
        ...[
          'id 6 blackhole',
          'id 7 blackhole dev eth0',
          'id 8 fdb via 192.168.1.9',
          'id x',
          'id 9 foo',
          'id 9 dev eth9',
        ],
      ),
      'ip -6 nexthop add id 20 dev eth1',
      'ip -4 nexthop add id 21 via inet6 fd00:1::9 dev eth0',
      'ip nexthop',
    ],
  });
  differential('groups', {
    setup: some,
    steps: [
      ...lines(
        'add id 30',
        ...[
          'group',
          'group x',
          'group 1/',
          'group 1/x',
          'group 1,0',
          'group 1,257',
          'group 1,5,6',
          'group 99',
          'group 1/1',
        ],
        ...['group 1 type x', 'group 1/2 type resilient', 'group 1/2 type resilient buckets x', 'group 1 buckets 4'],
        ...['group 1/2 type resilient buckets 4 idle_timer 42949672', 'group 1/2 type mpath'],
      ),
      'ip nexthop add id 31 group 1/2 type resilient buckets 2 idle_timer 42949671 unbalanced_timer 7',
      'ip nexthop replace id 30 group 2,3',
      'ip nexthop',
      'ip -j nexthop',
    ],
  });
  differential('del and flush', {
    setup: some,
    steps: [
      ...lines('del', '', 'id 1', 'id 1', 'id x', '1', 'id 2 dev eth0', 'id 99'),
      ...lines('flush', 'protocol 99', 'id 5', 'id 5', 'dev eth9', 'dev eth1', 'foo', '', ''),
      'ip nexthop',
    ],
  });
  differential('echo', {
    setup: some,
    steps: [
      'ip -echo nexthop add id 40 dev eth0',
      'ip -echo -j -p nexthop replace id 40 dev eth1',
      'ip -echo -j nexthop del id 40',
      'ip -echo nexthop del id 2',
    ],
  });
});
