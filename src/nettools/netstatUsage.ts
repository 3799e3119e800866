import type {Io} from '../io.js';
import {routedFamilies, titleLines} from './families.js';
import {versionText} from './version.js';
import {MISUSE} from './words.js';

/** Options by letter and long name with what they do, an empty entry for a blank line. As `netstat -h` shows them. */
const options: readonly (readonly [letter: string, name: string, help: string] | undefined)[] = [
  ['r', 'route', 'display routing table'],
  ['i', 'interfaces', 'display interface table'],
  ['g', 'groups', 'display multicast group memberships'],
  ['s', 'statistics', 'display networking statistics (like SNMP)'],
  ['M', 'masquerade', 'display masqueraded connections'],
  undefined,
  ['v', 'verbose', 'be verbose'],
  ['W', 'wide', "don't truncate IP addresses"],
  ['n', 'numeric', "don't resolve names"],
  ['', 'numeric-hosts', "don't resolve host names"],
  ['', 'numeric-ports', "don't resolve port names"],
  ['', 'numeric-users', "don't resolve user names"],
  ['N', 'symbolic', 'resolve hardware names'],
  ['e', 'extend', 'display other/more information'],
  ['p', 'programs', 'display PID/Program name for sockets'],
  ['o', 'timers', 'display timers'],
  ['c', 'continuous', 'continuous listing'],
  undefined,
  ['l', 'listening', 'display listening server sockets'],
  ['a', 'all', 'display all sockets (default: connected)'],
  ['F', 'fib', 'display Forwarding Information Base (default)'],
  ['C', 'cache', 'display routing cache instead of FIB'],
  ['Z', 'context', 'display SELinux security context for sockets'],
];

/** The usage text without the families: `netstat -h` prints those on its error stream. */
function usageText(): string {
  const lines = [
    'usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}',
    '       netstat [-vWnNcaeol] [<Socket> ...]',
    '       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }',
    '',
    ...options.map(option => {
      if (option === undefined) return '';
      const [letter, name, help] = option;
      return `        ${`${letter === '' ? '' : `-${letter}, `}--${name}`.padEnd(25)}${help}`;
    }),
    '',
    '  <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}',
    '           {-x|--unix} --ax25 --ipx --netrom',
    "  <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet",
    '  List of possible address families (which support routing):',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Answers `-h`, `-V` and mistakes.
 * @returns the exit status
 */
export function answer(what: 'help' | 'version' | 'usage', io: Io): number {
  switch (what) {
    case 'version':
      io.out.ascii(versionText('netstat'));
      return 0;
    case 'help':
      io.out.ascii(usageText());
      io.err(titleLines(routedFamilies()));
      return 0;
    case 'usage':
      io.err(usageText() + titleLines(routedFamilies()));
      return MISUSE;
  }
}
