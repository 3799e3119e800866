import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import {Monitor} from '../netlink/monitor.js';
import {
  SKNLGRP_INET_TCP_DESTROY,
  SKNLGRP_INET_UDP_DESTROY,
  SKNLGRP_INET6_TCP_DESTROY,
  SKNLGRP_INET6_UDP_DESTROY,
} from './constants.js';
import type {Expression} from './filter/expression.js';
import type {Filter} from './filter/filter.js';
import {type InetSocket, inetDiag} from './inet.js';

/** Which events of sockets. */
export interface SocketEventOptions {
  /** Both by default. */
  readonly transport?: 'tcp' | 'udp' | undefined;
  /** Both by default. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** As of `SocketFilter`. */
  readonly filter?: string | Expression | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What `diag.events()` tells. */
export type SocketEvent =
  | {readonly kind: 'destroyed'; readonly socket: InetSocket}
  /** Events were lost: the kernel had no room for them. */
  | {readonly kind: 'overrun'};

/**
 * Sockets as they are destroyed, as an async iterable; one array per datagram.
 * Source: uapi linux/sock_diag.h, SKNLGRP_.
 */
export class SocketEvents implements AsyncIterable<SocketEvent[]>, AsyncDisposable {
  private readonly monitor: Monitor;
  private readonly filter: Filter | undefined;

  /** Made by SockDiag; listens from then on. @throws {NetlinkError} when the socket is refused */
  constructor(options: SocketEventOptions, filter: Filter | undefined, netns: string | undefined) {
    this.filter = filter;
    this.monitor = Monitor.open(NETLINK_SOCK_DIAG, {
      groups: destroyGroups(options),
      schema: () => inetDiag,
      netns,
      signal: options.signal,
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SocketEvent[], void, void> {
    for await (const events of this.monitor) {
      const told: SocketEvent[] = [];
      for (const event of events) {
        if (event.kind === 'overrun') told.push(event);
        if (event.kind !== 'message') continue;
        const socket = event.record as unknown as InetSocket;
        if (this.filter === undefined || this.filter.matchesSocket(socket)) told.push({kind: 'destroyed', socket});
      }
      if (told.length > 0) yield told;
    }
  }

  /** Ends the iteration after the events that are under way. */
  close(): void {
    this.monitor.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

function destroyGroups({transport, family}: SocketEventOptions): number[] {
  const groups: number[] = [];
  if (transport !== 'udp' && family !== 'inet6') groups.push(SKNLGRP_INET_TCP_DESTROY);
  if (transport !== 'tcp' && family !== 'inet6') groups.push(SKNLGRP_INET_UDP_DESTROY);
  if (transport !== 'udp' && family !== 'inet') groups.push(SKNLGRP_INET6_TCP_DESTROY);
  if (transport !== 'tcp' && family !== 'inet') groups.push(SKNLGRP_INET6_UDP_DESTROY);
  return groups;
}
