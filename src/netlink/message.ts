import {NLMSG_HDRLEN} from './constants.js';
import type {AnyMessage, Encodable} from './schema.js';
import type {Writer} from './writer.js';

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

/** Writes a message header with the length left open; `endMessage` fills it. @returns where the message begins */
export function beginMessage(writer: Writer, type: number, flags: number, sequence: number): number {
  const start = writer.at;
  writer.room(NLMSG_HDRLEN);
  writer.u32(0);
  writer.u16(type);
  writer.u16(flags);
  writer.u32(sequence);
  writer.u32(0);
  return start;
}

/** Fills in the length of a message begun at `start`. */
export function endMessage(writer: Writer, start: number): void {
  writer.setU32(start, writer.at - start);
}
