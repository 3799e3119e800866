import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {titleLines} from './families.js';
import {hardwareTypes} from './hardware.js';
import {MISUSE} from './words.js';

const usage: readonly string[] = [
  'Usage:',
  '  arp [-vn] [-H TYPE] [-i DEVICE] [-ae] [-j] [HOST]      list the cache',
  '  arp [-v] [-i DEVICE] -d HOST [pub]                     delete an entry',
  '  arp [-v] [-H TYPE] [-i DEVICE] -s HOST ADDRESS [temp]  add an entry',
  '  arp [-v] [-H TYPE] [-i DEVICE] -Ds HOST DEVICE pub     answer for a host',
  '  arp [-vnD] [-H TYPE] [-i DEVICE] -f [FILE]             add the entries of a file',
  '  arp {-h|--help} | {-V|--version}',
  '',
  '  -a, --all         one sentence for each entry',
  '  -e                a table (default)',
  '  -s, --set         add an entry',
  '  -d, --delete      delete an entry',
  '  -f, --file        add the entries of a file, /etc/ethers by default',
  '  -D, --use-device  take the address of a device',
  '  -i, --device      entries of one device',
  '  -H, -t, --hw-type entries of one hardware type',
  '  -A, -p, --protocol  address family: inet',
  '  -n, --numeric     addresses, not names',
  '  -v, --verbose     say more',
  '  -j, --json        list as JSON, with the keys of ip -j neigh',
  '      --explain     show the equal ip commands, do nothing',
  '',
  '  TYPE: one of these hardware types, ether by default:',
];

function typeLines(): string {
  return titleLines(hardwareTypes().filter(type => type.octets > 0));
}

/** `--help`: the text goes to stdout, the list of types to stderr, as in the reference. */
export function writeHelp(io: Io): void {
  io.err(typeLines());
  for (const line of usage) io.out.ascii(`${line}\n`);
}

/** A line that cannot be meant. @param line said first */
export function misused(line?: string): UsageError {
  const lines = [...usage, ...typeLines().trimEnd().split('\n')];
  return new UsageError(MISUSE, line === undefined ? lines : [line, ...lines]);
}
