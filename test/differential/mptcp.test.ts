import {differential, fixtures} from '../helpers/differential.js';

const setup = [
  ...fixtures.net,
  'ip mptcp endpoint add 10.0.0.1 id 4 signal; ip mptcp endpoint add fd00:1::1 id 7 subflow fullmesh',
];
const shown = ['ip mptcp endpoint', 'ip -j -p mptcp endpoint show', 'ip mptcp limits'];

differential('mptcp: endpoints are added, shown and flushed', {
  setup: [...fixtures.net],
  steps: [
    'ip mptcp endpoint add 192.168.1.1 dev eth0 id 9 subflow backup',
    'ip mptcp e a d lo i 5 10.1.1.1 p 5; ip mptcp e a 10.1.1.1 signal po 5 de eth0 i 8; ip mptcp e change i 8 bac',
    'ip mptcp e a fd00:1::1 port 8000 signal; ip mptcp endpoint add 10.0.0.1 nobackup',
    ...shown,
    'ip mptcp endpoint show id 9; ip -j mptcp endpoint show id 9; ip -c=always mptcp endpoint',
    'ip mptcp endpoint flush',
    ...shown,
  ],
});

differential('mptcp: endpoints are changed and deleted', {
  setup,
  steps: [
    'ip mptcp endpoint change id 7 backup; ip mptcp endpoint change id 7 nofullmesh; ip mptcp endpoint change 10.0.0.1 backup',
    'ip mptcp endpoint delete id 4; ip mptcp endpoint delete id 4; ip mptcp endpoint del id 0 10.0.0.1',
    ...shown,
  ],
});

differential('mptcp: limits', {
  setup,
  steps: [
    'ip mptcp limits set sub 4 add_addr 3',
    'ip -j mptcp l',
    'ip mptcp limits set subflows 99',
    'ip mptcp limits s',
    ...shown,
  ],
});

differential('mptcp: what is refused', {
  setup,
  steps: [
    ...[
      '',
      ' 1.2.3.4 bogus',
      ' 1.2.3.4 port 80 subflow',
      ' 1.2.3.4 port x',
      ' 1.2.3.4 id 300',
      ' 1.2.3.4 dev nosuch',
      ' 1.2.3.4 dev a/b',
      ' any',
    ].map(words => `ip mptcp endpoint add${words}`),
    ...[' signal fullmesh', '/24', ' id', ' dev'].map(words => `ip mptcp endpoint add 1.2.3.4${words}`),
    ...['', ' id 0', ' id 7 10.0.0.1', ' id x'].map(words => `ip mptcp endpoint delete${words}`),
    ...['', ' id 7 signal', ' id 7 port 5 backup', ' id 99 backup'].map(words => `ip mptcp endpoint change${words}`),
    'ip mptcp endpoint show id 77; ip mptcp endpoint help; ip mptcp endpoint bogus; ip mptcp bogus',
    'ip mptcp limits set subflows; ip mptcp limits set subflows x; ip mptcp limits bogus; ip mptcp limits show 5',
    'ip mptcp monitor x',
  ],
});
