import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import type {Io} from '../../../src/io.js';
import {explain} from '../../../src/nettools/explain.js';
import {commandLines} from '../../../src/nettools/explainCommands.js';
import type {Explained} from '../../../src/nettools/explained.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

/** Explains a line without a socket; commands only. */
async function commands(line: string): Promise<string[]> {
  const output = new MemoryOutput();
  const io: Io = {
    out: new Sink(output),
    err: text => expect.fail(text),
    env: {},
    argv0: '',
    now: () => 0,
    open: () => expect.fail('no socket'),
  };
  const [program, ...argv] = line.split(' ');
  expect(await explain(program as Explained, argv, io)).toBe(0);
  io.out.flush();
  return Buffer.from(output.bytes())
    .toString('latin1')
    .split('\n')
    .filter(one => one !== '' && !one.startsWith('#'));
}

const listings: readonly (readonly [string, ...string[]])[] = [
  ['netstat -t', 'ss -tr state connected'],
  ['netstat -tulpn', 'ss -tulnp'],
  ['netstat -an', 'ss -tuwSxan'],
  ['netstat -x', 'ss -x state connected'],
  ['netstat -6 -an', 'ss -6 -tuwSan'],
  ['netstat -U'],
  ['netstat -Ut -a', 'ss -tar'],
  ['netstat -s -t', "nstat -asz 'Tcp*'"],
  ['netstat -M'],
  ['netstat -ie', 'ip -s address show up'],
  ['netstat -i -a -j', 'ip -j -s link show'],
  ['netstat -6 -gn', 'ip -6 maddress show'],
  ['netstat -r', 'ip -r -4 route show table main'],
  ['route -n -A inet,inet6', 'ip -4 route show table main', 'ip -6 route show table all'],
  ['route -C'],
  ['ifconfig', 'ip -s address show up'],
  ['ifconfig eth0:1', 'ip -4 address show dev eth0 label eth0:1'],
  ['ifconfig -s eth0', 'ip -s link show dev eth0'],
  [
    'arp -n -i eth0 192.168.1.5',
    'ip -4 neigh show to 192.168.1.5 dev eth0',
    'ip -4 neigh show proxy to 192.168.1.5 dev eth0',
  ],
];

test.each(listings)('%s', async (line, ...wanted) => {
  expect(await commands(line)).toEqual(wanted);
});

test('a tunnel made from sit0 is two lines', () => {
  expect(commandLines({object: 'tunnel', dev: 'sit1', remote: IpAddress.parse('1.2.3.4')})).toEqual([
    'ip tunnel add sit1 mode sit remote 1.2.3.4 ttl 64',
    'ip link set sit1 up',
  ]);
});
