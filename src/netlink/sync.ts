import {NetlinkError} from '../errors.js';
import {readI32, readU16, readU32} from './bytes.js';
import {codecOf} from './codec.js';
import {
  EAGAIN,
  ENOBUFS,
  MSG_DONTWAIT,
  NLM_F_ACK,
  NLM_F_ACK_TLVS,
  NLM_F_DUMP,
  NLMSG_ERROR,
  NLMSG_HDRLEN,
  NLMSG_OVERRUN,
} from './constants.js';
import {Exchange, type ExchangeKind, type Receiver} from './exchange.js';
import {type Request, readVerdict, replyOf, writeRequest} from './message.js';
import type {AnyMessage, Decoded} from './schema.js';
import type {Tracer} from './trace.js';
import {openTransport, type SocketOptions, type Transport} from './transport.js';
import {hostIsLittleEndian, Writer} from './writer.js';

/** No dump datagram is longer, but for one message that is by itself. Source: netlink_dump in af_netlink, measured. */
const RECEIVE_BUFFER = 65536;
/** Bytes of one send: the default SO_SNDBUF takes more. */
const SEND_LIMIT = 32768;
/** What one refusal takes of the socket's receive room, as the kernel counts it: more than any seen. */
const ANSWER_ROOM = 2048;
const MAX_WINDOW = 512;

/** Options of a blocking connection. */
export interface SyncOptions extends SocketOptions {
  /** Sees all traffic (TSNET_TRACE). */
  readonly trace?: Tracer | undefined;
  /** Bytes of the first receive buffer; it grows when an answer does not fit. */
  readonly bufferSize?: number | undefined;
}

/** Gets each record with its message type and flags. */
export type Each<R extends AnyMessage> = (record: Decoded<R>, type: number, flags: number) => void;

/** Gets one multicast message; `nsid` is the sender's namespace, -1 for our own. */
export type OnEvent = (buf: Uint8Array, at: number, end: number, type: number, flags: number, nsid: number) => void;

/** How a dump went. */
export interface DumpResult {
  /** The kernel saw changes meanwhile: entries may be missing or double. */
  readonly interrupted: boolean;
}

/**
 * A netlink socket whose calls block, as the command line tools want. One exchange at a time: whoever needs an answer in
 * the middle of a dump opens a second connection.
 */
export class SyncConnection {
  /** Whether the kernel checks dump requests strictly, and so filters by what they say. */
  readonly strict: boolean;
  /** Gets the kernel's remark on a success; `ip` prints it as `Warning: TEXT`. */
  onWarning: ((text: string) => void) | undefined;
  private readonly transport: Transport;
  private readonly trace: Tracer | undefined;
  private readonly protocol: number;
  private readonly bufferSize: number;
  private readonly writer = new Writer(4096);
  private buffer: Uint8Array | undefined;
  private sequence = 0;
  private busy = false;
  /** A dump was left in the middle, and the kernel refuses another one (EBUSY) until it is read to its end. */
  private leftover = false;

  /** `open` is the way in; tests hand in a transport of their own. */
  constructor(transport: Transport, protocol: number, options: SyncOptions = {}) {
    this.transport = transport;
    this.protocol = protocol;
    this.strict = transport.strict;
    this.trace = options.trace;
    this.bufferSize = options.bufferSize ?? RECEIVE_BUFFER;
  }

  /** @throws {NetlinkError} naming the call that failed */
  static open(protocol: number, options: SyncOptions = {}): SyncConnection {
    return new SyncConnection(openTransport(protocol, options), protocol, options);
  }

  /**
   * Asks for all entries; `each` gets them as they come.
   * @throws {NetlinkError | DecodeError} also in mid-dump, after `each` saw some
   */
  dump<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>, each: Each<R>): DumpResult {
    const codec = codecOf(replyOf(request));
    return this.dumpRaw(request as Request, (buf, at, end, type, flags) => {
      each(codec.decode(buf, at, end), type, flags);
    });
  }

  /** As `dump`, with undecoded bodies; the bytes are only valid during the call. */
  dumpRaw(request: Request, each: Receiver): DumpResult {
    return {interrupted: this.converse(request, 'dump', NLM_F_DUMP, each).interrupted};
  }

  /**
   * Sends a change and waits for its acknowledgement.
   * @param each gets what NLM_F_ECHO sends back
   * @throws {NetlinkError} when the kernel refuses
   * @hot one line of `-batch`
   */
  request<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>, each?: Each<R>): void {
    if (each !== undefined) {
      const codec = codecOf(replyOf(request));
      this.converse(request as Request, 'ack', NLM_F_ACK, (buf, at, end, type, flags) => {
        each(codec.decode(buf, at, end), type, flags);
      });
    } else if (this.trace !== undefined) {
      this.converse(request as Request, 'ack', NLM_F_ACK, ignore);
    } else {
      this.quickAck(request as Request);
    }
  }

  /**
   * One answer to a GET.
   * @throws {NetlinkError} the kernel's own refusal
   */
  get<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>): Decoded<R> {
    const codec = codecOf(replyOf(request));
    let found: Decoded<R> | undefined;
    this.converse(request as Request, 'get', 0, (buf, at, end) => {
      found ??= codec.decode(buf, at, end);
    });
    if (found === undefined) throw new NetlinkError(2, request.name);
    return found;
  }

  /**
   * Sends many changes, many to a send; only the last of each send asks for an acknowledgement, because a refusal is
   * answered anyway. The kernel goes on after a refusal.
   * @param onResult gets each position in order with its error or undefined
   * @returns how many failed
   */
  batch(requests: Iterable<Request>, onResult?: (position: number, error: NetlinkError | undefined) => void): number {
    const window = Math.max(8, Math.min(MAX_WINDOW, Math.floor(this.transport.receiveRoom / ANSWER_ROOM)));
    let position = 0;
    let failed = 0;
    let sent: Request[] = [];
    this.begin();
    const flush = (): void => {
      const errors = this.sendWindow(sent);
      for (let i = 0; i < sent.length; i++) {
        if (errors?.[i] !== undefined) failed++;
        onResult?.(position++, errors?.[i]);
      }
      sent = [];
      this.writer.at = 0;
    };
    try {
      let last = 0;
      for (const request of requests) {
        last = this.writer.at;
        writeRequest(this.writer, request, 0, ++this.sequence);
        sent.push(request);
        if (sent.length < window && this.writer.at < SEND_LIMIT) continue;
        this.askForAck(last);
        flush();
      }
      if (sent.length > 0) {
        this.askForAck(last);
        flush();
      }
    } finally {
      this.busy = false;
    }
    return failed;
  }

  /**
   * Hands out the multicast messages of one datagram; waits for it unless told not to.
   * @returns `lost` when the socket lost messages (ENOBUFS), `empty` when there is none yet
   * @throws {NetlinkError}
   */
  receive(each: OnEvent, isPatient = true): 'some' | 'lost' | 'empty' {
    const buffer = this.room();
    const length = this.transport.recv(buffer, isPatient ? 0 : MSG_DONTWAIT);
    if (length === -ENOBUFS) return 'lost';
    if (length === -EAGAIN && !isPatient) return 'empty';
    if (length < 0) throw new NetlinkError(-length, 'recvmsg');
    this.trace?.received(this.protocol, buffer, Math.min(length, buffer.length), undefined);
    const littleEndian = hostIsLittleEndian();
    const nsid = this.transport.lastNsid();
    for (let at = 0; length - at >= NLMSG_HDRLEN; ) {
      const size = readU32(buffer, at, littleEndian);
      if (size < NLMSG_HDRLEN || size > buffer.length - at) break;
      const type = readU16(buffer, at + 4, littleEndian);
      if (type > NLMSG_OVERRUN) {
        each(buffer, at + NLMSG_HDRLEN, at + size, type, readU16(buffer, at + 6, littleEndian), nsid);
      }
      at += (size + 3) & ~3;
    }
    return length <= buffer.length ? 'some' : 'lost';
  }

  close(): void {
    this.transport.close();
  }

  private room(): Uint8Array {
    this.buffer ??= new Uint8Array(this.bufferSize);
    return this.buffer;
  }

  private begin(): void {
    if (this.busy) throw new Error('netlink: the connection is in the middle of another exchange');
    this.busy = true;
    this.writer.at = 0;
    if (this.leftover) this.drain();
  }

  /** Reads away what is left of a dump: the kernel makes each part while the one before it is read. @returns the longest */
  private drain(): number {
    const buffer = this.room();
    let longest = 0;
    for (;;) {
      const length = this.transport.recv(buffer, MSG_DONTWAIT);
      if (length <= 0 && length !== -ENOBUFS) break;
      longest = Math.max(longest, length);
    }
    this.leftover = false;
    return longest;
  }

  /** Sends, and reads answers until the exchange is over. */
  private converse(request: Request, kind: ExchangeKind, flags: number, receiver: Receiver): Exchange {
    this.begin();
    try {
      let exchange = this.send(request, kind, flags, 0);
      this.leftover = kind === 'dump';
      while (!exchange.finished) {
        const buffer = this.room();
        const length = this.transport.recv(buffer, 0);
        if (length === -ENOBUFS) exchange.overrun();
        else if (length < 0) throw new NetlinkError(-length, request.name);
        else {
          this.trace?.received(this.protocol, buffer, Math.min(length, buffer.length), request);
          exchange.accept(buffer, length, receiver);
        }
        if (exchange.truncated && kind !== 'ack') exchange = this.repeat(exchange, flags, length);
      }
      this.leftover = kind === 'dump' && exchange.lost;
      return this.conclude(exchange);
    } finally {
      this.busy = false;
    }
  }

  /** Asks again with a buffer that takes all that was seen; what was handed out does not come again. */
  private repeat(exchange: Exchange, flags: number, length: number): Exchange {
    const longest = Math.max(length, this.drain());
    this.buffer = new Uint8Array(Math.max(longest, this.room().length * 2));
    const again = this.send(exchange.request, exchange.kind, flags, exchange.delivered);
    again.interrupted = exchange.interrupted;
    this.leftover = again.kind === 'dump';
    return again;
  }

  private send(request: Request, kind: ExchangeKind, flags: number, skip: number): Exchange {
    const {writer} = this;
    writer.at = 0;
    writeRequest(writer, request, flags, ++this.sequence);
    this.trace?.sent(this.protocol, writer.bytes, writer.at, request);
    const result = this.transport.send(writer.bytes, writer.at);
    if (result < 0) throw new NetlinkError(-result, request.name);
    return new Exchange(request, kind, this.sequence, this.transport.portId, skip);
  }

  private conclude(exchange: Exchange): Exchange {
    if (exchange.error !== undefined) throw exchange.error;
    if (exchange.warning !== undefined) this.onWarning?.(exchange.warning);
    return exchange;
  }

  /** The usual case in one native call and without an object: one request, one plain acknowledgement. */
  private quickAck(request: Request): void {
    this.begin();
    try {
      const {writer} = this;
      const buffer = this.room();
      const sequence = ++this.sequence;
      writeRequest(writer, request, NLM_F_ACK, sequence);
      const length = this.transport.talk(writer.bytes, writer.at, buffer);
      const littleEndian = hostIsLittleEndian();
      if (
        length >= NLMSG_HDRLEN + 4 &&
        readU16(buffer, 4, littleEndian) === NLMSG_ERROR &&
        (readU16(buffer, 6, littleEndian) & NLM_F_ACK_TLVS) === 0 &&
        readU32(buffer, 8, littleEndian) === sequence &&
        readU32(buffer, 12, littleEndian) === this.transport.portId &&
        readI32(buffer, NLMSG_HDRLEN, littleEndian) === 0
      ) {
        return;
      }
      this.finishAck(new Exchange(request, 'ack', sequence, this.transport.portId), buffer, length);
    } finally {
      this.busy = false;
    }
  }

  /** Goes on from a first datagram that is no plain acknowledgement. */
  private finishAck(exchange: Exchange, buffer: Uint8Array, first: number): void {
    for (let length = first; ; length = this.transport.recv(buffer, 0)) {
      if (length === -ENOBUFS) exchange.overrun();
      else if (length < 0) throw new NetlinkError(-length, exchange.request.name);
      else exchange.accept(buffer, length, ignore);
      if (exchange.finished) break;
    }
    this.conclude(exchange);
  }

  /** Sets NLM_F_ACK in the message that begins at `at` of the send buffer. */
  private askForAck(at: number): void {
    const flags = readU16(this.writer.bytes, at + 6, this.writer.littleEndian);
    this.writer.setU16(at + 6, flags | NLM_F_ACK);
  }

  /** @returns errors by position in the window, undefined when all went well */
  private sendWindow(sent: readonly Request[]): (NetlinkError | undefined)[] | undefined {
    const {writer, transport} = this;
    const buffer = this.room();
    const first = this.sequence - sent.length + 1;
    const littleEndian = hostIsLittleEndian();
    let errors: (NetlinkError | undefined)[] | undefined;
    this.trace?.sent(this.protocol, writer.bytes, writer.at, sent[0]);
    const result = transport.send(writer.bytes, writer.at);
    if (result < 0) return sent.map(request => new NetlinkError(-result, request.name));
    for (;;) {
      const length = transport.recv(buffer, 0);
      if (length === -ENOBUFS) return sent.map(request => new NetlinkError(ENOBUFS, request.name));
      if (length < 0) throw new NetlinkError(-length, 'recvmsg');
      this.trace?.received(this.protocol, buffer, Math.min(length, buffer.length), sent[0]);
      const have = Math.min(length, buffer.length);
      for (let at = 0; have - at >= NLMSG_HDRLEN; ) {
        const size = readU32(buffer, at, littleEndian);
        const position = readU32(buffer, at + 8, littleEndian) - first;
        const request = sent[position];
        if (size < NLMSG_HDRLEN) break;
        if (
          request !== undefined &&
          readU32(buffer, at + 12, littleEndian) === transport.portId &&
          readU16(buffer, at + 4, littleEndian) === NLMSG_ERROR
        ) {
          const {error} = readVerdict(request, buffer, at, Math.min(at + size, have));
          if (error !== undefined) {
            errors ??= [];
            errors[position] = error;
          }
          if (position === sent.length - 1) return errors;
        }
        at += (size + 3) & ~3;
      }
    }
  }
}

function ignore(): void {}
