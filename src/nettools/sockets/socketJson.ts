import {decodeText} from '../../addr/text.js';
import type {Io} from '../../io.js';
import {NETLINK_ROUTE} from '../../rtnetlink/constants.js';
import {LinkCache} from '../../rtnetlink/linkCache.js';
import {INET_DIAG_MSG_LENGTH} from '../../sockdiag/constants.js';
import {inetFields, inetSocket, stateOf, timerFields} from '../../sockdiag/socketJson.js';
import type {SocketProcess, SocketRecord} from '../../sockdiag/socketRecord.js';
import {procUnixState} from '../../sockdiag/states.js';
import type {Sink} from '../../view/sink.js';
import {type JsonValue, stringify} from '../../view/strictJson.js';
import type {NetstatTransport} from '../netstatOptions.js';
import {type Holders, programOf} from './holders.js';
import type {UnixSocket} from './unixTable.js';

/** Tables of UNIX sockets by their type. */
const unixTables: Readonly<Record<number, string>> = {1: 'u_str', 2: 'u_dgr', 5: 'u_seq'};

/**
 * Sockets as objects of one array, with the keys of `tsss --json`: numbers and addresses never as names, never cut.
 * See `SocketRecord`.
 */
export class SocketJson {
  readonly #out: Sink;
  readonly #holders: Holders | undefined;
  readonly #links: LinkCache;
  readonly #timers: boolean;
  #rows = 0;

  /** @param timers whether the timers of inet sockets are wanted */
  constructor(io: Io, holders: Holders | undefined, timers: boolean) {
    this.#out = io.out;
    this.#holders = holders;
    this.#links = new LinkCache(() => io.open(NETLINK_ROUTE));
    this.#timers = timers;
  }

  /** Writes the inet_diag_msg in `buf[at..end)`. */
  inet(netid: NetstatTransport, buf: Uint8Array, at: number, end: number): void {
    if (end - at < INET_DIAG_MSG_LENGTH) return;
    const socket = inetSocket(netid === 'udplite' ? 'udp' : netid, buf, at, end);
    this.#write({
      netid,
      ...inetFields(socket, index => this.#links.name(index)),
      ...this.#processes(socket.inode),
      ...(this.#timers && timerFields(socket)),
      uid: socket.uid,
      inode: socket.inode,
    });
  }

  /** Writes a UNIX socket. */
  unix({type, flags, state, inode, path, references}: UnixSocket): void {
    this.#write({
      netid: unixTables[type] ?? 'unix',
      ...stateOf(procUnixState(flags, state)),
      recvQ: 0,
      sendQ: 0,
      local: {address: path.length === 0 ? null : decodeText(path, 0, path.length), port: inode},
      peer: {address: null, port: null},
      ...this.#processes(inode),
      inode,
      unix: {references, flags},
    });
  }

  /** Ends the array. */
  end(): void {
    this.#out.ascii(this.#rows === 0 ? '[]\n' : ']\n');
  }

  #write(record: SocketRecord): void {
    this.#out.text((this.#rows++ === 0 ? '[' : ',') + stringify(record as unknown as JsonValue, 0, 1));
  }

  /** The process that the table names; none where nobody is known. */
  #processes(inode: number): {readonly processes?: readonly SocketProcess[]} {
    if (this.#holders === undefined) return {};
    const holder = this.#holders.holder(inode);
    if (holder === undefined) return {processes: []};
    const program = programOf(holder.pid);
    return {processes: [{name: decodeText(program, 0, program.length), ...holder}]};
  }
}
