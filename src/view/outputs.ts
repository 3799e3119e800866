import {writeSync} from 'node:fs';
import type {Output} from './sink.js';

/** Plain descriptor output on Node's own calls: no signals, a short sleep instead of a poll. */
export class FdOutput implements Output {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(buffer: Uint8Array, offset: number, length: number): number {
    try {
      return writeSync(this.#fd, buffer, offset, length);
    } catch (error) {
      const errno = (error as {errno?: unknown}).errno;
      return typeof errno === 'number' && errno < 0 ? errno : -5;
    }
  }

  wait(): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }

  brokenPipe(): void {}
}

/** Output that keeps what it gets: tests, and callers that want a string. */
export class MemoryOutput implements Output {
  readonly chunks: Uint8Array[] = [];

  write(buffer: Uint8Array, offset: number, length: number): number {
    this.chunks.push(buffer.slice(offset, offset + length));
    return length;
  }

  wait(): void {}

  brokenPipe(): void {}

  /** All bytes so far. */
  bytes(): Uint8Array {
    const all = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
