import {describe, expect, test} from 'vitest';
import {DecodeError, NetlinkError} from '../../../src/errors.js';
import {Exchange, type ExchangeKind} from '../../../src/netlink/exchange.js';
import type {Request} from '../../../src/netlink/message.js';
import {attrs, message, nest, select, text, u8, u16, u32} from '../../../src/netlink/schema.js';
import {ack, ackAttribute, datagram, done, type Heard, PORT, packet} from '../../helpers/fakeKernel.js';

const vlan = attrs({id: [1, u16]});
const thing = message(
  'thing',
  {family: u8, kind: u8, flags: u16},
  {
    name: [1, text],
    size: [2, u32],
    info: [3, nest(attrs({kind: [1, text], data: [2, select('kind', {vlan: nest(vlan)})]}))],
  },
);
const request: Request = {
  type: 30,
  name: 'NEWTHING',
  flags: 0,
  message: thing,
  body: {family: 1, name: 'x', size: 5, info: {kind: 'vlan', data: {id: 4095}}},
};
const heard: Heard = {type: 30, flags: 5, sequence: 7, bytes: packet(30, 5, 7, new Uint8Array(16), 0)};

function exchange(kind: ExchangeKind): Exchange {
  return new Exchange(request, kind, 7, PORT);
}

/** Feeds datagrams; gives the types of the messages handed out. */
function feed(one: Exchange, ...datagrams: Uint8Array[]): number[] {
  const types: number[] = [];
  for (const bytes of datagrams) one.accept(bytes, bytes.length, (_buf, _at, _end, type) => types.push(type));
  return types;
}

const MULTI = 2;
const DUMP_INTR = 0x10;

describe('a dump', () => {
  test('ends with DONE, over several datagrams', () => {
    const one = exchange('dump');
    const first = datagram(packet(16, MULTI, 7, new Uint8Array(4)), packet(17, MULTI, 7, new Uint8Array(5)));
    expect(feed(one, first)).toEqual([16, 17]);
    expect(one.finished).toBe(false);
    expect(feed(one, packet(18, MULTI, 7), done(heard))).toEqual([18]);
    expect(one).toMatchObject({finished: true, error: undefined, interrupted: false, delivered: 3});
  });

  test('goes on behind a message without the flag of several, as associations of SCTP come', () => {
    const one = exchange('dump');
    expect(feed(one, packet(16, MULTI, 7), packet(16, 0, 7), packet(16, MULTI, 7))).toEqual([16, 16, 16]);
    expect(one.finished).toBe(false);
    feed(one, done(heard));
    expect(one.finished).toBe(true);
  });

  test('skips messages of another sequence and of another port', () => {
    const one = exchange('dump');
    const types = feed(
      one,
      packet(16, MULTI, 6),
      packet(16, MULTI, 7, new Uint8Array(0), PORT + 1),
      packet(16, 0, 0, new Uint8Array(0), 0),
      packet(2, 0, 6, new Uint8Array(20)),
      packet(19, MULTI, 7),
    );
    expect(types).toEqual([19]);
    expect(one.finished).toBe(false);
  });

  test('knows an interruption on any message, DONE too', () => {
    const early = exchange('dump');
    feed(early, packet(16, MULTI | DUMP_INTR, 7), packet(16, MULTI, 7), done(heard));
    expect(early.interrupted).toBe(true);
    const late = exchange('dump');
    feed(late, packet(16, MULTI, 7), done(heard, 0, DUMP_INTR));
    expect(late.interrupted).toBe(true);
  });

  test('ends with the error of a DONE, its text included', () => {
    const one = exchange('dump');
    feed(one, packet(16, MULTI, 7), done(heard, 2, 0, [ackAttribute(1, 'table does not exist')]));
    expect(one.error).toMatchObject({
      code: 'ENOENT',
      errno: 2,
      request: 'NEWTHING',
      kernelText: 'table does not exist',
    });
  });

  test('ends with an ERROR in the middle', () => {
    const one = exchange('dump');
    expect(feed(one, packet(16, MULTI, 7), ack(heard, 22), packet(16, MULTI, 7))).toEqual([16]);
    expect(one.error).toBeInstanceOf(NetlinkError);
    expect(one.error?.code).toBe('EINVAL');
  });

  test('passes over NOOP and takes OVERRUN for lost messages', () => {
    const one = exchange('dump');
    feed(one, packet(1, 0, 7), packet(4, 0, 7));
    expect(one.error?.code).toBe('ENOBUFS');
  });

  test('a message that did not fit the buffer is asked for again', () => {
    const one = exchange('dump');
    const bytes = datagram(packet(16, MULTI, 7, new Uint8Array(8)), packet(17, MULTI, 7, new Uint8Array(60)));
    const types: number[] = [];
    one.accept(bytes.subarray(0, 40), bytes.length, (_buf, _at, _end, type) => types.push(type));
    expect(types).toEqual([16]);
    expect(one).toMatchObject({truncated: true, finished: false, delivered: 1});
    const again = new Exchange(request, 'dump', 8, PORT, one.delivered);
    const second = datagram(packet(16, MULTI, 8, new Uint8Array(8)), packet(17, MULTI, 8, new Uint8Array(60)));
    expect(feed(again, second, done({...heard, sequence: 8}))).toEqual([17]);
  });

  test.each([0, 15, 9999])('a message length of %s is refused', size => {
    const bytes = packet(16, MULTI, 7, new Uint8Array(4));
    new DataView(bytes.buffer).setUint32(0, size, true);
    expect(() => feed(exchange('dump'), bytes)).toThrow(DecodeError);
    expect(() => feed(exchange('dump'), bytes)).toThrow(`NEWTHING: message of ${size} bytes announced, 20 left`);
  });
});

describe('an acknowledgement', () => {
  test('of a success ends the exchange', () => {
    const one = exchange('ack');
    feed(one, ack(heard));
    expect(one).toMatchObject({finished: true, error: undefined, warning: undefined});
  });

  test('of a success may carry a remark', () => {
    const one = exchange('ack');
    feed(one, ack(heard, 0, {extended: [ackAttribute(1, 'mind the gap')]}));
    expect(one).toMatchObject({error: undefined, warning: 'mind the gap'});
  });

  test('echoed messages come before it', () => {
    const one = exchange('ack');
    expect(feed(one, packet(30, 0, 7), ack(heard))).toEqual([30]);
  });

  test.each([true, false])('carries text and offset, request repeated whole: %s', whole => {
    // Header 16, body 4, name 8, size 8: info begins at 36, its kind at 40, data at 52, id at 56.
    const names: [number, string][] = [
      [20, 'name'],
      [28, 'size'],
      [36, 'info'],
      [40, 'info.kind'],
      [52, 'info.data'],
      [56, 'info.data.id'],
    ];
    for (const [offset, name] of names) {
      const one = exchange('ack');
      feed(one, ack(heard, 34, {whole, extended: [ackAttribute(1, 'too big'), ackAttribute(2, offset)]}));
      expect(one.error).toMatchObject({code: 'ERANGE', kernelText: 'too big', attribute: name, offset});
    }
  });

  test('names a missing attribute, also within a nest', () => {
    const top = exchange('ack');
    feed(top, ack(heard, 22, {extended: [ackAttribute(5, 2)]}));
    expect(top.error).toMatchObject({missing: 'size', attribute: undefined});
    const inner = exchange('ack');
    feed(inner, ack(heard, 22, {extended: [ackAttribute(5, 1), ackAttribute(6, 52)]}));
    expect(inner.error?.missing).toBe('info.data.id');
    const unknown = exchange('ack');
    feed(unknown, ack(heard, 22, {extended: [ackAttribute(5, 99), ackAttribute(6, 36)]}));
    expect(unknown.error?.missing).toBe('info.99');
  });

  test('with attributes cut short still tells the refusal and what is whole', () => {
    const whole = ack(heard, 17, {extended: [ackAttribute(2, 28), ackAttribute(1, 'a text that is cut')]});
    for (let length = 20; length < whole.length; length++) {
      const one = exchange('ack');
      const cut = whole.slice(0, length);
      one.accept(cut, whole.length, () => {});
      expect(one).toMatchObject({finished: true});
      expect(one.error?.code).toBe('EEXIST');
      expect(one.error?.attribute).toBe(length < 44 ? undefined : 'size');
    }
  });

  test('with nonsense behind it still tells the refusal', () => {
    const one = exchange('ack');
    feed(one, ack(heard, 17, {extended: [Uint8Array.of(255, 255, 1, 0)]}));
    expect(one.error).toMatchObject({code: 'EEXIST', kernelText: undefined});
  });

  test('an offset outside of all attributes names none', () => {
    const one = exchange('ack');
    feed(one, ack(heard, 22, {extended: [ackAttribute(2, 9000)]}));
    expect(one.error).toMatchObject({attribute: undefined, offset: 9000});
  });
});

describe('a single answer', () => {
  test('ends the exchange without an acknowledgement', () => {
    const one = exchange('get');
    expect(feed(one, packet(31, 0, 7))).toEqual([31]);
    expect(one.finished).toBe(true);
  });

  test('may be a refusal', () => {
    const one = exchange('get');
    feed(one, ack(heard, 19));
    expect(one.error?.code).toBe('ENODEV');
  });

  test('an interruption flag on it says nothing', () => {
    const one = exchange('get');
    feed(one, packet(31, DUMP_INTR, 7));
    expect(one.interrupted).toBe(false);
  });
});
