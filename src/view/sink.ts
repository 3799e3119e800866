import {writeInet, writeInet6, writeLladdr, writeOctet} from '../addr/format.js';
import type {IpAddress} from '../addr/ip.js';
import {encodeText} from '../addr/text.js';

/** Where the bytes of a sink go. Errors are negative errnos. */
export interface Output {
  /** As write(2). @returns bytes taken, or a negative errno */
  write(buffer: Uint8Array, offset: number, length: number): number;
  /** Called after EAGAIN: blocks until the descriptor takes bytes. */
  wait(): void;
  /** Called after EPIPE: ends the process as SIGPIPE would; where it returns, the sink has failed. */
  brokenPipe(): void;
}

const EAGAIN = 11;
const EPIPE = 32;
const EINTR = 4;

const SIZE = 1 << 17;
/** No single append but `bytes`, `ascii` and `text` needs more room than this. */
const SLACK = 128;

/**
 * Standard output as a reused byte buffer with typed appends. Nothing is written before the buffer is full or `flush`
 * is called. A failed write drops the rest of the output and is remembered in `failed`; the C tools do the same and
 * exit with the status they would have had.
 */
export class Sink {
  /** Bytes not yet written are `buffer[0..position)`. Generated views write here directly. */
  buffer: Uint8Array;
  /** End of the unwritten bytes. */
  position = 0;
  /** Appends start only at positions up to this one. */
  limit: number;
  readonly #output: Output;
  #failed = 0;

  constructor(output: Output, size: number = SIZE) {
    this.#output = output;
    this.buffer = new Uint8Array(size + SLACK);
    this.limit = size;
  }

  /** errno of the write that failed, 0 while all went well. */
  get failed(): number {
    return this.#failed;
  }

  /** Writes everything out. */
  flush(): void {
    const end = this.position;
    this.position = 0;
    for (let at = 0; at < end && this.#failed === 0; ) {
      const taken = this.#output.write(this.buffer, at, end - at);
      if (taken >= 0) {
        at += taken;
      } else if (taken === -EAGAIN) {
        this.#output.wait();
      } else if (taken !== -EINTR) {
        this.#failed = -taken;
        if (taken === -EPIPE) this.#output.brokenPipe();
      }
    }
  }

  /** Makes sure that `length` bytes (at most 4096) fit behind `position`. @hot */
  room(length: number): void {
    if (this.position + length > this.limit) this.flush();
  }

  /** One byte. @hot */
  byte(n: number): void {
    if (this.position >= this.limit) this.flush();
    this.buffer[this.position++] = n;
  }

  /** Text of ASCII characters only. @hot */
  ascii(s: string): void {
    const length = s.length;
    if (this.position + length > this.limit) {
      this.flush();
      if (length > this.limit) {
        this.#long(s);
        return;
      }
    }
    const buffer = this.buffer;
    const at = this.position;
    for (let i = 0; i < length; i++) buffer[at + i] = s.charCodeAt(i);
    this.position = at + length;
  }

  /** Any text, as UTF-8; surrogates U+DC80 to U+DCFF go back to the bytes they stand for. @hot */
  text(s: string): void {
    const length = s.length;
    if (this.position + length > this.limit) {
      this.flush();
      if (length > this.limit) {
        this.#long(s);
        return;
      }
    }
    const buffer = this.buffer;
    const at = this.position;
    let seen = 0;
    for (let i = 0; i < length; i++) {
      const code = s.charCodeAt(i);
      seen |= code;
      buffer[at + i] = code;
    }
    if (seen > 127) this.bytes(encodeText(s));
    else this.position = at + length;
  }

  #long(s: string): void {
    this.bytes(encodeText(s));
  }

  /** Bytes as they are. */
  bytes(source: Uint8Array): void {
    let from = 0;
    while (this.position + source.length - from > this.limit) {
      const part = this.limit - this.position;
      this.buffer.set(source.subarray(from, from + part), this.position);
      this.position += part;
      from += part;
      this.flush();
    }
    this.buffer.set(from === 0 ? source : source.subarray(from), this.position);
    this.position += source.length - from;
  }

  /** Non-negative integer up to 2^53 in decimal. @hot */
  uint(n: number): void {
    if (this.position + 20 > this.limit) this.flush();
    if (n < 256) {
      this.position = writeOctet(n, this.buffer, this.position);
      return;
    }
    if (n > 0x7fffffff) {
      this.#wide(n);
      return;
    }
    let digits = 3;
    for (let top = 1000; n >= top && digits < 10; top *= 10) digits++;
    const buffer = this.buffer;
    const start = this.position;
    let rest = n | 0;
    for (let p = start + digits - 1; p >= start; p--) {
      const tenth = (rest / 10) | 0;
      buffer[p] = 48 + rest - tenth * 10;
      rest = tenth;
    }
    this.position = start + digits;
  }

  #wide(n: number): void {
    const high = Math.floor(n / 1e9);
    this.uint(high);
    let low = n - high * 1e9;
    const buffer = this.buffer;
    const start = this.position;
    for (let p = start + 8; p >= start; p--) {
      const tenth = (low / 10) | 0;
      buffer[p] = 48 + low - tenth * 10;
      low = tenth;
    }
    this.position = start + 9;
  }

  /** Integer with a sign where negative. @hot */
  int(n: number): void {
    if (n < 0) {
      this.byte(45);
      this.uint(-n);
    } else {
      this.uint(n);
    }
  }

  /** 64-bit integer in decimal. */
  big(b: bigint): void {
    if (b >= 0n && b <= 9007199254740991n) this.uint(Number(b));
    else this.ascii(b.toString());
  }

  /** Non-negative integer up to 2^53 in hex, without `0x`; padded with zeros to `width`. */
  hex(n: number, width = 1): void {
    const s = n.toString(16);
    for (let i = s.length; i < width; i++) this.byte(48);
    this.ascii(s);
  }

  /** An address as inet_ntop(3) has it. @hot */
  address(ip: IpAddress): void {
    if (this.position + 48 > this.limit) this.flush();
    this.position =
      ip.family === 2
        ? writeInet(ip.w0, this.buffer, this.position)
        : writeInet6(ip.w0, ip.w1, ip.w2, ip.w3, this.buffer, this.position);
  }

  /** Bytes in hex joined by `:`. */
  lladdr(bytes: Uint8Array): void {
    if (this.position + bytes.length * 3 > this.limit) this.flush();
    if (bytes.length * 3 > this.limit) return;
    this.position = writeLladdr(bytes, this.buffer, this.position);
  }
}
