import {NetlinkError} from '../errors.js';
import {AsyncConnection, type AsyncOptions} from './async.js';
import {readU16, readU32} from './bytes.js';
import {codecOf} from './codec.js';
import {EAGAIN, ENOBUFS, MSG_DONTWAIT, NLMSG_HDRLEN, NLMSG_OVERRUN} from './constants.js';
import type {Request} from './message.js';
import type {AnyMessage, Decoded} from './schema.js';
import {openTransport, type Transport} from './transport.js';
import {hostIsLittleEndian} from './writer.js';

/** Room for events: 1 MiB as the reference asks for. */
const RECEIVE_ROOM = 1 << 20;
const RECEIVE_BUFFER = 65536;
/** Datagrams between turns of the event loop. */
const FAIR_SHARE = 16;

/** What a monitor tells. */
export type MonitorEvent<M extends AnyMessage = AnyMessage> =
  | {readonly kind: 'message'; readonly type: number; readonly record: Decoded<M>; readonly nsid: number}
  /** The socket lost messages; what follows is the present state, where `resync` was given. */
  | {readonly kind: 'overrun'}
  /** An entry of the present state after an overrun. */
  | {readonly kind: 'resync'; readonly request: Request; readonly record: Decoded<M>};

/** Options of a monitor. */
export interface MonitorOptions extends AsyncOptions {
  /** Multicast groups, by number (RTNLGRP_). */
  readonly groups: readonly number[];
  /** Schema of a message type; messages of other types are left out. */
  readonly schema: (type: number) => AnyMessage | undefined;
  /** Dumps that tell the present state after an overrun. */
  readonly resync?: readonly Request[] | undefined;
}

/**
 * Multicast events as an async iterable, one array per datagram. Keeps the process alive while it is awaited; leaving the
 * loop closes the socket. A slow consumer makes the kernel drop events, which shows as `overrun`.
 */
export class Monitor implements AsyncIterable<MonitorEvent[]>, AsyncDisposable {
  private readonly transport: Transport;
  private readonly protocol: number;
  private readonly options: MonitorOptions;
  private readonly buffer = new Uint8Array(RECEIVE_BUFFER);
  private wake: ((error?: unknown) => void) | undefined;
  private closed = false;

  /** `open` is the way in; tests hand in a transport of their own. */
  constructor(transport: Transport, protocol: number, options: MonitorOptions) {
    this.transport = transport;
    this.protocol = protocol;
    this.options = options;
  }

  /** @throws {NetlinkError} naming the call that failed */
  static open(protocol: number, options: MonitorOptions): Monitor {
    options.signal?.throwIfAborted();
    const transport = openTransport(protocol, {receiveBuffer: RECEIVE_ROOM, ...options});
    return new Monitor(transport, protocol, options);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<MonitorEvent[], void, void> {
    const {signal} = this.options;
    try {
      for (let share = 1; !this.closed; share++) {
        signal?.throwIfAborted();
        const length = this.transport.recv(this.buffer, MSG_DONTWAIT);
        if (length === -EAGAIN) {
          await this.readable();
        } else if (length === -ENOBUFS || length > this.buffer.length) {
          yield [{kind: 'overrun'}];
          yield* this.resync();
        } else if (length < 0) {
          throw new NetlinkError(-length, 'recvmsg');
        } else {
          const events = this.events(length);
          if (events.length > 0) yield events;
        }
        if (share % FAIR_SHARE === 0) await new Promise<void>(resolve => setImmediate(resolve));
      }
    } finally {
      this.close();
    }
  }

  /** Ends the iteration after the events that are under way. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.transport.close();
    this.wake?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  private readable(): Promise<void> {
    const {signal} = this.options;
    return new Promise((resolve, reject) => {
      const abort = (): void => this.wake?.(signal?.reason);
      this.wake = error => {
        this.wake = undefined;
        signal?.removeEventListener('abort', abort);
        this.transport.unwatch();
        if (error === undefined) resolve();
        else reject(error);
      };
      signal?.addEventListener('abort', abort, {once: true});
      this.transport.watch(() => this.wake?.());
    });
  }

  private events(length: number): MonitorEvent[] {
    const {buffer} = this;
    const littleEndian = hostIsLittleEndian();
    const nsid = this.transport.lastNsid();
    const events: MonitorEvent[] = [];
    for (let at = 0; length - at >= NLMSG_HDRLEN; ) {
      const size = readU32(buffer, at, littleEndian);
      if (size < NLMSG_HDRLEN || size > length - at) break;
      const type = readU16(buffer, at + 4, littleEndian);
      const schema = type > NLMSG_OVERRUN ? this.options.schema(type) : undefined;
      if (type === NLMSG_OVERRUN) events.push({kind: 'overrun'});
      if (schema !== undefined) {
        const record = codecOf(schema).decode(buffer, at + NLMSG_HDRLEN, at + size);
        events.push({kind: 'message', type, record, nsid});
      }
      at += (size + 3) & ~3;
    }
    return events;
  }

  private async *resync(): AsyncGenerator<MonitorEvent[], void, void> {
    const {resync, signal} = this.options;
    if (resync === undefined || resync.length === 0) return;
    await using connection = await AsyncConnection.open(this.protocol, {netns: this.options.netns, signal});
    for (const request of resync) {
      const records = await connection.list(request);
      yield records.map(record => ({kind: 'resync', request, record}));
    }
  }
}
