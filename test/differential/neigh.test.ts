import {describe} from 'vitest';
import {differential} from '../helpers/differential.js';

/** A device with one entry of each usual state, in networks of their own: the order within a table is chance. */
const entries = [
  'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'ip link set eth0 up addrgenmode none',
  'ip neigh add 192.168.1.2 lladdr 02:00:00:00:00:99 dev eth0 proto bgp',
  'ip neigh add fd00:1::3 lladdr 02:00:00:00:00:98 nud stale router dev eth0',
];

const each = (lines: readonly string[]): string[] => lines.map(line => `ip ${line}`);

describe('show', () => {
  differential('every output form', {
    setup: entries,
    steps: each(['neigh', '-o neigh', '-br neigh', '-j neigh', '-j -p neigh', '-j -br neigh', '-c neigh', '-N neigh']),
  });
  differential('selections', {
    setup: entries,
    steps: each([
      '-4 neigh',
      '-6 neigh show nud stale',
      'neigh show to 192.168.1.0/24',
      'neigh show proto bgp',
      'neigh show dev eth0',
      'neigh show nud 0x80 nud bogus',
      'neigh show dev nosuch',
      'neigh get 192.168.1.2 dev eth0',
      'neigh get 192.168.1.2',
    ]),
  });
});

describe('changes', () => {
  differential('of one entry', {
    setup: entries,
    steps: each([
      'neigh add 192.168.1.2 lladdr 02:00:00:00:00:97 dev eth0',
      'neigh change 192.168.1.2 lladdr 02:00:00:00:00:97 dev eth0',
      'neigh replace 192.168.1.4 lladdr 02:00:00:00:00:96 nud noarp dev eth0',
      'neigh show nud noarp',
      'neigh del fd00:1::3 dev eth0',
      'neigh del fd00:1::3 dev eth0',
      'neigh add 192.168.1.5 lladdr zz dev eth0',
      'neigh',
    ]),
  });
  differential('flush', {
    setup: entries,
    steps: each([
      'neigh flush',
      '-s neigh flush dev lo',
      '-s neigh flush dev eth0',
      '-s neigh flush dev eth0 nud permanent',
      'neigh',
    ]),
  });
});
