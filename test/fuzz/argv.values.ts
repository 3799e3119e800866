/** Words for values, so that a random command line means something in the namespaces of `argv.twins.ts`. */

/** Devices of the namespaces, with an alternative name and names that none has. */
const devices = [
  ...['eth0', 'eth1', 'lo', 'br0', 'port0', 'far0', 'tall', 'nosuch', 'if1', 'if99', 'eth0@eth1'],
  ...['eth0:x', 'eth1:', 'tall:1', 'if2 ', 'ETH0', 'eth'],
];
const newNames = [
  'new0',
  'new1',
  'new2',
  'eth0',
  'x'.repeat(15),
  'x'.repeat(16),
  'a b',
  'a/b',
  '',
  '.',
  '..',
  '%s',
  'all',
  'any',
  'default',
  'é'.repeat(7),
  'é'.repeat(8),
  `é${'x'.repeat(13)}`,
  'new0:1',
  'new%d',
  '-',
  '0',
];
const inet = [
  ...['192.168.1.1', '192.168.1.2', '192.168.1.254', '10.0.0.1', '10.0.0.9', '172.16.5.1', '198.51.100.7', '127.0.0.1'],
  ...['0.0.0.0', '255.255.255.255', '224.0.0.1', '239.1.2.3', '10', '10.1', '1.2.3'],
];
const inet6 = [
  ...[
    'fd00:1::1',
    'fd00:1::2',
    'fd00:2::9',
    'fe80::1',
    'fe80::9',
    '2001:db8:1::5',
    'ff02::1',
    'ff05::1:3',
    '::1',
    '::',
  ],
  ...['::ffff:1.2.3.4', '::1.2.3.4', '1:2:3:4:5:6:7:8', 'FD00:1::0001', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8'],
  ...[
    '1:2:3:4:5:6:1.2.3.4',
    '0:0:0:0:0:0:0:0',
    '1:0:0:4:0:0:0:8',
    '64:ff9b::1.2.3.4',
    '::ffff:0:0',
    '::ffff:0:1.2.3.4',
  ],
];
const anyAddress = ['any', 'all', 'default'];
const noAddress = [
  '',
  'x',
  '256.1.1.1',
  '1::2::3',
  '1.2.3.4.5',
  '0x7f.1',
  ':',
  'fd00:::1',
  'fe80::1%eth0',
  '1.2.3.4x',
  ...['1.2..3', '1.2.3.', '.1.2.3', ' 1.2.3.4', '1.2.3.4 ', '01.02.03.04', '1.2.3.0x4', '1.2.3.256', '-1.2.3.4'],
  ...['00000::1', '::1::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::g', ':1', '1:', '::1.2.3', '::1.2.3.4:5', '::/'],
  ...['1:2:3:4:5:6:7:1.2.3.4', '::ffff:1.2.3.256', '::01.2.3.4', 'fe80::1%1'],
  '@',
  '-',
];
const prefixes = [
  ...['192.168.1.0/24', '10.0.0.0/24', '172.16.0.0/12', '172.16.5.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  ...['192.0.2.0/24', '10.9.0.0/16', '10/8', '0/0', '10.0.0.1/32', '10.0.0.7/8', '224.0.0.0/4', '10.1.0.0/255.255.0.0'],
  ...['2001:db8:1::/48', 'fd00:1::/64', 'fd00:2::7/64', 'fe80::/64', '::/0', '2001:db8::1/128', 'ff00::/8'],
];
const noPrefixes = [
  '10.0.0.0/33',
  'fd00::/129',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10/255.0.255.0',
  '10/x',
  '/',
  '/8',
  '1/2/3',
  'default/1',
  ...['any/0', 'all/8', 'default/0', '10.0.0.1/08', '10.0.0.1/0x18', '10/+8', '10/ 8', 'fd00::/0x40', '10.1/16/'],
  ...['10.0.0.0/255.255.255.255', '10.0.0.0/0.0.0.0', '10/255', 'fd00::/ffff::', '10/4294967304', '::1.2.3.4/96', '1/'],
];
const lladdrs = [
  ...[
    '02:00:00:00:00:01',
    '02:00:00:00:00:77',
    '2:3:4:5:6:7',
    '01:00:5e:00:00:05',
    '33:33:00:00:00:01',
    'ff:ff:ff:ff:ff:ff',
  ],
  ...[
    '00:00:00:00:00:00',
    '02:00:00',
    '02:00:00:00:00:00:01',
    '1.2.3.4',
    '02-00-00-00-00-01',
    'zz:00',
    '',
    '1:',
    ':',
    '100:2:3:4:5:6',
  ],
];
const small = ['0', '1', '2', '3', '5', '7', '10', '16', '42', '64', '100'];
const numbers = [
  ...[
    '127',
    '128',
    '254',
    '255',
    '256',
    '1000',
    '1280',
    '1500',
    '4095',
    '4096',
    '9000',
    '32766',
    '32767',
    '32768',
    '65535',
  ],
  ...['65536', '1000000', '16777215', '16777216', '2147483647', '2147483648', '4294967295', '4294967296'],
  ...[
    '18446744073709551615',
    '18446744073709551616',
    '0x10',
    '0xff',
    '0xffffffff',
    '010',
    '08',
    '+5',
    '-1',
    '-0',
    '-5',
  ],
  ...[
    '0X10',
    '00',
    '0x0',
    '00010',
    '0777',
    '0b1',
    '99999999999999999999999',
    '0x1ffffffff',
    '-2147483648',
    '-4294967295',
  ],
];
const noNumbers = [
  ...['\t7', '7\n', '0x-1', '-0x1', '+-1', '+', '1_000', '１', '0x 1', '- 1', '1 2', '٣'],
  ...['', ' ', ' 7', '7 ', '1x', 'x', '1.5', '0x', '0xg', '1e3', '--1', '١', '1,2', '1/2'],
];
const times = [
  '1e3',
  '.5',
  '1.',
  '0x10ms',
  '-0.5s',
  '1.5',
  '4294967296ms',
  '1S',
  '1 s',
  '+1s',
  '1.0001ms',
  'inf',
  'nan',
  '100ms',
  '2s',
  '1.5s',
  '20',
  '0.5',
  '5sec',
  '7msecs',
  '1us',
  '-1s',
  'ms',
];
const texts = [
  'word',
  'a b',
  "it's",
  '"',
  '\\',
  'ä€',
  '%d',
  '*',
  'eth*',
  '[',
  'x'.repeat(150),
  '',
  '-',
  '--',
  '+',
  'help',
  'cubic',
  'reno',
];

/** Words by what a shell would offer for a value: `Completion` of the grammar. */
const byKind: Readonly<Record<string, readonly string[]>> = {
  device: devices,
  address: [...inet, ...inet6, ...anyAddress],
  prefix: [...prefixes, ...inet, ...inet6, ...anyAddress],
  lladdr: lladdrs,
  netns: ['blue', 'nosuch', '1', '99999999', ''],
  table: ['main', 'local', 'default', '100', '255', '256', '70000', 'unspec', 'all', 'cache', '0', 'nosuch'],
  protocol: ['static', 'kernel', 'boot', 'ra', 'bird', '99', '255', '256', 'all', 'nosuch'],
  scope: ['link', 'host', 'global', 'site', 'nowhere', '50', '256', 'all', 'nosuch'],
  realm: ['5', '3/4', '3/', '/4', '/', 'cosmos', '0x10005', '256', '1/256', 'nosuch'],
  group: ['default', '0', '7', '4294967295', '4294967296', 'nosuch'],
  dsfield: ['0x10', '8', 'CS1', 'EF', 'lowdelay', '10', 'ff', '100', 'inherit', 'nosuch'],
  file: ['nosuch', '/dev/null'],
};

/** Values whose words cannot be told from their completion, by their label in help. */
const byLabel: Readonly<Record<string, readonly string[]>> = {
  TABLE_ID: byKind.table as readonly string[],
  TABLEID: byKind.table as readonly string[],
  PREFIX: byKind.prefix as readonly string[],
  ADDRESS: byKind.address as readonly string[],
  '[ FAMILY ] PREFIX': byKind.prefix as readonly string[],
  NAME: [...newNames, 'tall', 'blue'],
  DEVICE: [...devices, ...newNames],
  IFNAME: [...devices, ...newNames],
  DEV: devices,
  TIME: times,
  MSEC: [...small, ...times],
  STRING: [...devices, ...texts],
  LABEL: ['eth0', 'eth0:1', 'lo:x', 'eth*', ...texts],
  TYPE: ['veth', 'bridge', 'vrf', 'bridge_slave', 'nosuch', 'dummy', 'vlan', ''],
  'FWMARK[/MASK]': ['1', '0x10/0xff', '5/', '/5', '0', '1/2/3', '4294967296', 'x'],
  'NUMBER-NUMBER': ['0-10', '5-5', '7-3', '5', '-', '1-x', '-1--2', '4294967296-0'],
  '[ NUMBER | NUMBER-NUMBER ]': ['80', '1-1024', '9-8', '0', '65536', '70000-80000', '-', '5-', 'x'],
  GROUP: ['1', '1/2', '1,3/2,5', '2/1/3', '1/', '/', '1,', '1,0', '1,256', '9', 'x', '1/1'],
  'ADDR1,ADDRi,ADDRn': ['fd00:1::2', 'fd00:1::2,fd00:2::9', 'fd00:1::2,,::1', '', ',', '10.0.0.1', 'x', 'any'],
  'LABEL[/LABEL]': ['100', '100/200', '16/17/18', '0', '3', '1048575', '1048576', '/', 'x'],
  LOCATOR: ['1:2:3:4', '0:0:0:1', '1', '1:2', '1:2:3:4:5', 'x', '', '10000:0:0:0'],
  KEYID: ['0', '1', 'x', '4294967296'],
  'FLAVOR[,FLAVOR] [ lblen NUMBER ] [ nflen NUMBER ]': ['psp', 'usp', 'usd', 'next-csid', 'psp,usp', 'x', '', ','],
  EUI64: ['00:11:22:33:44:55:66:77', '1:2:3:4:5:6:7:8', 'x', '1:2'],
  '{ ADDRESS | + | - }': ['+', '-', '192.168.1.255', '10.0.0.255', ...anyAddress, 'x'],
  '{ forever | SECONDS }': ['forever', '0', '100', '3600', '4294967295', 'x', '-1'],
  'FLAG-LIST': ['x', '-x', '-', '--permanent'],
  'QOS-MAP': ['1:2', '0:7', '8:1', '1:2:3', 'x', '1'],
  GROUPID: [...small, 'root', 'nosuch'],
};

/** Generic words where nothing tells what is meant: mostly small numbers, which often mean the same thing twice. */
const plain = [...small, ...small, ...small, ...numbers, ...texts];

/** Words that are wrong nearly everywhere, or right where one does not think of it. */
export const strange: readonly string[] = [
  ...noAddress,
  ...noPrefixes,
  ...noNumbers,
  ...anyAddress,
  ...numbers,
  ...[
    'help',
    'h',
    'dev',
    'via',
    'inet',
    'inet6',
    'link',
    'mpls',
    'bridge',
    'lock',
    'to',
    'type',
    'on',
    'off',
    'inherit',
  ],
];

/** Words for a value, by what it offers a shell or by its label. */
export function wordsFor(label: string, complete: string | readonly string[] | undefined): readonly string[] {
  if (complete !== undefined && typeof complete !== 'string') return complete.length === 0 ? plain : complete;
  const named = byLabel[label];
  if (complete !== undefined) return named ?? byKind[complete] ?? plain;
  if (named !== undefined) return named;
  if (/^\[ lock \]/.test(label)) return [...small, ...numbers, ...times, 'lock'];
  if (/NUMBER|ID$|IDX|VAL|TTL|LEN|INDEX/.test(label)) return [...small, ...small, ...numbers];
  return plain;
}

/** Any word that stands for an address, a device or a number of the namespaces. */
export const anything: readonly string[] = [
  ...devices,
  ...inet,
  ...inet6,
  ...prefixes,
  ...small,
  ...lladdrs.slice(0, 3),
  'blue',
];
