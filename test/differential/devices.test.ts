import {describe} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';

const lines = (object: string, words: readonly string[]): string[] => words.map(word => `ip ${object} ${word}`);

describe('maddress', () => {
  differential('every output form', {
    setup: [...fixtures.net, 'ip maddr add 33:33:00:00:00:99 dev eth0; ip maddr add 01:00:5e:00:00:98 dev eth1'],
    steps: ['', '-o', '-j', '-j -p', '-j -o', '-c', '-c -o', '-4', '-6', '-0', '-M', '-B -j', '-d', '-s', '-br'].map(
      options => `ip ${options} maddr`,
    ),
  });
  differential('add and del', {
    setup: fixtures.net,
    steps: lines('maddr', [
      'add 33:33:00:00:00:99 dev eth0',
      'add 33:33:00:00:00:99 dev eth0',
      'a address 1:2:3:4:5:6 dev eth1',
      'add dev eth0',
      'show dev eth0',
      'l eth1',
      'del 33:33:00:00:00:99 dev eth0',
      'del 33:33:00:00:00:99 dev eth0',
      'lst',
    ]),
  });
  differential('what is refused', {
    setup: fixtures.up,
    steps: lines('maddr', [
      'add',
      'add 33:33:00:00:00:99',
      'add 224.5.5.5 dev eth0',
      'add ff02::5 dev eth0',
      'add zz',
      'add 33:33:00 dev eth0',
      'add 1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17:18 dev eth0',
      'add 33:33:00:00:00:99 dev nosuch',
      'add 33:33:00:00:00:99 dev lo',
      'add 33:33:00:00:00:99 dev averyveryverylongname',
      'add 33:33:00:00:00:99 dev eth0 dev eth1',
      'add 33:33:00:00:00:99 33:33:00:00:00:98',
      'add 33:33:00:00:00:99 add dev eth0',
      'add 0:33:00:00:00:99 dev eth0 x',
      'add 33:33:00:00:00:99 dev',
      'add help',
      'show nosuch',
      'show eth0 eth1',
      'show dev',
      "show ''",
      'change',
    ]),
  });
});

/** The kernel makes up the address of a tap device. */
const random = [/link\/ether \S+/];

describe('tuntap', () => {
  differential('every output form', {
    ignore: random,
    opens: '/dev/net/tun',
    setup: [
      'ip tuntap add dev tap0 mode tap; ip tuntap add tun0 mode tun user root group root',
      'ip tuntap add dev tap1 mode tap user root multi_queue vnet_hdr; ip tuntap add dev tun1 mode tun pi one_queue',
    ],
    steps: ['', '-o', '-j', '-j -p', '-c', '-s', '-4'].map(options => `ip ${options} tuntap`),
  });
  differential('add and del', {
    ignore: random,
    setup: fixtures.up,
    steps: lines('tuntap', [
      'add dev tap0 mode tap',
      'add dev tap0 mode tap',
      'add tun0 m tun u 5 g 6 p o v',
      'add n tun1 mo tu user -1 user +7',
      'add dev tap2 mode ta multi_queue user 99999999999',
      'add dev x dev y mode tap',
      "add dev 'z%d' mode tap",
      'add mode tun',
      'show whatever help',
      'del dev tap0 mode tun',
      'del dev tap0 mode tap',
      'del tap2 mode tap',
      'del tap2 mode tap multi_queue',
      'del dev nosuch mode tun',
      'lst',
    ]),
  });
  differential('what is refused', {
    setup: fixtures.up,
    steps: lines('tuntap', [
      'add',
      'add dev tap2',
      'add dev tap2 mode tip',
      'add mode tap mode tun dev q',
      'add dev averyveryverylongname mode tap',
      "add 'a/b' mode tap",
      "add dev '' mode tap",
      'add dev tap2 mode tap user nosuchuser',
      'add dev tap2 mode tap group 0x10',
      "add dev tap2 mode tap user '5 '",
      'add dev a b mode tap',
      'add dev a name b mode tap',
      'add dev eth0 mode tap',
      'add dev tap0 mode',
      'add dev tap0 mode tap he',
      'del dev tap2 mode tap user 5',
      'change dev tap0 mode tap',
    ]),
  });
  differential('without a /sys', {
    ignore: random,
    setup: ['mount -t tmpfs none /sys'],
    steps: ['ip tuntap add dev tsiptest0 mode tap', 'ip tuntap', 'ip -j tuntap'],
  });
});
