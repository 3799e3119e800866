import {encodeMessage} from '../../src/netlink/encode.js';
import type {AnyMessage} from '../../src/netlink/schema.js';
import type {Transport} from '../../src/netlink/transport.js';
import {Writer} from '../../src/netlink/writer.js';

const EAGAIN = 11;
const EBADF = 9;
const MSG_DONTWAIT = 0x40;

/** A request as the fake kernel sees it. */
export interface Heard {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  /** The whole message. */
  readonly bytes: Uint8Array;
}

/** One datagram, or the negative errno that the next receive gives. */
export type Answer = Uint8Array | number;

/** What a fake kernel does with one request. */
export type Behaviour = (heard: Heard, kernel: FakeKernel) => readonly Answer[];

export const PORT = 4242;

/** A netlink socket whose other side is a function: for faults that a real kernel does not show on demand. */
export class FakeKernel implements Transport {
  readonly portId = PORT;
  readonly strict = true;
  receiveRoom = 212992;
  readonly heard: Heard[] = [];
  /** Datagrams sent to us, however many messages each held. */
  sends = 0;
  watches = 0;
  closed = false;
  watching = false;
  private readonly behaviour: Behaviour;
  private readonly queue: Answer[] = [];
  private callback: (() => void) | undefined;

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
  }

  send(buffer: Uint8Array, length: number): number {
    if (this.closed) return -EBADF;
    this.sends++;
    const view = new DataView(buffer.buffer, buffer.byteOffset, length);
    for (let at = 0; at < length; at += (view.getUint32(at, true) + 3) & ~3) {
      const size = view.getUint32(at, true);
      const heard = {
        type: view.getUint16(at + 4, true),
        flags: view.getUint16(at + 6, true),
        sequence: view.getUint32(at + 8, true),
        bytes: buffer.slice(at, at + size),
      };
      this.heard.push(heard);
      this.queue.push(...this.behaviour(heard, this));
    }
    return length;
  }

  recv(buffer: Uint8Array, flags: number): number {
    if (this.closed) return -EBADF;
    const answer = this.queue.shift();
    if (answer === undefined) {
      if ((flags & MSG_DONTWAIT) !== 0) return -EAGAIN;
      throw new Error('fake kernel: a receive that would block for ever');
    }
    if (typeof answer === 'number') return answer;
    buffer.set(answer.subarray(0, buffer.length));
    return answer.length;
  }

  talk(out: Uint8Array, length: number, into: Uint8Array): number {
    const sent = this.send(out, length);
    return sent < 0 ? sent : this.recv(into, 0);
  }

  lastNsid(): number {
    return -1;
  }

  watch(callback: () => void): void {
    this.watches++;
    this.watching = true;
    this.callback = callback;
    this.poke();
  }

  unwatch(): void {
    this.watching = false;
    this.callback = undefined;
  }

  close(): void {
    this.closed = true;
    this.unwatch();
  }

  /** Lets a datagram arrive later than its request's send returned. */
  push(...answers: Answer[]): void {
    this.queue.push(...answers);
    this.poke();
  }

  /** Datagrams that nobody has read yet. */
  get waiting(): number {
    return this.queue.length;
  }

  private poke(): void {
    setImmediate(() => {
      if (this.queue.length > 0 && this.callback !== undefined) {
        this.callback();
        this.poke();
      }
    });
  }
}

/** A netlink message. */
export function packet(
  type: number,
  flags: number,
  sequence: number,
  body: Uint8Array = new Uint8Array(0),
  port = PORT,
): Uint8Array {
  const out = new Uint8Array((16 + body.length + 3) & ~3);
  const view = new DataView(out.buffer);
  view.setUint32(0, 16 + body.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  view.setUint32(8, sequence, true);
  view.setUint32(12, port, true);
  out.set(body, 16);
  return out;
}

/** Several messages as one datagram. */
export function datagram(...packets: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(packets.flatMap(one => [...one]));
}

/** The encoded body of a message. */
export function bodyOf(message: AnyMessage, value: object): Uint8Array {
  const writer = new Writer(256);
  encodeMessage(message, value as never, writer);
  return writer.bytes.slice(0, writer.at);
}

/** One attribute of an extended acknowledgement. */
export function ackAttribute(type: number, value: number | string): Uint8Array {
  const payload = typeof value === 'string' ? new TextEncoder().encode(`${value}\0`) : new Uint8Array(4);
  const out = new Uint8Array((4 + payload.length + 3) & ~3);
  const view = new DataView(out.buffer);
  view.setUint16(0, 4 + payload.length, true);
  view.setUint16(2, type, true);
  out.set(payload, 4);
  if (typeof value === 'number') view.setUint32(4, value, true);
  return out;
}

/**
 * NLMSG_ERROR.
 * @param errno 0 acknowledges
 * @param options.whole the request is repeated whole, as without NETLINK_CAP_ACK
 */
export function ack(
  heard: Heard,
  errno = 0,
  options: {readonly extended?: readonly Uint8Array[]; readonly whole?: boolean} = {},
): Uint8Array {
  const {extended = [], whole = false} = options;
  const copy = whole ? heard.bytes : heard.bytes.subarray(0, 16);
  const body = datagram(new Uint8Array(4), copy, new Uint8Array(-copy.length & 3), ...extended);
  new DataView(body.buffer).setInt32(0, -errno, true);
  return packet(2, (whole ? 0 : 0x100) | (extended.length > 0 ? 0x200 : 0), heard.sequence, body);
}

/** NLMSG_DONE. */
export function done(heard: Heard, errno = 0, flags = 0, extended: readonly Uint8Array[] = []): Uint8Array {
  const body = datagram(new Uint8Array(4), ...extended);
  new DataView(body.buffer).setInt32(0, -errno, true);
  return packet(3, 2 | flags | (extended.length > 0 ? 0x200 : 0), heard.sequence, body);
}
