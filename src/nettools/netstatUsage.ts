import type {Io} from '../io.js';
import {MISUSE, VERSION} from './words.js';

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

/** Families with their descriptions, three to a line at most. */
function familiesText(): string {
  return [
    'inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25)',
    'netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX)',
    'ddp (Appletalk DDP) x25 (CCITT X.25)',
  ]
    .map(line => `    ${line} \n`)
    .join('');
}

/** What `-V` prints: authors, then what the reference was built with. */
function versionText(): string {
  return [
    VERSION,
    'Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others',
    '+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX',
    'AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH',
    'HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 ',
    '',
  ].join('\n');
}

/**
 * Answers `-h`, `-V` and mistakes.
 * @returns the exit status
 */
export function answer(what: 'help' | 'version' | 'usage', io: Io): number {
  switch (what) {
    case 'version':
      io.out.ascii(versionText());
      return 0;
    case 'help':
      io.out.ascii(usageText());
      io.err(familiesText());
      return 0;
    case 'usage':
      io.err(usageText() + familiesText());
      return MISUSE;
  }
}
