import {type Output, Sink} from './sink.js';

const nowhere: Output = {write: (_buffer, _offset, length) => length, wait() {}, brokenPipe() {}};

/**
 * A sink that keeps what it gets: `buffer[0..position)`. It grows instead of writing out, and is emptied by setting
 * `position` to 0.
 */
export class GrowingSink extends Sink {
  constructor(size = 4096) {
    super(nowhere, size);
  }

  /** Makes room: what a sink does when it is full. */
  override flush(): void {
    const slack = this.buffer.length - this.limit;
    const larger = new Uint8Array(this.buffer.length * 2);
    larger.set(this.buffer.subarray(0, this.position));
    this.buffer = larger;
    this.limit = larger.length - slack;
  }
}
