import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const {net, routes, up} = fixtures;

describe('global options of ip', () => {
  differential('version', {steps: ['ip -V', 'ip -Version', 'ip -j -V', 'ip -V -nosuch'], state: false});
  differential('help', {
    steps: [
      'ip help',
      'ip -help',
      'ip -he',
      'ip',
      'ip -4',
      'ip --',
      'ip - link',
      'ip -l',
      'ip -family',
      'ip -b',
      'ip -rc',
    ],
    state: false,
  });
  differential('unknown options', {
    steps: [
      'ip -x',
      'ip --nosuch link',
      'ip ---br link',
      'ip -4o link',
      'ip -ech link',
      'ip -c=maybe link',
      'ip -s=1 link',
    ],
    state: false,
  });
  differential('unknown objects', {
    steps: ['ip foo', "ip ''", 'ip 7 x', 'ip se', 'ip amt', 'ip -- -4 link'],
    state: false,
  });
  differential('families', {
    steps: [
      'ip -f nosuch link',
      'ip -f help link',
      'ip -f hel link',
      'ip -f ine route',
      'ip -4 -6 route',
      'ip -f inet6 route',
      'ip -0 -br addr',
      'ip -M route',
    ],
    setup: [...net],
  });
  differential('spelling by prefix', {
    steps: [
      'ip -stat -o link show lo',
      'ip -det -o link show lo',
      'ip --brief link',
      'ip -one link show lo',
      'ip -pretty -json link show lo',
      'ip -- link show lo',
      'ip -tshort link show lo',
      'ip -Num route',
    ],
    setup: [...net],
  });
  differential('options of values', {
    steps: [
      'ip -rc zzz link',
      'ip -rcvbuf 0x1000 link show lo',
      'ip -rc 99999999999 link',
      'ip -loops 5 addr show lo',
      'ip -l x link show lo',
    ],
    setup: [...up],
  });
  differential('colour', {
    steps: [
      'ip -c link show eth0',
      'ip -c=auto link show eth0',
      'ip -col=always -br addr',
      'NO_COLOR=1 ip -c addr show eth0',
      "COLORFGBG=';0' ip -c addr show eth0",
      'ip -c -j link show lo',
      'ip -c route',
    ],
    setup: [...net],
  });
  differential('namespaces by name', {
    setup: [
      ...net,
      'mkdir -p /run/netns; touch /run/netns/blue; unshare --net=/run/netns/blue true',
      'nsenter --net=/run/netns/blue ip link add b0 type veth peer name b1',
    ],
    steps: [
      'ip -n blue -br link | cut -c1-20',
      'ip -netns blue route',
      'ip -n nosuch link',
      'ip -n',
      'ip -n /proc/self/ns/net link',
      "ip -n '' link",
      'ip -n blue link set lo up; ip -n blue -br addr show lo',
    ],
  });
  differential('without the right to change', {
    setup: [...up],
    steps: [
      'setpriv --bounding-set=-all --inh-caps=-all ip link set lo up',
      'setpriv --bounding-set=-all --inh-caps=-all ip -br link show lo',
    ],
  });
});

describe('objects by prefix', () => {
  differential('of the object', {
    setup: [...net, ...routes],
    steps: ['ip l', 'ip a', 'ip r', 'ip addre sh lo', 'ip lin sh lo', 'ip ro list 172.16.0.0/12'],
  });
  differential('of the verb', {
    setup: [...net],
    steps: [
      'ip link s lo',
      'ip addr l lo',
      'ip route g 192.168.1.2',
      'ip route a 172.16.0.0/16 via 192.168.1.2',
      'ip route d 172.16.0.0/16',
      'ip link foo',
      'ip addr foo',
      'ip route foo',
    ],
  });
});

differential('dumps and flushes that are refused', {
  setup: [...net, 'ip neigh add 192.168.1.2 lladdr 02:00:00:00:00:99 dev eth0'],
  steps: [
    'xfrm state',
    'xfrm policy',
    'xfrm state deleteall',
    '-s -s xfrm policy deleteall',
    'xfrm policy count',
    'addrlabel flush',
    'route flush table local',
    'neigh flush all nud all',
    'addr flush dev eth0',
    'rule flush',
  ].map(words => `setpriv --bounding-set=-all --inh-caps=-all ip ${words}`),
});
