import {NetlinkError} from '../errors.js';
import {readU16, readU32} from './bytes.js';
import {EAGAIN, ENOBUFS, MSG_DONTWAIT, NLM_F_ACK, NLMSG_HDRLEN} from './constants.js';
import {Exchange, type ExchangeKind, type Receiver} from './exchange.js';
import {type Request, writeRequest} from './message.js';
import type {Tracer} from './trace.js';
import type {Transport} from './transport.js';
import {hostIsLittleEndian, Writer} from './writer.js';

const RECEIVE_BUFFER = 65536;
/** Bytes of one send, and answers awaited at a time, of a batch: see sync.ts. */
const SEND_LIMIT = 32768;
const ANSWER_ROOM = 2048;
const MAX_WINDOW = 512;

/** Answers in a row without a turn of the event loop: the kernel is done at once, and timers have to run. */
const FAIR_SHARE = 64;

/** A request whose answer is awaited. */
interface Pending {
  exchange: Exchange;
  readonly flags: number;
  readonly receiver: Receiver;
  readonly settle: (error?: unknown) => void;
}

/** One socket of an asynchronous connection: either many short exchanges, told apart by sequence, or one dump. */
export class Channel {
  readonly transport: Transport;
  /** Closed, or failed in a way that leaves its state unknown. */
  broken = false;
  private readonly bufferSize: number;
  private readonly protocol: number;
  private readonly trace: Tracer | undefined;
  private readonly writer = new Writer(4096);
  private buffer: Uint8Array | undefined;
  private sequence = 0;
  private readonly pending = new Map<number, Pending>();
  /** Wakes the dump that waits for the socket. */
  private wake: ((error?: unknown) => void) | undefined;
  private closeReason: unknown;
  private watching = false;
  private answered = 0;

  constructor(transport: Transport, protocol: number, trace: Tracer | undefined, bufferSize = RECEIVE_BUFFER) {
    this.bufferSize = bufferSize;
    this.transport = transport;
    this.protocol = protocol;
    this.trace = trace;
  }

  /** One request and its answer. The kernel has mostly answered when the send returns: then no event is awaited. */
  ask(
    request: Request,
    kind: ExchangeKind,
    flags: number,
    signal: AbortSignal | undefined,
    receiver: Receiver,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      this.check();
      const exchange = this.send(request, kind, flags, 0);
      const abort = (): void => {
        this.pending.delete(pending.exchange.sequence);
        this.rest();
        reject(signal?.reason);
      };
      const settle = (error?: unknown): void => {
        signal?.removeEventListener('abort', abort);
        if (error !== undefined) reject(error);
        else if (++this.answered % FAIR_SHARE === 0) setImmediate(resolve);
        else resolve();
      };
      const pending: Pending = {exchange, flags, receiver, settle};
      this.pending.set(exchange.sequence, pending);
      signal?.addEventListener('abort', abort, {once: true});
      this.drain();
    });
  }

  /** @throws why the channel is closed, if it is */
  check(): void {
    if (this.broken) throw this.closeReason;
  }

  /** Begins a dump; the caller pulls its datagrams. */
  startDump(request: Request, flags: number): DumpReader {
    this.check();
    return new DumpReader(this, request, flags);
  }

  /** Sends requests window by window. @returns the errors of each window */
  async *windows(
    requests: Iterable<Request>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<(NetlinkError | undefined)[], void, void> {
    const size = Math.max(8, Math.min(MAX_WINDOW, Math.floor(this.transport.receiveRoom / ANSWER_ROOM)));
    const writer = new Writer(SEND_LIMIT + 4096);
    let window: Exchange[] = [];
    let last = 0;
    for (const request of requests) {
      last = writer.at;
      writeRequest(writer, request, 0, ++this.sequence);
      window.push(new Exchange(request, 'ack', this.sequence, this.transport.portId));
      if (window.length < size && writer.at < SEND_LIMIT) continue;
      yield await this.sendWindow(writer, last, window, signal);
      window = [];
    }
    if (window.length > 0) yield await this.sendWindow(writer, last, window, signal);
  }

  /** Refuses everything under way with `reason`, and closes the socket. */
  close(reason: unknown): void {
    if (this.broken) return;
    this.broken = true;
    this.closeReason = reason;
    this.transport.close();
    this.watching = false;
    for (const {settle} of this.pending.values()) settle(reason);
    this.pending.clear();
    this.wake?.(reason);
  }

  send(request: Request, kind: ExchangeKind, flags: number, skip: number): Exchange {
    const {writer} = this;
    writer.at = 0;
    writeRequest(writer, request, flags, ++this.sequence);
    this.trace?.sent(this.protocol, writer.bytes, writer.at, request);
    const result = this.transport.send(writer.bytes, writer.at);
    if (result < 0) throw new NetlinkError(-result, request.name);
    return new Exchange(request, kind, this.sequence, this.transport.portId, skip);
  }

  /** Reads one datagram if there is one. @returns its length, or a negative errno */
  read(request: Request | undefined): number {
    const length = this.transport.recv(this.room(), MSG_DONTWAIT);
    if (length > 0) this.trace?.received(this.protocol, this.room(), Math.min(length, this.room().length), request);
    return length;
  }

  room(): Uint8Array {
    this.buffer ??= new Uint8Array(this.bufferSize);
    return this.buffer;
  }

  grow(wanted: number): void {
    this.buffer = new Uint8Array(Math.max(wanted, this.room().length * 2));
  }

  /** Resolves when there is something to read. */
  readable(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      this.check();
      const abort = (): void => this.wake?.(signal?.reason);
      this.wake = error => {
        this.wake = undefined;
        signal?.removeEventListener('abort', abort);
        this.rest();
        if (error === undefined) resolve();
        else reject(error);
      };
      signal?.addEventListener('abort', abort, {once: true});
      this.attend();
    });
  }

  private attend(): void {
    if (this.watching) return;
    this.watching = true;
    this.transport.watch(this.ready);
  }

  /** Stops watching when nothing is awaited, so that the process may end. */
  private rest(): void {
    if (!this.watching || this.pending.size > 0 || this.wake !== undefined) return;
    this.watching = false;
    this.transport.unwatch();
  }

  private readonly ready = (): void => {
    if (this.wake !== undefined) this.wake();
    else this.drain();
  };

  /** Takes all answers that are there; watches the socket while some are missing. */
  private drain(): void {
    try {
      while (this.pending.size > 0) {
        const length = this.read(this.pending.values().next().value?.exchange.request);
        if (length === -EAGAIN) break;
        if (length === -ENOBUFS) {
          for (const one of [...this.pending.values()]) {
            one.exchange.overrun();
            this.conclude(one);
          }
        } else if (length < 0) {
          throw new NetlinkError(-length, 'recvmsg');
        } else {
          this.dispatch(length);
        }
      }
    } catch (error) {
      this.close(error);
      return;
    }
    if (this.pending.size > 0) this.attend();
    else this.rest();
  }

  /** Hands a datagram to the exchanges whose sequences it has; mostly it has one. */
  private dispatch(length: number): void {
    const buffer = this.room();
    const littleEndian = hostIsLittleEndian();
    const have = Math.min(length, buffer.length);
    let served = -1;
    for (let at = 0; have - at >= NLMSG_HDRLEN; ) {
      const size = readU32(buffer, at, littleEndian);
      if (size < NLMSG_HDRLEN) break;
      const sequence = readU32(buffer, at + 8, littleEndian);
      const found = sequence === served ? undefined : this.pending.get(sequence);
      served = sequence;
      if (found !== undefined) this.serve(found, length);
      at += (size + 3) & ~3;
    }
  }

  private serve(one: Pending, length: number): void {
    try {
      one.exchange.accept(this.room(), length, one.receiver);
    } catch (error) {
      this.pending.delete(one.exchange.sequence);
      one.settle(error);
      return;
    }
    if (one.exchange.truncated && one.exchange.kind === 'get') {
      this.pending.delete(one.exchange.sequence);
      this.grow(length);
      one.exchange = this.send(one.exchange.request, 'get', one.flags, 0);
      this.pending.set(one.exchange.sequence, one);
    } else if (one.exchange.finished) {
      this.conclude(one);
    }
  }

  private conclude(one: Pending): void {
    this.pending.delete(one.exchange.sequence);
    one.settle(one.exchange.error);
  }

  /** Only the last request asks for an acknowledgement: refusals are answered anyway, and in order. */
  private async sendWindow(
    writer: Writer,
    last: number,
    window: readonly Exchange[],
    signal: AbortSignal | undefined,
  ): Promise<(NetlinkError | undefined)[]> {
    signal?.throwIfAborted();
    this.check();
    writer.setU16(last + 6, readU16(writer.bytes, last + 6, writer.littleEndian) | NLM_F_ACK);
    this.trace?.sent(this.protocol, writer.bytes, writer.at, window[0]?.request);
    const result = this.transport.send(writer.bytes, writer.at);
    writer.at = 0;
    if (result < 0) return window.map(one => new NetlinkError(-result, one.request.name));
    await new Promise<void>((resolve, reject) => {
      const forget = (): void => {
        for (const one of window) this.pending.delete(one.sequence);
        signal?.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        forget();
        this.rest();
        reject(signal?.reason);
      };
      const end = window[window.length - 1];
      for (const exchange of window) {
        const settle = (error?: unknown): void => {
          const fatal = this.broken || (error !== undefined && !(error instanceof NetlinkError));
          if (!fatal && exchange !== end) return;
          forget();
          if (fatal) reject(error);
          else resolve();
        };
        this.pending.set(exchange.sequence, {exchange, flags: 0, receiver: ignore, settle});
      }
      signal?.addEventListener('abort', abort, {once: true});
      this.drain();
    });
    return window.map(one => one.error);
  }
}

/** A dump that is pulled datagram by datagram. */
export class DumpReader {
  exchange: Exchange;
  private readonly channel: Channel;
  private readonly request: Request;
  private readonly flags: number;

  constructor(channel: Channel, request: Request, flags: number) {
    this.channel = channel;
    this.request = request;
    this.flags = flags;
    this.exchange = channel.send(request, 'dump', flags, 0);
  }

  /**
   * Takes one datagram.
   * @returns whether the dump is over; the exchange then holds its error
   */
  async next(signal: AbortSignal | undefined, receiver: Receiver): Promise<boolean> {
    signal?.throwIfAborted();
    const {channel, exchange} = this;
    channel.check();
    let length = channel.read(this.request);
    while (length === -EAGAIN) {
      await channel.readable(signal);
      length = channel.read(this.request);
    }
    if (length === -ENOBUFS) exchange.overrun();
    else if (length < 0) throw new NetlinkError(-length, this.request.name);
    else exchange.accept(channel.room(), length, receiver);
    if (!exchange.truncated || exchange.finished) return exchange.finished;
    // The kernel refuses another dump (EBUSY) until this one is read to its end; each part is made while the one before is
    // read, so nothing to read means that it has ended.
    let longest = length;
    for (let next = 0; next >= 0 || next === -ENOBUFS; longest = Math.max(longest, next))
      next = channel.read(this.request);
    channel.grow(longest);
    this.exchange = channel.send(this.request, 'dump', this.flags, exchange.delivered);
    this.exchange.interrupted = exchange.interrupted;
    return false;
  }
}

function ignore(): void {}
