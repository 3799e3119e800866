import {DecodeError, NetlinkError} from '../errors.js';
import {readU16, readU32} from './bytes.js';
import {
  ENOBUFS,
  NLM_F_DUMP_INTR,
  NLM_F_MULTI,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_HDRLEN,
  NLMSG_NOOP,
  NLMSG_OVERRUN,
} from './constants.js';
import {type Request, readVerdict} from './message.js';
import {hostIsLittleEndian} from './writer.js';

/** What ends an exchange: NLMSG_DONE, the acknowledgement, or one answer. */
export type ExchangeKind = 'dump' | 'ack' | 'get';

/** Gets each message that belongs to the exchange: its body is `buf[at..end)`, valid only during the call. */
export type Receiver = (buf: Uint8Array, at: number, end: number, type: number, flags: number) => void;

/**
 * One request and its answers, without I/O: datagrams go in, messages and the outcome come out.
 * Messages of another sequence or port are not ours (late answers of an abandoned request, multicast) and are skipped.
 */
export class Exchange {
  readonly request: Request;
  readonly kind: ExchangeKind;
  readonly sequence: number;
  readonly portId: number;
  /** Messages handed out, or to be skipped because a first try handed them out. */
  delivered = 0;
  finished = false;
  error: NetlinkError | undefined;
  warning: string | undefined;
  /** The kernel saw changes during the dump. */
  interrupted = false;
  /** A message did not fit the buffer and is lost: ask again with a larger one. */
  truncated = false;
  /** The socket dropped messages; more of the answer may be under way. */
  lost = false;
  private skip: number;

  /** @param skip messages at the start that an earlier, truncated try has handed out */
  constructor(request: Request, kind: ExchangeKind, sequence: number, portId: number, skip = 0) {
    this.request = request;
    this.kind = kind;
    this.sequence = sequence;
    this.portId = portId;
    this.skip = skip;
  }

  /**
   * Takes one datagram.
   * @param length its full length; more than the buffer holds when it was truncated
   * @returns whether the exchange is over
   * @throws {DecodeError} when it is no chain of netlink messages
   * @hot
   */
  accept(buf: Uint8Array, length: number, receiver: Receiver): boolean {
    const littleEndian = hostIsLittleEndian();
    const have = Math.min(length, buf.length);
    let at = 0;
    while (have - at >= NLMSG_HDRLEN && !this.finished) {
      const size = readU32(buf, at, littleEndian);
      if (size < NLMSG_HDRLEN || size > length - at) {
        throw new DecodeError(`${this.request.name}: message of ${size} bytes announced, ${length - at} left`);
      }
      const end = at + size;
      if (readU32(buf, at + 8, littleEndian) === this.sequence && readU32(buf, at + 12, littleEndian) === this.portId) {
        const type = readU16(buf, at + 4, littleEndian);
        const flags = readU16(buf, at + 6, littleEndian);
        if ((flags & NLM_F_DUMP_INTR) !== 0 && this.kind === 'dump') this.interrupted = true;
        if (type > NLMSG_OVERRUN) {
          if (end > have) break;
          this.data(buf, at, end, type, flags, receiver);
        } else {
          this.control(buf, at, Math.min(end, have), type);
        }
      }
      at += (size + 3) & ~3;
    }
    if (length > buf.length && !this.finished) this.truncated = true;
    return this.finished;
  }

  /** The socket reports ENOBUFS: an answer may be lost, so nobody can tell how the request went. */
  overrun(): void {
    this.finished = true;
    this.lost = true;
    this.error = new NetlinkError(ENOBUFS, this.request.name);
  }

  private data(buf: Uint8Array, at: number, end: number, type: number, flags: number, receiver: Receiver): void {
    if (this.skip > 0) this.skip--;
    else receiver(buf, at + NLMSG_HDRLEN, end, type, flags);
    this.delivered++;
    // SCTP's associations come without the flag in the middle of a dump, which ends by NLMSG_DONE alone.
    if (this.kind === 'get' && (flags & NLM_F_MULTI) === 0) this.finished = true;
  }

  private control(buf: Uint8Array, at: number, end: number, type: number): void {
    if (type === NLMSG_ERROR || type === NLMSG_DONE) {
      const verdict = readVerdict(this.request, buf, at, end);
      this.error = verdict.error;
      this.warning = verdict.warning;
      this.finished = true;
    } else if (type === NLMSG_OVERRUN) {
      this.overrun();
    } else if (type !== NLMSG_NOOP) {
      throw new DecodeError(`${this.request.name}: message of unknown type ${type}`);
    }
  }
}
