let little: boolean | undefined;

/** Whether this processor puts the low byte first. */
export function hostIsLittleEndian(): boolean {
  little ??= new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  return little;
}

/**
 * Bytes of outgoing messages: one buffer, used again for each request. Callers ask for `room` before they write;
 * `u8` to `i64` then append without a check.
 */
export class Writer {
  bytes: Uint8Array;
  /** Where the next byte goes; also the length written. */
  at = 0;
  readonly littleEndian: boolean;
  private view: DataView;

  constructor(size = 4096, littleEndian: boolean = hostIsLittleEndian()) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.littleEndian = littleEndian;
  }

  /** Makes sure that `more` bytes fit. The buffer only grows; new bytes are zero or of an older message. */
  room(more: number): void {
    const needed = this.at + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  u8(value: number): void {
    this.bytes[this.at++] = value;
  }

  u16(value: number): void {
    this.view.setUint16(this.at, value, this.littleEndian);
    this.at += 2;
  }

  u32(value: number): void {
    this.view.setUint32(this.at, value, this.littleEndian);
    this.at += 4;
  }

  be16(value: number): void {
    this.view.setUint16(this.at, value, false);
    this.at += 2;
  }

  be32(value: number): void {
    this.view.setUint32(this.at, value, false);
    this.at += 4;
  }

  u64(value: bigint): void {
    this.view.setBigUint64(this.at, value, this.littleEndian);
    this.at += 8;
  }

  be64(value: bigint): void {
    this.view.setBigUint64(this.at, value, false);
    this.at += 8;
  }

  setU16(at: number, value: number): void {
    this.view.setUint16(at, value, this.littleEndian);
  }

  setU32(at: number, value: number): void {
    this.view.setUint32(at, value, this.littleEndian);
  }

  /** Appends a byte string; takes its own room. */
  append(value: Uint8Array): void {
    this.room(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  /** Appends zeros; takes its own room. */
  zeros(count: number): void {
    this.room(count);
    // Mostly few: a loop beats the call of fill.
    for (let left = count; left > 0; left--) this.bytes[this.at++] = 0;
  }

  /** Pads with zeros to a multiple of 4 from the buffer's start. */
  align(): void {
    const rest = -this.at & 3;
    if (rest !== 0) this.zeros(rest);
  }
}
