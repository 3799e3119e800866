import {INET_DIAG_MSG_LENGTH} from '../sockdiag/constants.js';

/** Highest INET_DIAG_ number that is read. */
const LAST = 22;

/**
 * Where the attributes of one message lie. One object serves a whole listing: `read` it anew for each row.
 * Attributes of unknown numbers are skipped, of those that come twice the last counts, and a length that leads out of the
 * message ends the reading.
 */
export class InetAttributes {
  /** Start of each attribute's payload by INET_DIAG_ number, 0 for none. */
  readonly at = new Int32Array(LAST + 1);
  /** Length of the payload. */
  readonly length = new Int32Array(LAST + 1);

  /** idiag_state of the message. */
  state = 0;

  /** Takes the message `buf[at..end)`, which begins with struct inet_diag_msg. @hot */
  read(buf: Uint8Array, at: number, end: number): void {
    this.state = buf[at + 1] as number;
    this.at.fill(0);
    for (let p = at + INET_DIAG_MSG_LENGTH; p + 4 <= end; ) {
      const length = (buf[p] as number) | ((buf[p + 1] as number) << 8);
      if (length < 4 || p + length > end) break;
      const type = ((buf[p + 2] as number) | ((buf[p + 3] as number) << 8)) & 0x3fff;
      if (type <= LAST) {
        this.at[type] = p + 4;
        this.length[type] = length - 4;
      }
      p += (length + 3) & ~3;
    }
  }

  /** Start of an attribute that has at least so many bytes; 0 without. @hot */
  find(type: number, length: number): number {
    return (this.length[type] as number) >= length ? (this.at[type] as number) : 0;
  }
}
