import {NetlinkError, type NetlinkErrorDetails} from '../errors.js';
import {attributeAt, missingAttribute} from './blame.js';
import {readI32, readU16, readU32, textUntilNul} from './bytes.js';
import {codecOf} from './codec.js';
import {
  NLA_TYPE_MASK,
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLM_F_REQUEST,
  NLMSG_DONE,
  NLMSG_HDRLEN,
  NLMSGERR_ATTR_MISS_NEST,
  NLMSGERR_ATTR_MISS_TYPE,
  NLMSGERR_ATTR_MSG,
  NLMSGERR_ATTR_OFFS,
} from './constants.js';
import type {AnyMessage, Encodable} from './schema.js';
import {hostIsLittleEndian, Writer} from './writer.js';

/**
 * One request as plain data.
 * `M` is the message it sends, `R` the one the kernel answers with.
 */
export interface Request<M extends AnyMessage = AnyMessage, R extends AnyMessage = M> {
  readonly type: number;
  /** Symbol of the type, for errors and the trace: `RTM_NEWROUTE`. */
  readonly name: string;
  /** NLM_F_ flags beyond NLM_F_REQUEST, which drivers add, as they add NLM_F_ACK and NLM_F_DUMP by the method used. */
  readonly flags: number;
  readonly message: M;
  readonly body: Encodable<M>;
  /** Absent: as `message`. */
  readonly reply?: R;
}

/** What the kernel answers with. */
export function replyOf<M extends AnyMessage, R extends AnyMessage>(request: Request<M, R>): R {
  return request.reply ?? (request.message as AnyMessage as R);
}

/** Appends a whole request. @hot */
export function writeRequest(writer: Writer, request: Request, flags: number, sequence: number): void {
  const start = writer.at;
  writer.room(NLMSG_HDRLEN);
  writer.u32(0);
  writer.u16(request.type);
  writer.u16(request.flags | flags | NLM_F_REQUEST);
  writer.u32(sequence);
  writer.u32(0);
  codecOf(request.message).encode(request.body, writer);
  writer.setU32(start, writer.at - start);
  writer.align();
}

/** An extended acknowledgement, as far as it arrived. */
interface ExtendedAck {
  text: string | undefined;
  offset: number | undefined;
  missType: number | undefined;
  missNest: number | undefined;
}

/** Reads what is whole; an acknowledgement cut short tells less, it does not hide the refusal. */
function readExtendedAck(buf: Uint8Array, from: number, end: number, littleEndian: boolean): ExtendedAck {
  const found: ExtendedAck = {text: undefined, offset: undefined, missType: undefined, missNest: undefined};
  for (let at = from; end - at >= 4; ) {
    const length = readU16(buf, at, littleEndian);
    if (length < 4 || length > end - at) break;
    const type = readU16(buf, at + 2, littleEndian) & NLA_TYPE_MASK;
    const number = length >= 8 ? readU32(buf, at + 4, littleEndian) : undefined;
    if (type === NLMSGERR_ATTR_MSG) found.text = textUntilNul(buf, at + 4, at + length);
    else if (type === NLMSGERR_ATTR_OFFS) found.offset = number;
    else if (type === NLMSGERR_ATTR_MISS_TYPE) found.missType = number;
    else if (type === NLMSGERR_ATTR_MISS_NEST) found.missNest = number;
    at += (length + 3) & ~3;
  }
  return found;
}

/**
 * Names what an offset points at. The request is encoded once more: that costs only when something failed, where keeping
 * its bytes would cost always.
 */
function details(request: Request, found: ExtendedAck): NetlinkErrorDetails {
  const {text: kernelText, offset, missType, missNest} = found;
  if (offset === undefined && missType === undefined) return {kernelText};
  const writer = new Writer(1024);
  writeRequest(writer, request, 0, 0);
  const {message} = request;
  const {bytes, at: end, littleEndian} = writer;
  return {
    kernelText,
    offset,
    attribute: offset === undefined ? undefined : attributeAt(message, bytes, NLMSG_HDRLEN, end, offset, littleEndian),
    missing:
      missType === undefined
        ? undefined
        : missingAttribute(message, bytes, NLMSG_HDRLEN, end, missType, missNest, littleEndian),
  };
}

/** Requests by the refusals of them: whoever explains a refusal wants to know what was asked. */
const refused = new WeakMap<NetlinkError, Request>();

/** The request that the kernel refused, where an error is such a refusal. */
export function requestOf(error: NetlinkError): Request | undefined {
  return refused.get(error);
}

/** The verdict of an NLMSG_ERROR or NLMSG_DONE message. */
export interface Verdict {
  readonly error: NetlinkError | undefined;
  /** The kernel's remark on a success. */
  readonly warning: string | undefined;
}

/**
 * Reads NLMSG_ERROR or NLMSG_DONE.
 * @param at where the netlink header begins
 * @param end where the message, or what arrived of it, ends
 */
export function readVerdict(request: Request, buf: Uint8Array, at: number, end: number): Verdict {
  const littleEndian = hostIsLittleEndian();
  const type = readU16(buf, at + 4, littleEndian);
  const flags = readU16(buf, at + 6, littleEndian);
  const body = at + NLMSG_HDRLEN;
  const code = end - body >= 4 ? readI32(buf, body, littleEndian) : 0;
  let found: ExtendedAck | undefined;
  if ((flags & NLM_F_ACK_TLVS) !== 0) {
    let tail = body + 4;
    if (type !== NLMSG_DONE && end - tail >= NLMSG_HDRLEN) {
      const whole = (flags & NLM_F_CAPPED) !== 0 ? NLMSG_HDRLEN : readU32(buf, tail, littleEndian);
      tail += (whole + 3) & ~3;
    }
    found = readExtendedAck(buf, tail, end, littleEndian);
  }
  // DONE carries a count in some protocols; only a negative number is a refusal.
  if (code >= 0) return {error: undefined, warning: found?.text};
  const error = new NetlinkError(-code, request.name, found === undefined ? {} : details(request, found));
  refused.set(error, request);
  return {error, warning: undefined};
}
