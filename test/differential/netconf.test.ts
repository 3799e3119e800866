import {differential, fixtures} from '../helpers/differential.js';

differential('netconf', {
  setup: [
    ...fixtures.net,
    'echo 1 > /proc/sys/net/ipv4/conf/eth0/forwarding; echo 2 > /proc/sys/net/ipv4/conf/eth0/rp_filter',
  ],
  steps: [
    ...['', '-4', '-6', '-j', '-j -p -6', '-c=always', '-o -4', '-M', '-0'].map(options => `ip ${options} netconf`),
    ...['show dev eth0', 'list dev nosuch', 'show dev', 'show foo', 's foo dev eth1', 'help', 'x'].map(
      words => `ip netconf ${words}`,
    ),
    'ip -4 netconf show dev eth0',
    'ip -6 -j netconf show dev eth1',
    'ip -f mpls netconf show dev eth1',
  ],
});
