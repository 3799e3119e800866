import {DumpInterrupted, NetlinkError} from '../errors.js';
import {Channel} from './channel.js';
import {codecOf} from './codec.js';
import {NLM_F_ACK, NLM_F_DUMP} from './constants.js';
import {type Request, replyOf} from './message.js';
import type {AnyMessage, Decoded} from './schema.js';
import type {Tracer} from './trace.js';
import {openTransport, type SocketOptions, type Transport} from './transport.js';

/** Tries of `list` after the first. */
const RETRIES = 5;
const ENOENT = 2;
const EBADF = 9;
/** Datagrams that a dump reads before it lets timers and other I/O run: the kernel always has the next one ready. */
const FAIR_SHARE = 16;

/** Options of a connection. */
export interface AsyncOptions extends SocketOptions {
  /** Ends the connection and all that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Sees all traffic; by default what TSNET_TRACE=1 asks for. */
  readonly trace?: Tracer | undefined;
  /** Bytes of the first receive buffers; they grow when an answer does not fit. */
  readonly bufferSize?: number | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call; a change that was already sent may have happened. */
  readonly signal?: AbortSignal | undefined;
}

/** A dump under way: one array per datagram. `interrupted` counts when the iteration has ended. */
export interface Dump<R> extends AsyncIterable<R[]> {
  readonly interrupted: boolean;
}

/**
 * A netlink connection for programs: promises, abort signals, back-pressure. Nothing is read ahead of the consumer, and the
 * event loop is kept alive only while answers are awaited. A socket can have one dump at a time, so further sockets are
 * opened as needed and used again; a loop over a dump may thus ask for anything else.
 */
export class AsyncConnection implements AsyncDisposable {
  readonly protocol: number;
  private readonly opener: () => Transport;
  private readonly options: AsyncOptions;
  private readonly idle: Channel[] = [];
  private readonly all = new Set<Channel>();
  private requests: Channel;
  private closed = false;

  /** `open` is the way in; tests hand in an opener of their own. */
  constructor(opener: () => Transport, protocol: number, options: AsyncOptions = {}) {
    this.opener = opener;
    this.protocol = protocol;
    this.options = options;
    this.requests = this.openChannel();
    options.signal?.addEventListener('abort', this.abort, {once: true});
  }

  /** @throws {NetlinkError} naming the call that failed */
  static async open(protocol: number, options: AsyncOptions = {}): Promise<AsyncConnection> {
    const trace = process.env.TSNET_TRACE === '1' ? (await import('./trace.js')).stderrTracer() : undefined;
    return new AsyncConnection(() => openTransport(protocol, options), protocol, {trace, ...options});
  }

  /** Whether the kernel checks dump requests strictly, and so filters by what they say. */
  get strict(): boolean {
    return this.requests.transport.strict;
  }

  /**
   * Streams all entries. Leaving the loop early ends the dump.
   * @throws {NetlinkError | DecodeError} from the iteration, also in mid-dump
   */
  dump<M extends AnyMessage, R extends AnyMessage = M>(
    request: Request<M, R>,
    options: CallOptions = {},
  ): Dump<Decoded<R>> {
    const state = {interrupted: false};
    const batches = this.batches(request, options.signal, state);
    return {
      get interrupted() {
        return state.interrupted;
      },
      [Symbol.asyncIterator]: () => batches,
    };
  }

  /**
   * Collects all entries; begins again when the kernel saw changes meanwhile or dropped messages.
   * @throws {DumpInterrupted} after five more tries, with what the last one gave
   * @throws {NetlinkError | DecodeError}
   */
  async list<M extends AnyMessage, R extends AnyMessage = M>(
    request: Request<M, R>,
    options: CallOptions = {},
  ): Promise<Decoded<R>[]> {
    for (let attempt = 0; ; attempt++) {
      const records: Decoded<R>[] = [];
      let whole = true;
      try {
        const dump = this.dump(request, options);
        for await (const batch of dump) for (const record of batch) records.push(record);
        whole = !dump.interrupted;
      } catch (error) {
        if (!(error instanceof NetlinkError) || error.code !== 'ENOBUFS') throw error;
        whole = false;
      }
      if (whole) return records;
      if (attempt === RETRIES) throw new DumpInterrupted(request.name, records);
      await pause(2 ** attempt, options.signal ?? this.options.signal);
    }
  }

  /**
   * Sends a change and waits for its acknowledgement.
   * @throws {NetlinkError} when the kernel refuses
   * @returns what NLM_F_ECHO sends back
   */
  async request<M extends AnyMessage, R extends AnyMessage = M>(
    request: Request<M, R>,
    options: CallOptions = {},
  ): Promise<Decoded<R>[]> {
    const codec = codecOf(replyOf(request));
    const records: Decoded<R>[] = [];
    await this.requestChannel().ask(request as Request, 'ack', NLM_F_ACK, options.signal, (buf, at, end) => {
      records.push(codec.decode(buf, at, end));
    });
    return records;
  }

  /**
   * One answer to a GET.
   * @throws {NetlinkError} the kernel's own refusal
   */
  async get<M extends AnyMessage, R extends AnyMessage = M>(
    request: Request<M, R>,
    options: CallOptions = {},
  ): Promise<Decoded<R>> {
    const codec = codecOf(replyOf(request));
    let found: Decoded<R> | undefined;
    await this.requestChannel().ask(request as Request, 'get', 0, options.signal, (buf, at, end) => {
      found ??= codec.decode(buf, at, end);
    });
    if (found === undefined) throw new NetlinkError(ENOENT, request.name);
    return found;
  }

  /**
   * Sends many changes, many to a send. The kernel goes on after a refusal.
   * @returns one entry per request: undefined, or its error
   */
  async batch(requests: Iterable<Request>, options: CallOptions = {}): Promise<(NetlinkError | undefined)[]> {
    const results: (NetlinkError | undefined)[] = [];
    const channel = this.requestChannel();
    for await (const window of channel.windows(requests, options.signal)) results.push(...window);
    return results;
  }

  /** Closes the sockets; what is under way is rejected. */
  close(reason: unknown = new NetlinkError(EBADF, 'close')): void {
    this.closed = true;
    this.options.signal?.removeEventListener('abort', this.abort);
    for (const channel of this.all) channel.close(reason);
    this.all.clear();
    this.idle.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  private readonly abort = (): void => this.close(this.options.signal?.reason);

  private openChannel(): Channel {
    this.options.signal?.throwIfAborted();
    if (this.closed) throw new NetlinkError(EBADF, 'close');
    const channel = new Channel(this.opener(), this.protocol, this.options.trace, this.options.bufferSize);
    this.all.add(channel);
    return channel;
  }

  /** A socket that failed in an unknown state is given up, and the next request gets a fresh one. */
  private requestChannel(): Channel {
    if (this.requests.broken) {
      this.all.delete(this.requests);
      this.requests = this.openChannel();
    }
    return this.requests;
  }

  private async *batches<M extends AnyMessage, R extends AnyMessage>(
    request: Request<M, R>,
    signal: AbortSignal | undefined,
    state: {interrupted: boolean},
  ): AsyncGenerator<Decoded<R>[], void, void> {
    const codec = codecOf(replyOf(request));
    const channel = this.idle.pop() ?? this.openChannel();
    let done = false;
    try {
      const reading = channel.startDump(request as Request, NLM_F_DUMP);
      for (let share = 1; ; share++) {
        const batch: Decoded<R>[] = [];
        done = await reading.next(signal, (buf, at, end) => {
          batch.push(codec.decode(buf, at, end));
        });
        if (batch.length > 0) yield batch;
        if (done) break;
        if (share % FAIR_SHARE === 0) await new Promise<void>(resolve => setImmediate(resolve));
      }
      state.interrupted = reading.exchange.interrupted;
      done = !reading.exchange.lost;
      if (reading.exchange.error !== undefined) throw reading.exchange.error;
    } finally {
      // A dump that was left early has datagrams under way: closing is how it ends.
      if (done && !this.closed) {
        this.idle.push(channel);
      } else {
        this.all.delete(channel);
        channel.close(new NetlinkError(EBADF, 'close'));
      }
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, {once: true});
  });
}
