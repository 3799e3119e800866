import {fileLines, Scanner} from './scan.js';

/** One line of /proc/net/tcp, udp, raw and their like. What a line lacks is 0. */
export interface ProcInetSocket {
  /** The address's words as the file has them: the bytes in the order of the host. One word of IPv4, four of IPv6. */
  readonly local: readonly number[];
  readonly peer: readonly number[];
  readonly localPort: number;
  readonly peerPort: number;
  readonly state: number;
  /** Queues in bytes, signed as the reference prints them. */
  readonly txQueue: number;
  readonly rxQueue: number;
  /** 0 none, 1 retransmit, 2 keepalive, 3 time-wait, 4 zero window probe. */
  readonly timer: number;
  /** Until the timer ends, in hundredths of a second. */
  readonly when: number;
  readonly retransmits: number;
  readonly uid: number;
  readonly probes: number;
  readonly ino: number;
  readonly sk: bigint;
  /** Of TCP where the line goes that far. */
  readonly tcp: ProcTcp | undefined;
}

/** What /proc/net/tcp tells beyond the socket itself; times in hundredths of a second. */
export interface ProcTcp {
  readonly rto: number;
  readonly ato: number;
  /** Quick acknowledgements left times two, and whether the connection is interactive. */
  readonly qack: number;
  readonly cwnd: number;
  /** -1 where there is none. */
  readonly ssthresh: number;
  /** What newer kernels append. */
  readonly opt: string | undefined;
}

/**
 * Reads a file like /proc/net/tcp, whose lines the reference takes apart at their colons. A line without them ends it.
 * @param words of an address: 1 for IPv4, 4 for IPv6
 * @returns undefined when the file cannot be opened; `isWhole` is false where a line had no end
 */
export function procInetSockets(
  path: string,
  words: 1 | 4,
): {readonly sockets: readonly ProcInetSocket[]; readonly isWhole: boolean} | undefined {
  const lines = fileLines(path)?.slice(1);
  if (lines === undefined) return undefined;
  const sockets: ProcInetSocket[] = [];
  for (const line of lines) {
    if (!line.endsWith('\n') || line.includes('\0')) return {sockets, isWhole: false};
    const local = line.indexOf(':') + 2;
    const peer = local < 2 ? 0 : line.indexOf(':', local) + PORT;
    const data = peer < PORT ? 0 : line.indexOf(':', peer) + PORT;
    if (data < PORT) break;
    const socket = parse(line.slice(local, peer - 1), line.slice(peer, data - 1), line.slice(data), words);
    if (socket !== undefined) sockets.push(socket);
  }
  return {sockets, isWhole: true};
}

/** A colon, four digits of a port, and a blank. */
const PORT = 6;

/** @returns undefined without a state */
function parse(localText: string, peerText: string, data: string, words: 1 | 4): ProcInetSocket | undefined {
  const local = endOf(localText, words);
  const peer = endOf(peerText, words);
  const scan = new Scanner(data);
  const state = scan.hex();
  if (state === undefined) return undefined;
  const txQueue = scan.hex() ?? 0;
  scan.literal(':');
  const rxQueue = scan.hex() ?? 0;
  const timer = scan.hex() ?? 0;
  scan.literal(':');
  const when = scan.hex() ?? 0;
  const retransmits = scan.hex() ?? 0;
  const uid = scan.uint() ?? 0;
  const probes = scan.int() ?? 0;
  const ino = scan.uint() ?? 0;
  scan.int();
  const sk = scan.hex64() ?? 0n;
  return {
    local: local.words,
    peer: peer.words,
    localPort: local.port,
    peerPort: peer.port,
    state,
    txQueue: txQueue | 0,
    rxQueue: rxQueue | 0,
    timer,
    when,
    retransmits: retransmits | 0,
    uid,
    probes,
    ino,
    sk,
    tcp: parseTcp(scan),
  };
}

function parseTcp(scan: Scanner): ProcTcp | undefined {
  const rto = scan.int();
  if (rto === undefined) return undefined;
  const ato = scan.int() ?? 0;
  const qack = scan.int() ?? 0;
  const cwnd = scan.uint() ?? 0;
  const ssthresh = scan.int() ?? 0;
  return {rto, ato, qack, cwnd, ssthresh, opt: scan.rest()};
}

/** `0100007F:0016` */
function endOf(text: string, count: 1 | 4): {readonly words: readonly number[]; readonly port: number} {
  const scan = new Scanner(text);
  const words: number[] = [];
  while (words.length < count) words.push(scan.hex(count === 1 ? undefined : 8) ?? 0);
  scan.literal(':');
  return {words, port: (scan.hex() ?? 0) & 0xffff};
}
