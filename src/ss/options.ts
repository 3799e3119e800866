import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec, type LongOption} from '../grammar/getopt.js';
import {ALL_STATES, STATES} from '../sockdiag/states.js';

/** Socket tables in the order they are listed. */
export type Table = 'udp' | 'tcp';

/** Parsed options of `ss`. */
export interface SsOptions {
  readonly tables: readonly Table[];
  /** AF_UNSPEC: both families, IPv4 first. */
  readonly family: number;
  /** Mask of states to list. */
  readonly states: number;
  readonly numeric: boolean;
  readonly header: boolean;
}

/** One option of `ss`: spellings, help, and whether this release has it. */
interface Option {
  readonly letter: string;
  readonly name: string;
  readonly argument?: string;
  readonly help: string;
  readonly built?: true;
}

const MISUSE = 255;
const AF_INET = 2;
const AF_INET6 = 10;
const LISTENING = (1 << STATES.listen) | (1 << STATES.close);
const CONNECTED =
  ALL_STATES &
  ~((1 << STATES.listen) | (1 << STATES.close) | (1 << STATES['time-wait']) | (1 << STATES['syn-recv']) | 1);
const ESTABLISHED = 1 << STATES.established;

/** In the order of the reference, which its ambiguity messages show. */
const table: readonly Option[] = [
  {letter: 'n', name: 'numeric', help: 'ports as numbers, not service names', built: true},
  {letter: 'r', name: 'resolve', help: 'addresses as host names'},
  {letter: 'o', name: 'options', help: 'timers'},
  {letter: 'e', name: 'extended', help: 'user, inode and cookie'},
  {letter: 'm', name: 'memory', help: 'memory use'},
  {letter: 'i', name: 'info', help: 'state of the TCP connection'},
  {letter: 'p', name: 'processes', help: 'processes that hold the socket'},
  {letter: 'T', name: 'threads', help: 'threads that hold the socket'},
  {letter: 'b', name: 'bpf', help: 'socket filters'},
  {letter: 'E', name: 'events', help: 'sockets as they are closed, without end'},
  {letter: 'd', name: 'dccp', help: 'DCCP sockets'},
  {letter: 't', name: 'tcp', help: 'TCP sockets', built: true},
  {letter: 'S', name: 'sctp', help: 'SCTP sockets'},
  {letter: 'u', name: 'udp', help: 'UDP sockets', built: true},
  {letter: 'w', name: 'raw', help: 'raw sockets'},
  {letter: 'x', name: 'unix', help: 'UNIX sockets'},
  {letter: '', name: 'tipc', help: 'TIPC sockets'},
  {letter: '', name: 'vsock', help: 'vsock sockets'},
  {letter: 'a', name: 'all', help: 'sockets in every state', built: true},
  {letter: 'l', name: 'listening', help: 'listening and unconnected sockets', built: true},
  {letter: '4', name: 'ipv4', help: 'IPv4 only', built: true},
  {letter: '6', name: 'ipv6', help: 'IPv6 only', built: true},
  {letter: '0', name: 'packet', help: 'packet sockets'},
  {letter: 'f', name: 'family', argument: 'FAMILY', help: 'sockets of one address family'},
  {letter: 'A', name: 'socket', argument: 'QUERY', help: 'sockets of the named tables'},
  {letter: 'A', name: 'query', argument: 'QUERY', help: 'sockets of the named tables'},
  {letter: 's', name: 'summary', help: 'counts only'},
  {letter: 'D', name: 'diag', argument: 'FILE', help: 'raw messages of TCP sockets to a file'},
  {letter: 'F', name: 'filter', argument: 'FILE', help: 'filter from a file'},
  {letter: 'V', name: 'version', help: 'version', built: true},
  {letter: 'h', name: 'help', help: 'this text', built: true},
  {letter: 'Z', name: 'context', help: 'security contexts of processes'},
  {letter: 'z', name: 'contexts', help: 'security contexts of processes and sockets'},
  {letter: 'N', name: 'net', argument: 'NAME', help: 'another network namespace'},
  {letter: '', name: 'tipcinfo', help: 'state of TIPC sockets'},
  {letter: '', name: 'tos', help: 'type of service and priority'},
  {letter: '', name: 'cgroup', help: 'control group'},
  {letter: 'K', name: 'kill', help: 'close sockets, list those closed'},
  {letter: 'H', name: 'no-header', help: 'no header line', built: true},
  {letter: '', name: 'xdp', help: 'XDP sockets'},
  {letter: 'M', name: 'mptcp', help: 'MPTCP sockets'},
  {letter: 'O', name: 'oneline', help: 'one line a socket', built: true},
  {letter: '', name: 'inet-sockopt', help: 'flags of inet sockets'},
];

/** Help text: first line as the reference has it, then every option. */
export function usage(): string[] {
  const lines = ['Usage: ss [ OPTIONS ] [ FILTER ]'];
  for (const {letter, name, argument, help, built} of table) {
    const spelling = `${letter === '' ? '   ' : `-${letter},`} --${name}${argument === undefined ? '' : ` ${argument}`}`;
    lines.push(`   ${spelling.padEnd(22)}${help}${built === true ? '' : ' (not in this release)'}`);
  }
  return lines;
}

function getoptSpec(): GetoptSpec {
  let short = '';
  for (const {letter, argument} of table) {
    if (letter !== '' && !short.includes(letter)) short += argument === undefined ? letter : `${letter}:`;
  }
  const long = table.map(({letter, name, argument}): LongOption => {
    const value = letter === '' ? name : letter;
    return argument === undefined ? {name, value} : {name, value, argument: 'required'};
  });
  return {short, long};
}

/**
 * Reads the command line.
 * @returns `help` or `version` where that is all there is to do
 * @throws {UsageError} as the reference refuses, or for what this release does not have
 */
export function parseOptions(argv: readonly string[], posix = false): SsOptions | 'help' | 'version' {
  const getopt = new Getopt(argv, getoptSpec(), posix);
  const tables = {tcp: false, udp: false};
  let family = 0;
  let states = 0;
  let chosen = 0;
  let numeric = false;
  let header = true;
  for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
    switch (found.option) {
      case '?':
        throw new UsageError(MISUSE, [`ss: ${'message' in found ? found.message : ''}`, ...usage()]);
      case 'h':
        return 'help';
      case 'V':
        return 'version';
      case 't':
        tables.tcp = true;
        states |= CONNECTED;
        break;
      case 'u':
        tables.udp = true;
        states |= ESTABLISHED;
        break;
      case '4':
      case '6':
        family = found.option === '4' ? AF_INET : AF_INET6;
        states |= CONNECTED;
        break;
      case 'a':
        chosen = ALL_STATES;
        break;
      case 'l':
        chosen = LISTENING;
        break;
      case 'n':
        numeric = true;
        break;
      case 'H':
        header = false;
        break;
      case 'O':
        break;
      default:
        throw notBuilt(`option ${found.option.length === 1 ? `-${found.option}` : `--${found.option}`}`);
    }
  }
  if (getopt.rest.length > 0) throw notBuilt('filters');
  if (!tables.tcp && !tables.udp) throw notBuilt('listing without -t or -u');
  const asked: Table[] = [];
  if (tables.udp) asked.push('udp');
  if (tables.tcp) asked.push('tcp');
  return {tables: asked, family, states: chosen || states, numeric, header};
}

function notBuilt(what: string): UsageError {
  return new UsageError(MISUSE, [`ss: not in this release yet: ${what}`]);
}
