import {options} from './options.js';
import {FAMILY} from './tables.js';

/** What each option does, in blocks as the reference shows them: its users search this text. */
const blocks: readonly (readonly (readonly [name: string, help: string])[])[] = [
  [
    ['help', 'this message'],
    ['version', 'output version information'],
    ['numeric', "don't resolve service names"],
    ['resolve', 'resolve host names'],
    ['all', 'display all sockets'],
    ['listening', 'display listening sockets'],
    ['options', 'show timer information'],
    ['extended', 'show detailed socket information'],
    ['memory', 'show socket memory usage'],
    ['processes', 'show process using socket'],
    ['threads', 'show thread using socket'],
    ['info', 'show internal TCP information'],
    ['tipcinfo', 'show internal tipc socket information'],
    ['summary', 'show socket usage summary'],
    ['tos', 'show tos and priority information'],
    ['cgroup', 'show cgroup information'],
    ['bpf', 'show bpf filter socket information'],
    ['events', 'continually display sockets as they are destroyed'],
    ['context', 'display task SELinux security contexts'],
    ['contexts', 'display task and socket SELinux security contexts'],
    ['net', 'switch to the specified network namespace name'],
  ],
  [
    ['ipv4', 'display only IP version 4 sockets'],
    ['ipv6', 'display only IP version 6 sockets'],
    ['packet', 'display PACKET sockets'],
    ['tcp', 'display only TCP sockets'],
    ['mptcp', 'display only MPTCP sockets'],
    ['sctp', 'display only SCTP sockets'],
    ['udp', 'display only UDP sockets'],
    ['dccp', 'display only DCCP sockets'],
    ['raw', 'display only RAW sockets'],
    ['unix', 'display only Unix domain sockets'],
    ['tipc', 'display only TIPC sockets'],
    ['vsock', 'display only vsock sockets'],
    ['xdp', 'display only XDP sockets'],
    ['family', 'display sockets of type FAMILY'],
  ],
  [
    ['kill', 'forcibly close sockets, display what was closed'],
    ['no-header', 'Suppress header line'],
    ['oneline', "socket's data printed on a single line"],
    ['inet-sockopt', 'show various inet socket options'],
  ],
];

const queries =
  'all inet tcp mptcp udp raw unix unix_dgram unix_stream unix_seqpacket packet packet_raw packet_dgram netlink dccp ' +
  'sctp vsock_stream vsock_dgram tipc xdp';

/** Sets of states as `state` takes them; numbered states in braces. */
const states: readonly (readonly [name: string, members: string])[] = [
  ['TCP-STATES', 'established syn-sent syn-recv fin-wait-{1,2} time-wait closed close-wait last-ack listening closing'],
  ['connected', 'established syn-sent syn-recv fin-wait-{1,2} time-wait close-wait last-ack closing'],
  ['synchronized', 'established syn-recv fin-wait-{1,2} time-wait close-wait last-ack closing'],
  ['bucket', 'syn-recv time-wait'],
  ['big', 'established syn-sent fin-wait-{1,2} closed close-wait last-ack listening closing'],
];

/** One line of the help; `spelling` has the short and the long form. */
function line(spelling: string, help: string): string {
  return `   ${spelling.padEnd(20)}${help}`;
}

const choice = (words: string): string => `{${words.replaceAll(' ', '|')}}`;

/** Help text. Layout and words of ss 6.1, which scripts and completions read. */
export function usage(): string[] {
  const all = options();
  const lines = ['Usage: ss [ OPTIONS ]', '       ss [ OPTIONS ] [ FILTER ]'];
  for (const [number, block] of blocks.entries()) {
    if (number > 0) lines.push('');
    for (const [name, help] of block) {
      const letter = all.find(option => option.name === name)?.letter;
      const value = name === 'family' ? '=FAMILY' : '';
      lines.push(line(`${letter === undefined ? '   ' : `-${letter},`} --${name}${value}`, help));
    }
    if (number === 1) lines.push(`       FAMILY := ${choice(`${familyNames().join(' ')} help`)}`);
  }
  lines.push(
    '',
    '   -A, --query=QUERY, --socket=QUERY',
    `       QUERY := ${choice(queries)}[,QUERY]`,
    '',
    line('-D, --diag=FILE', 'Dump raw information about TCP sockets to FILE'),
    line('-F, --filter=FILE', 'read filter information from FILE'),
    '       FILTER := [ state STATE-FILTER ] [ EXPRESSION ]',
    `       STATE-FILTER := ${choice('all connected synchronized bucket big TCP-STATES')}`,
  );
  for (const [name, members] of states) lines.push(`${name.padStart(19)} := ${choice(members)}`);
  return lines;
}

function familyNames(): string[] {
  return Object.keys(FAMILY);
}
