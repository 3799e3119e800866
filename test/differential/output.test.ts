import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const {net, routes} = fixtures;

/** About 300 KB of output: more than a pipe and more than the sink hold. */
const many =
  'i=0; while [ $i -lt 4000 ]; do echo "route add 10.$((i/250+1)).$((i%250)).0/24 via 192.168.1.7"; i=$((i+1)); done | ip -batch -';

describe('where the output goes', () => {
  differential('a pipe whose reader leaves early ends us as it ends a C program', {
    setup: [...net, many],
    steps: [
      "bash -c 'ip route | head -1; echo $PIPESTATUS'",
      "bash -c 'ip -j route | head -c 20; echo; echo $PIPESTATUS'",
      "bash -c 'ip route | true; echo $PIPESTATUS'",
    ],
    state: false,
  });
  differential('a slow reader gets every byte', {
    setup: [...net, many],
    steps: ['ip route | (sleep 0.2; md5sum)', 'ip -j route | (sleep 0.2; md5sum)'],
    state: false,
  });
  differential('a full device', {
    setup: [...net, many],
    steps: ['ip addr > /dev/full; echo $?', 'ip -j addr > /dev/full; echo $?', 'ip route > /dev/full; echo $?'],
    state: false,
  });
  differential('closed outputs', {
    setup: [...net],
    steps: [
      'ip link show lo >&-; echo $?',
      'ip route >&-; echo $?',
      'ip route add 10.0.0.0/8 2>&-; echo $?',
      'ip foo 2>&-; echo $?',
    ],
    state: false,
  });
  differential('a file, and both streams into one', {
    setup: [...net, ...routes],
    steps: ['ip route > out; cat out', 'ip -force -batch - > out 2>&1 <<X\nroute show dev eth0\nfoo\nX\ncat out'],
    state: false,
  });
});
