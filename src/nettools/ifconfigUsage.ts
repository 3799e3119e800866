import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {familyNames, titleLines} from './families.js';
import {hardwareTypes} from './hardware.js';
import {MISUSE} from './words.js';

const usage: readonly string[] = [
  'Usage:',
  '  ifconfig [-a] [-s] [-v] [-j|--json] [INTERFACE]     list interfaces',
  '  ifconfig [-v] INTERFACE [AF] [ADDRESS[/LENGTH]] SETTING...',
  '  ifconfig {-h|--help} | {-V|--version}',
  '',
  '  -a  those that are down too; -s  a table; -v  say more; -j  JSON, with the keys of ip -j address',
  '  --explain  show the equal ip commands, do nothing',
  '',
  '  SETTING: up | down | [-]arp | [-]promisc | [-]allmulti | [-]multicast | [-]dynamic | [-]trailers',
  '    add ADDRESS[/LENGTH] | del ADDRESS[/LENGTH] | tunnel ADDRESS',
  '    netmask ADDRESS | [-]broadcast [ADDRESS] | [-]pointopoint [ADDRESS] | dstaddr ADDRESS',
  '    hw TYPE ADDRESS | mtu N | txqueuelen N | name NAME',
  '    mem_start N | io_addr N | irq N | media TYPE | keepalive N | outfill N',
  '',
];

const types = '  TYPE: one of these hardware types:\n';
const families = '  AF: one of these address families, inet by default:\n';

function typeLines(): string {
  return titleLines(hardwareTypes());
}

function familyLines(): string {
  return titleLines(familyNames());
}

/** `--help`: the text goes to stdout, the lists of words to stderr, as in the reference. */
export function writeHelp(io: Io): void {
  io.err(typeLines() + familyLines());
  for (const line of usage) io.out.ascii(`${line}\n`);
  io.out.ascii(types + families);
}

/** A line that cannot be meant; all of the text goes to stderr. */
export function misused(): UsageError {
  const lines = `${types}${typeLines()}${families}${familyLines()}`.trimEnd().split('\n');
  return new UsageError(MISUSE, [...usage, ...lines]);
}
