import {encodeText} from '../addr/text.js';
import type {Io, OpenOptions} from '../io.js';
import {native} from '../native.js';
import {SyncConnection} from '../netlink/sync.js';
import type {Tracer} from '../netlink/trace.js';
import {type Output, Sink} from '../view/sink.js';

const POLLOUT = 4;
const SIGPIPE = 13;
const EINTR = 4;
const EAGAIN = 11;

/** A file descriptor written by the addon's own calls, so that a broken pipe ends us as it ends a C program. */
export class DescriptorOutput implements Output {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(buffer: Uint8Array, offset: number, length: number): number {
    return native().write(this.#fd, buffer, offset, length);
  }

  wait(): void {
    native().poll(this.#fd, POLLOUT, -1);
  }

  /** The parent must see the death by signal that it sees of the C tools; node ignores the signal. */
  brokenPipe(): void {
    native().signalDefault(SIGPIPE);
    native().raise(SIGPIPE);
  }
}

/** The process itself as {@link Io}. */
export class ProcessIo implements Io {
  readonly out = new Sink(new DescriptorOutput(1));
  readonly env = process.env;
  readonly argv0: string;
  /** Sees all netlink traffic: TSNET_TRACE=1. */
  trace: Tracer | undefined;

  constructor(argv0: string) {
    this.argv0 = argv0;
  }

  err(text: string): void {
    const bytes = encodeText(text);
    const output = new DescriptorOutput(2);
    for (let at = 0; at < bytes.length; ) {
      const taken = output.write(bytes, at, bytes.length - at);
      if (taken > 0) at += taken;
      else if (taken === -EAGAIN) output.wait();
      else if (taken !== -EINTR) return;
    }
  }

  now(): number {
    return Date.now();
  }

  open(protocol: number, options: OpenOptions = {}): SyncConnection {
    return SyncConnection.open(protocol, this.trace === undefined ? options : {...options, trace: this.trace});
  }
}
