import {AF_INET, AF_INET6} from '../addr/ip.js';
import {readWholeFile} from '../native.js';
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
import type {Expression} from './filter/expression.js';
import {Filter, parseFilter} from './filter/filter.js';
import {AF_UNSPEC} from './filter/subject.js';
import {systemNames} from './filter/systemNames.js';
import type {inetDiagRequest} from './inet.js';
import {NDIAG_SHOW, type NetlinkSocket, netlinkDump} from './netlinkDiag.js';
import {type InetReply, inetReply, type SocketOf} from './otherInfo.js';
import {type PacketSocket, packetDump} from './packetDiag.js';
import {type InetSocketId, inetDestroy, inetDump, type Transport} from './requests.js';
import {type SocketEventOptions, SocketEvents} from './socketEvents.js';
import {type StateName, stateMask} from './states.js';
import {type TipcSocket, tipcDump} from './tipcDiag.js';
import {type UnixSocket, unixDump} from './unixDiag.js';
import {type VsockSocket, vsockDump} from './vsockDiag.js';
import {type XdpSocket, xdpDump} from './xdpDiag.js';

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
  /** Index of an interface by name, for `dev NAME` in filters of text; without it only `dev 7` and `dev if7` are known. */
  readonly ifindex?: ((name: string) => number | undefined) | undefined;
}

/** Which sockets; all that is given has to fit. */
export interface SocketFilter<T extends Transport = Transport> {
  /** `tcp` by default. */
  readonly transport?: T | undefined;
  /** Both by default. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** All by default, listening ones included: `ss -a`. */
  readonly states?: readonly StateName[] | undefined;
  readonly localPort?: number | undefined;
  readonly peerPort?: number | undefined;
  /** Words of `ss`, such as `( dport = :ssh or sport = :ssh )`, or the same as a tree. */
  readonly filter?: string | Expression | undefined;
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

  private readonly options: SockDiagOptions;

  private constructor(connection: AsyncConnection, options: SockDiagOptions) {
    this.connection = connection;
    this.options = options;
  }

  /** @throws {NetlinkError} naming the call that failed; ENOENT for a namespace that does not exist */
  static async open(options: SockDiagOptions = {}): Promise<SockDiag> {
    return new SockDiag(await AsyncConnection.open(NETLINK_SOCK_DIAG, options), options);
  }

  /**
   * All sockets that fit, IPv4 first: `ss -ta`, `ss -ua`. What `info` is depends on the transport.
   * @throws {NetlinkError} ENOENT when the kernel lacks the table
   * @throws {UsageError} for a filter that cannot be read
   */
  async list<T extends Transport = 'tcp'>(filter: SocketFilter<T> = {}, options?: CallOptions): Promise<SocketOf<T>[]> {
    const found: SocketOf<T>[] = [];
    const parsed = this.parsed(filter, filter);
    for (const request of requestsOf(filter, parsed)) {
      for (const socket of await this.connection.list(request, options)) {
        if (passes(filter, parsed, socket)) found.push(socket);
      }
    }
    return found;
  }

  /** As `list`, one array per datagram. @throws {NetlinkError} */
  async *stream<T extends Transport = 'tcp'>(
    filter: SocketFilter<T> = {},
    options?: CallOptions,
  ): AsyncGenerator<SocketOf<T>[], void, void> {
    const parsed = this.parsed(filter, filter);
    for (const request of requestsOf(filter, parsed)) {
      for await (const batch of this.connection.dump(request, options)) {
        const passed = batch.filter(socket => passes(filter, parsed, socket));
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

  /** All TIPC sockets with their queues and peers: `ss --tipc -a`. @throws {NetlinkError} ENOENT when the kernel lacks the table */
  async tipc(states?: readonly StateName[], options?: CallOptions): Promise<TipcSocket[]> {
    const answers = await this.connection.list(tipcDump(stateMask(states)), options);
    return answers.flatMap(({sock}) => (sock === undefined ? [] : [sock]));
  }

  /** All XDP sockets with rings, memory and counters: `ss --xdp -e`. @throws {NetlinkError} ENOENT when the kernel lacks the table */
  xdp(options?: CallOptions): Promise<XdpSocket[]> {
    return this.connection.list(xdpDump(), options);
  }

  /**
   * Closes a socket, whoever holds it: `ss -K`. Its owner gets ECONNABORTED.
   * @throws {NetlinkError} ENOENT when it is gone, EPERM without CAP_NET_ADMIN, EOPNOTSUPP when the kernel cannot close it
   */
  async destroy(socket: InetSocketId, transport: Transport = 'tcp', options?: CallOptions): Promise<void> {
    await this.connection.request(inetDestroy(transport, socket), options);
  }

  /**
   * Sockets as they are destroyed: `ss -E`. Listens from the call on, with a socket of its own; leaving the loop ends it.
   * @throws {NetlinkError} EPERM without CAP_NET_ADMIN
   * @throws {UsageError} for a filter that cannot be read
   */
  events(options: SocketEventOptions = {}): SocketEvents {
    return new SocketEvents(
      options,
      this.parsed(options, {transport: options.transport ?? 'both'}),
      this.options.netns,
    );
  }

  /** @param of what is listed: its services are meant */
  private parsed(
    {filter, family}: Pick<SocketFilter, 'filter' | 'family'>,
    of: {readonly transport?: Transport | 'both' | undefined},
  ): Filter | undefined {
    if (filter === undefined) return undefined;
    if (typeof filter !== 'string') return new Filter(filter, localPortRange);
    const {transport = 'tcp'} = of;
    const names = systemNames(
      {tcp: transport === 'tcp' || transport === 'both', udp: transport === 'udp' || transport === 'both'},
      this.options.ifindex ?? numberedLink,
    );
    return parseFilter([filter], familyNumber(family), names, localPortRange);
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
function requestsOf<T extends Transport>(
  filter: SocketFilter<T>,
  parsed: Filter | undefined,
): Request<typeof inetDiagRequest, InetReply<T>>[] {
  const {family} = filter;
  const transport = (filter.transport ?? 'tcp') as T;
  const families = family === undefined ? [AF_INET, AF_INET6] : [family === 'inet' ? AF_INET : AF_INET6];
  const states = stateMask(filter.states);
  const attributes = filter.attributes?.map(name => ATTRIBUTES[name]) ?? [];
  const bytecode = parsed?.bytecode();
  return families
    .filter(number => parsed?.family === undefined || parsed.family === number)
    .map(number => ({
      ...inetDump({family: number, transport, states, attributes, bytecode}),
      reply: inetReply(transport),
    }));
}

function passes({localPort, peerPort}: SocketFilter, filter: Filter | undefined, socket: SocketOf<Transport>): boolean {
  if (localPort !== undefined && socket.sport !== localPort) return false;
  if (peerPort !== undefined && socket.dport !== peerPort) return false;
  return filter === undefined || filter.matchesSocket(socket);
}

function familyNumber(family: SocketFilter['family']): number {
  return family === undefined ? AF_UNSPEC : family === 'inet' ? AF_INET : AF_INET6;
}

/** `if7` is 7, whatever the link is called. */
function numberedLink(name: string): number | undefined {
  const digits = /^if([1-9]\d*)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Ports that the kernel hands out in the namespace of the process. Source: ip(7), ip_local_port_range. */
function localPortRange(): {readonly low: number; readonly high: number} {
  const bytes = readWholeFile('/proc/sys/net/ipv4/ip_local_port_range') ?? new Uint8Array();
  const [low = 1, high = 0] = Buffer.from(bytes).toString().trim().split(/\s+/).map(Number);
  return {low, high};
}
