import {NetlinkError} from '../errors.js';
import {inNamespace, type Native, native} from '../native.js';
import {
  AF_NETLINK,
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NETLINK_LISTEN_ALL_NSID,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SO_SNDBUF,
  SOCK_RAW,
  SOL_NETLINK,
  SOL_SOCKET,
} from './constants.js';

/** What both drivers need of a socket; tests put a fake kernel here. Failures are negative errnos. */
export interface Transport {
  readonly portId: number;
  /** Whether the kernel checks dump requests strictly. */
  readonly strict: boolean;
  /** Bytes of answers that the socket holds before it drops some. */
  readonly receiveRoom: number;
  send(buffer: Uint8Array, length: number): number;
  /** @returns the datagram's full length, even where `buffer` is shorter */
  recv(buffer: Uint8Array, flags: number): number;
  talk(out: Uint8Array, length: number, into: Uint8Array): number;
  /** Namespace id of the last datagram, -1 for our own. */
  lastNsid(): number;
  /** Calls back when there is something to read, until `unwatch`; keeps the process alive meanwhile. */
  watch(callback: () => void): void;
  unwatch(): void;
  close(): void;
}

/** Options of a netlink socket. */
export interface SocketOptions {
  /** Namespace: a name under /run/netns, or a path. */
  readonly netns?: string | undefined;
  /** Ask for strict checking of dump requests; on by default, kernels before 4.20 cannot. */
  readonly strict?: boolean | undefined;
  /** SO_RCVBUF in bytes, beyond the system's limit where the process may. */
  readonly receiveBuffer?: number | undefined;
  /** SO_SNDBUF in bytes. */
  readonly sendBuffer?: number | undefined;
  /** Multicast groups to join, by number (RTNLGRP_). */
  readonly groups?: readonly number[] | undefined;
  /** Events of all namespaces that have an id in ours. */
  readonly allNamespaces?: boolean | undefined;
}

const UV_READABLE = 1;
const ENOENT = 2;

/** A socket of the running kernel. */
class Socket implements Transport {
  readonly portId: number;
  readonly strict: boolean;
  private readonly sys: Native;
  private fd: number;
  private handle = 0;

  constructor(sys: Native, fd: number, strict: boolean) {
    this.sys = sys;
    this.fd = fd;
    this.strict = strict;
    this.portId = sys.portId(fd);
  }

  get receiveRoom(): number {
    return this.sys.getsockopt(this.fd, SOL_SOCKET, SO_RCVBUF);
  }

  send(buffer: Uint8Array, length: number): number {
    return this.sys.send(this.fd, buffer, length);
  }

  recv(buffer: Uint8Array, flags: number): number {
    return this.sys.recv(this.fd, buffer, flags);
  }

  talk(out: Uint8Array, length: number, into: Uint8Array): number {
    return this.sys.talk(this.fd, out, length, into);
  }

  lastNsid(): number {
    return this.sys.lastNsid();
  }

  watch(callback: () => void): void {
    if (this.handle > 0) this.unwatch();
    this.handle = this.sys.watch(this.fd, UV_READABLE, callback);
  }

  unwatch(): void {
    if (this.handle > 0) this.sys.unwatch(this.handle);
    this.handle = 0;
  }

  close(): void {
    if (this.fd < 0) return;
    this.unwatch();
    this.sys.close(this.fd);
    this.fd = -1;
  }
}

/**
 * Runs `body` in a network namespace by name or path; here without one.
 * @throws {NetlinkError} naming a namespace that cannot be entered
 */
export function inside<T>(netns: string | undefined, body: () => T): T {
  if (netns === undefined) return body();
  const paths = netns.includes('/') ? [netns] : [`/run/netns/${netns}`, `/var/run/netns/${netns}`];
  let result: number | {readonly value: T} = -ENOENT;
  for (const path of paths) if (result === -ENOENT) result = inNamespace(path, body);
  if (typeof result === 'number') throw new NetlinkError(-result, `netns ${netns}`);
  return result.value;
}

/**
 * Opens and binds a netlink socket.
 * @throws {NetlinkError} naming the call that failed
 */
export function openTransport(protocol: number, options: SocketOptions = {}): Transport {
  const sys = native();
  const fd = inside(options.netns, () => sys.socket(AF_NETLINK, SOCK_RAW, protocol));
  if (fd < 0) throw new NetlinkError(-fd, options.netns === undefined ? 'socket' : `netns ${options.netns}`);
  const refuse = (result: number, call: string): void => {
    if (result >= 0) return;
    sys.close(fd);
    throw new NetlinkError(-result, call);
  };
  if (options.sendBuffer !== undefined) sys.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, options.sendBuffer);
  if (options.receiveBuffer !== undefined) {
    const forced = sys.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, options.receiveBuffer);
    if (forced < 0) refuse(sys.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, options.receiveBuffer), 'SO_RCVBUF');
  }
  // Old kernels lack these: answers then come without texts, and dumps unfiltered.
  sys.setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  sys.setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
  const strict = options.strict !== false && sys.setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1) >= 0;
  refuse(sys.bindNetlink(fd, 0, 0), 'bind');
  for (const group of options.groups ?? []) {
    refuse(sys.setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group), 'NETLINK_ADD_MEMBERSHIP');
  }
  if (options.allNamespaces === true) {
    refuse(sys.setsockopt(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1), 'NETLINK_LISTEN_ALL_NSID');
  }
  return new Socket(sys, fd, strict);
}
