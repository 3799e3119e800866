import {AF_INET, AF_INET6} from '../addr/ip.js';
import {AsyncConnection, type CallOptions} from '../netlink/async.js';
import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {
  INET_DIAG_CONG,
  INET_DIAG_INFO,
  INET_DIAG_MEMINFO,
  INET_DIAG_SHUTDOWN,
  INET_DIAG_SKMEMINFO,
  INET_DIAG_TCLASS,
  INET_DIAG_TOS,
} from './constants.js';
import type {InetSocket, inetDiag, inetDiagRequest} from './inet.js';
import {NDIAG_SHOW, type NetlinkSocket, netlinkDump} from './netlinkDiag.js';
import {type PacketSocket, packetDump} from './packetDiag.js';
import {inetDump, type Transport} from './requests.js';
import {type StateName, stateMask} from './states.js';
import {type UnixSocket, unixDump} from './unixDiag.js';
import {type VsockSocket, vsockDump} from './vsockDiag.js';

const ATTRIBUTES = {
  meminfo: INET_DIAG_MEMINFO,
  info: INET_DIAG_INFO,
  cong: INET_DIAG_CONG,
  tos: INET_DIAG_TOS,
  tclass: INET_DIAG_TCLASS,
  skmeminfo: INET_DIAG_SKMEMINFO,
  shutdown: INET_DIAG_SHUTDOWN,
} as const;

/** All bits of what a socket may tell. */
const EVERYTHING = 0x7f;

/** A part of a socket's record that only comes when asked for: `info` is TCP's own state, `cong` its algorithm. */
export type SocketAttribute = keyof typeof ATTRIBUTES;

/** Options of SockDiag.open. */
export interface SockDiagOptions {
  /** Network namespace: a name under /run/netns or a path such as /proc/PID/ns/net; the process's own by default. */
  readonly netns?: string | undefined;
  /** Ends the connection and all that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** Which sockets; all that is given has to fit. */
export interface SocketFilter {
  /** `tcp` by default. */
  readonly transport?: Transport | undefined;
  /** Both by default. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** All by default, listening ones included: `ss -a`. */
  readonly states?: readonly StateName[] | undefined;
  readonly localPort?: number | undefined;
  readonly peerPort?: number | undefined;
  /** What to tell beyond addresses, state and queues. */
  readonly attributes?: readonly SocketAttribute[] | undefined;
}

/**
 * The sockets of one network namespace.
 *
 *     await using diag = await SockDiag.open();
 *     for (const socket of await diag.list({states: ['listen']})) console.log(socket.sport);
 */
export class SockDiag implements AsyncDisposable {
  private readonly connection: AsyncConnection;

  private constructor(connection: AsyncConnection) {
    this.connection = connection;
  }

  /** @throws {NetlinkError} naming the call that failed; ENOENT for a namespace that does not exist */
  static async open(options: SockDiagOptions = {}): Promise<SockDiag> {
    return new SockDiag(await AsyncConnection.open(NETLINK_SOCK_DIAG, options));
  }

  /** All sockets that fit, IPv4 first: `ss -ta`, `ss -ua`. @throws {NetlinkError} ENOENT when the kernel lacks the table */
  async list(filter: SocketFilter = {}, options?: CallOptions): Promise<InetSocket[]> {
    const found: InetSocket[] = [];
    for (const request of requestsOf(filter)) {
      for (const socket of await this.connection.list(request, options)) if (passes(filter, socket)) found.push(socket);
    }
    return found;
  }

  /** As `list`, one array per datagram. @throws {NetlinkError} */
  async *stream(filter: SocketFilter = {}, options?: CallOptions): AsyncGenerator<InetSocket[], void, void> {
    for (const request of requestsOf(filter)) {
      for await (const batch of this.connection.dump(request, options)) {
        const passed = batch.filter(socket => passes(filter, socket));
        if (passed.length > 0) yield passed;
      }
    }
  }

  /** All unix sockets with what the kernel knows of them, connections to accept and users included: `ss -xae`. @throws {NetlinkError} */
  unix(states?: readonly StateName[], options?: CallOptions): Promise<UnixSocket[]> {
    return this.connection.list(unixDump(EVERYTHING, stateMask(states)), options);
  }

  /** All packet sockets with rings, fan-out and filters: `ss -0e`. @throws {NetlinkError} */
  packet(options?: CallOptions): Promise<PacketSocket[]> {
    return this.connection.list(packetDump(EVERYTHING), options);
  }

  /** All netlink sockets with their groups: `ss -f netlink`. @throws {NetlinkError} */
  netlink(options?: CallOptions): Promise<NetlinkSocket[]> {
    return this.connection.list(netlinkDump(NDIAG_SHOW.meminfo | NDIAG_SHOW.groups | NDIAG_SHOW.flags), options);
  }

  /** All vsock sockets: `ss --vsock -a`. @throws {NetlinkError} ENOENT when the kernel lacks the table */
  vsock(states?: readonly StateName[], options?: CallOptions): Promise<VsockSocket[]> {
    return this.connection.list(vsockDump(stateMask(states)), options);
  }

  /** Closes the connection; what is under way is rejected. */
  close(): void {
    this.connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** One dump has one family. */
function requestsOf(filter: SocketFilter): Request<typeof inetDiagRequest, typeof inetDiag>[] {
  const {family, transport = 'tcp'} = filter;
  const families = family === undefined ? [AF_INET, AF_INET6] : [family === 'inet' ? AF_INET : AF_INET6];
  const states = stateMask(filter.states);
  const attributes = filter.attributes?.map(name => ATTRIBUTES[name]) ?? [];
  return families.map(number => inetDump({family: number, transport, states, attributes}));
}

function passes({localPort, peerPort}: SocketFilter, socket: InetSocket): boolean {
  return (
    (localPort === undefined || socket.sport === localPort) && (peerPort === undefined || socket.dport === peerPort)
  );
}
