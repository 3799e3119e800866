import {differential} from '../helpers/differential.js';

const two = ['ip netns add blue', 'ip netns add red'];

differential('netns: names come and go', {
  steps: [
    'ip netns; ip -j netns; ip netns add blue; ip netns add blue; ip netns add "a b"; ip netns add -- x',
    'ls -l /run/netns | cut -c1-10; grep -c shared /proc/self/mountinfo',
    'ip netns; ip -j netns; ip -j -p netns list',
    'ip netns add a/b; ip netns add ..; ip netns add ""; ip netns list a/b; ip netns x a/b; ip netns x; ip netns ""',
    'ip netns del blue; ip netns del blue; ip netns del; ip -all netns del; ip netns; ls /run/netns',
  ],
});

differential('netns: exec', {
  setup: [
    ...two,
    'mkdir /run/etc; mount --bind /run/etc /etc; mkdir -p /etc/netns/red; echo mine >/etc/netns/red/hosts',
  ],
  steps: [
    'ip netns exec blue; ip netns exec; ip netns exec nosuch true; ip netns exec blue nosuch; ip netns exec a/b true',
    'ip netns exec blue sh -c "pwd >/dev/null; ls /sys/class/net; mount | tail -1; exit 3"; mount | grep -c blue',
    'ip netns exec blue sh -c "cat <&7; grep SigIgn /proc/self/status" 7</proc/sys/kernel/ostype',
    'touch /etc/hosts; ip netns exec red cat /etc/hosts; rm /etc/hosts; ip netns exec red true; cat /etc/hosts',
    'ip -all netns exec ip link; ip -all netns exec false; ip -all netns exec; ip -all netns exec nosuch',
    'ip -n blue link set lo up; ip -n blue addr; ip -n nosuch -x; ip -n blue -n red link; ip -n; ip -n blue -x',
  ],
  umbrella: false,
});

differential('netns: a batch goes on behind a program', {
  setup: two,
  steps: [
    'printf "%s\\n" "netns list" "netns exec red echo hi" "netns list" "netns exec red false" "netns" >b; ip -force -b b',
    'ip -b b; ip -all -b b',
  ],
});

differential('netns: numbers', {
  setup: [...two, 'ip netns set red 7; ip -n red netns set blue 4'],
  steps: [
    'ip netns set blue -1; ip netns set blue x; ip netns set nosuch 1; ip netns set; ip netns set blue; ip netns set red 1',
    'ip netns list-id; ip netns list-id target-nsid 7; ip -j netns list-id target-nsid 7; ip netns list-id nsid 7',
    'ip netns set blue 0x10; ip netns; ip -j netns; ip -j -p netns list-id; ip netns list-id target-nsid 7 nsid 16',
    'ip -j netns list-id target-nsid 7 nsid 7; ip netns list-id target-nsid 9; ip netns list-id nsid 9',
    'ip netns list-id nsid -1; ip netns list-id nsid -1 x; ip netns list-id nsid; ip netns list-id nsid 7 nsid 7',
  ],
});

differential('netns: processes', {
  setup: [...two, 'ip netns exec blue sleep 50 >/dev/null 2>&1 & sleep 0.2', 'ip netns pids blue >pid'],
  steps: [
    'ip netns identify $(cat pid); ip netns identify; ip netns exec red ip netns identify; ip netns pids blue | wc -l',
    'ip netns identify x; ip netns identify 1 2; ip netns pids nosuch; ip netns pids; ip netns pids a b',
    'ip netns attach green $(cat pid); ip netns; ip netns attach green 1; ip netns attach x 0; ip netns attach x; ls /run/netns',
    'ip netns attach x 99999999; ls /run/netns; ip netns identify $(cat pid)',
  ],
});
