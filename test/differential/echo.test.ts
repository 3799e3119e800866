import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

// Addresses and nexthops are in the files of their objects.
describe('-echo', () => {
  differential('routes', {
    setup: [...fixtures.net],
    steps: [
      'ip -echo route add 172.16.1.0/24 via 192.168.1.2',
      'ip -echo -j route add 172.16.2.0/24 via 192.168.1.2 table 99',
      'ip -echo -j -p route append 172.16.1.0/24 dev eth0 metric 4 mtu 1400',
      'ip -echo -d route replace 172.16.1.0/24 nexthop via 192.168.1.2 nexthop via 10.0.0.2',
      'ip -echo -d route replace 172.16.1.0/24 nexthop via 192.168.1.2 nexthop via 10.0.0.2',
      'ip -echo -j route replace 172.16.1.0/24 nexthop via 192.168.1.2 nexthop via 10.0.0.2',
      'ip -echo -o route change 172.16.1.0/24 nexthop via 192.168.1.3 nexthop via 10.0.0.2',
      'ip -echo route del 172.16.1.0/24',
      'ip -echo -j route del 172.16.1.0/24',
      'ip -echo -N -br route add blackhole 172.16.3.0/24 proto static',
      'ip -echo -c=always route add 172.16.4.0/24 dev eth1 scope link',
      'ip -echo route add 172.16.9.0/24 via 9.9.9.9',
      'ip -echo -j route add 172.16.9.0/24 via 9.9.9.9',
      'ip -echo -6 route add fd01::/64 via fd00:1::2',
      'ip -echo -6 -j route append fd01::/64 via fd00:1::3',
      'ip -echo -6 route del fd01::/64',
      'ip nexthop add id 5 dev eth0; ip -echo -d route add 172.16.5.0/24 nhid 5',
      'ip -echo -d -j route add 172.16.6.0/24 nhid 5',
    ],
  });
  differential('rules', {
    setup: [...fixtures.net],
    steps: [
      'ip -echo rule add from 10.0.0.1 table 5',
      'ip -echo -j rule add from 10.0.0.2 table 5',
      'ip -echo -d rule add not iif eth0 from 10.0.0.3/25 goto 32766',
      'ip -echo -d -j -p rule del from 10.0.0.2 table 5',
      'ip -echo -6 rule add from fd00::/64 table main',
      'ip -echo -c=always -br rule del from 10.0.0.1 table 5',
      'ip -echo -j rule del from 10.0.0.1 table 5',
      'ip -echo rule flush',
    ],
  });
  differential('links', {
    setup: [...fixtures.up, 'mount -t tmpfs none /run/netns || true', 'ip netns add far'],
    steps: [
      'ip -echo link add b0 address 02:00:00:00:01:01 type bridge',
      'ip -echo -d -s link add b1 address 02:00:00:00:01:02 type bridge',
      'ip -echo -j link add b2 address 02:00:00:00:01:03 mtu 1400 type bridge',
      'ip -echo -br link add b3 address 02:00:00:00:01:04 type bridge',
      'ip -echo -br -j link add b4 address 02:00:00:00:01:05 type bridge',
      'ip -echo -o -c=always link add v0 address 02:00:00:00:01:06 type veth peer name v1 address 02:00:00:00:01:07',
      'ip -echo link add v2 address 02:00:00:00:01:08 type veth peer name v3 netns far',
      'ip -echo -j -p link add v4 address 02:00:00:00:01:09 type veth peer name v5 netns far',
      'ip -echo link add m0 link eth0 address 02:00:00:00:01:0a type macvlan',
      'ip -echo link set b0 alias x; ip -echo -j link set b0 mtu 1300; ip -echo link set b0 group 7',
      'ip -echo -j link del m0',
      'ip -echo link del v0',
      'ip -echo link del v0',
      'ip -echo -j link property add dev b0 altname other',
    ],
  });
  differential('listings, of which those of addresses name the link again', {
    setup: fixtures.up,
    steps: ['addr', '-j addr', '-br addr', '-o addr', 'link', 'route', 'neigh'].map(line => `ip -echo ${line}`),
  });
  differential('the first of several addresses that go', {
    setup: [...fixtures.up, 'for i in 1 2 3; do ip addr add 10.0.0.$i/24 dev eth0; done'],
    steps: ['ip -echo -j addr del 10.0.0.1/24 dev eth0', 'ip -4 addr'],
  });
});
