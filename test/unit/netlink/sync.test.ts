import {expect, test} from 'vitest';
import {NetlinkError} from '../../../src/errors.js';
import type {Request} from '../../../src/netlink/message.js';
import {message, text, u32} from '../../../src/netlink/schema.js';
import {SyncConnection} from '../../../src/netlink/sync.js';
import {
  ack,
  ackAttribute,
  type Behaviour,
  bodyOf,
  datagram,
  done,
  FakeKernel,
  PORT,
  packet,
} from '../../helpers/fakeKernel.js';

const thing = message('syncThing', {id: u32}, {name: [1, text]});
const MULTI = 2;
const DUMP = 0x300;
const ACK = 4;

function get(id = 0): Request<typeof thing> {
  return {type: 32, name: 'GETTHING', flags: 0, message: thing, body: {id}};
}

function connect(behaviour: Behaviour): {kernel: FakeKernel; connection: SyncConnection} {
  const kernel = new FakeKernel(behaviour);
  return {kernel, connection: new SyncConnection(kernel, 0)};
}

function entry(sequence: number, id: number, name = `n${id}`, flags = MULTI): Uint8Array {
  return packet(33, flags, sequence, bodyOf(thing, {id, name}));
}

test('a dump hands out records in order and keeps none of the buffer', () => {
  const {kernel, connection} = connect(heard => [
    datagram(entry(heard.sequence, 1), entry(heard.sequence, 2)),
    datagram(entry(heard.sequence, 3), done(heard)),
  ]);
  const names: (string | undefined)[] = [];
  const result = connection.dump(get(), record => names.push(record.name));
  expect(names).toEqual(['n1', 'n2', 'n3']);
  expect(result.interrupted).toBe(false);
  expect(kernel.heard[0]).toMatchObject({type: 32, flags: 1 | DUMP});
});

test('late answers of an abandoned dump do not reach the next one', () => {
  const {connection} = connect(heard =>
    heard.sequence === 1
      ? [entry(1, 1), ack(heard, 22), entry(1, 2), done(heard)]
      : [entry(heard.sequence, 7), done(heard)],
  );
  expect(() => connection.dump(get(), () => {})).toThrow(NetlinkError);
  const ids: number[] = [];
  connection.dump(get(), record => ids.push(record.id));
  expect(ids).toEqual([7]);
});

test('an interrupted dump says so', () => {
  const {connection} = connect(heard => [entry(heard.sequence, 1, 'a', MULTI | 0x10), done(heard)]);
  expect(connection.dump(get(), () => {}).interrupted).toBe(true);
});

test('a dump that its caller broke off does not hinder the next one', () => {
  const {connection} = connect((heard, kernel) => {
    if (kernel.waiting > 0) return [ack(heard, 16)];
    return [entry(heard.sequence, 1), entry(heard.sequence, 2), done(heard)];
  });
  const stop = (): never => {
    throw new Error('enough');
  };
  expect(() => connection.dump(get(), stop)).toThrow('enough');
  const ids: number[] = [];
  connection.dump(get(), record => ids.push(record.id));
  expect(ids).toEqual([1, 2]);
});

test('an overrun in a dump is ENOBUFS', () => {
  const {connection} = connect(heard => [entry(heard.sequence, 1), -105]);
  expect(() => connection.dump(get(), () => {})).toThrow(expect.objectContaining({code: 'ENOBUFS'}));
});

test('a truncated dump is repeated with a larger buffer, and nothing comes twice', () => {
  const long = 'x'.repeat(60_000);
  const {kernel, connection} = connect((heard, kernel) => {
    // As the real one: a second dump is refused while the first is unread.
    if (kernel.waiting > 0) return [ack(heard, 16)];
    return [
      entry(heard.sequence, 1),
      datagram(entry(heard.sequence, 2), entry(heard.sequence, 3, long), entry(heard.sequence, 4, long)),
      entry(heard.sequence, 5),
      done(heard),
    ];
  });
  const ids: number[] = [];
  connection.dump(get(), record => ids.push(record.id));
  expect(ids).toEqual([1, 2, 3, 4, 5]);
  expect(kernel.heard).toHaveLength(2);
});

test('a truncated answer is asked for again', () => {
  const {kernel, connection} = connect(heard => {
    const first = entry(heard.sequence, 1, 'y'.repeat(65_000), 0);
    return [datagram(first, new Uint8Array(0)), packet(1, 0, 0, new Uint8Array(0), 0)];
  });
  const small = datagram(packet(1, 0, 0, new Uint8Array(40_000)));
  kernel.push(small);
  expect(connection.get(get()).name).toHaveLength(65_000);
});

test('a request takes one native call and no record', () => {
  const {kernel, connection} = connect(heard => [ack(heard)]);
  connection.request(get(5));
  expect(kernel.heard[0]).toMatchObject({flags: 1 | ACK, sequence: 1});
  expect(kernel.sends).toBe(1);
});

test('a refusal comes with what the kernel says', () => {
  const {connection} = connect(heard => [ack(heard, 17, {extended: [ackAttribute(1, 'there is one')]})]);
  expect(() => connection.request(get())).toThrow(
    expect.objectContaining({
      code: 'EEXIST',
      kernelText: 'there is one',
      message: 'GETTHING: File exists: there is one',
    }),
  );
});

test('foreign messages before the acknowledgement are skipped', () => {
  const {connection} = connect(heard => [
    packet(2, 0, heard.sequence + 9, new Uint8Array(20)),
    packet(2, 0, heard.sequence, new Uint8Array(20), PORT + 1),
    packet(40, 0, 0, new Uint8Array(8), 0),
    ack(heard, 1),
  ]);
  expect(() => connection.request(get())).toThrow(expect.objectContaining({code: 'EPERM'}));
});

test('a remark on a success reaches onWarning', () => {
  const {connection} = connect(heard => [ack(heard, 0, {extended: [ackAttribute(1, 'well')]})]);
  const remarks: string[] = [];
  connection.onWarning = remark => remarks.push(remark);
  connection.request(get());
  expect(remarks).toEqual(['well']);
});

test('echoed records reach the caller', () => {
  const {connection} = connect(heard => [entry(heard.sequence, 4, 'echo', 0), ack(heard)]);
  const names: (string | undefined)[] = [];
  connection.request(get(), record => names.push(record.name));
  expect(names).toEqual(['echo']);
});

test('a lost acknowledgement shows as ENOBUFS, which says that the outcome is unknown', () => {
  const {connection} = connect(() => [-105]);
  expect(() => connection.request(get())).toThrow(expect.objectContaining({code: 'ENOBUFS'}));
});

test('the connection is free again after a failure', () => {
  const {connection} = connect(heard => (heard.sequence === 1 ? [-105] : [ack(heard)]));
  expect(() => connection.request(get())).toThrow();
  connection.request(get());
});

test('a request in the middle of a dump needs a second connection', () => {
  const {connection} = connect(heard => [entry(heard.sequence, 1), done(heard)]);
  expect(() => connection.dump(get(), () => connection.request(get()))).toThrow('in the middle of another exchange');
});

test('a batch asks for one acknowledgement a send and tells each result by position', () => {
  const bad = new Set([2, 150, 299]);
  const {kernel, connection} = connect(heard => {
    const id = new DataView(heard.bytes.buffer).getUint32(16, true);
    if (bad.has(id)) return [ack(heard, 17)];
    return (heard.flags & ACK) === 0 ? [] : [ack(heard)];
  });
  const failed: number[] = [];
  const positions: number[] = [];
  const requests = Array.from({length: 300}, (_, id) => get(id));
  const count = connection.batch(requests, (position, error) => {
    positions.push(position);
    if (error !== undefined) failed.push(position);
  });
  expect(positions).toEqual(requests.map((_, i) => i));
  expect(failed).toEqual([2, 150, 299]);
  expect(count).toBe(3);
  // 212992 bytes of receive room hold 104 refusals.
  expect(kernel.sends).toBe(3);
  expect(kernel.heard.filter(heard => (heard.flags & ACK) !== 0)).toHaveLength(3);
});

test('an overrun in a batch leaves the window in doubt and the rest well', () => {
  const {connection} = connect(heard => {
    if ((heard.flags & ACK) === 0) return [];
    return heard.sequence === 104 ? [-105] : [ack(heard)];
  });
  const codes: (string | undefined)[] = [];
  const requests = Array.from({length: 150}, (_, id) => get(id));
  connection.batch(requests, (_position, error) => codes.push(error?.code));
  expect(codes.slice(0, 104).every(code => code === 'ENOBUFS')).toBe(true);
  expect(codes.slice(104).every(code => code === undefined)).toBe(true);
});

test('an empty batch sends nothing', () => {
  const {kernel, connection} = connect(() => []);
  expect(connection.batch([])).toBe(0);
  expect(kernel.sends).toBe(0);
});

test('events come with their namespace; ENOBUFS tells that some are lost', () => {
  const {kernel, connection} = connect(() => []);
  kernel.push(datagram(packet(33, 0, 0, bodyOf(thing, {id: 3})), packet(34, 0, 0, bodyOf(thing, {id: 4}))), -105);
  const seen: number[][] = [];
  expect(connection.receive((_buf, _at, _end, type, _flags, nsid) => seen.push([type, nsid]))).toBe('some');
  expect(seen).toEqual([
    [33, -1],
    [34, -1],
  ]);
  expect(connection.receive(() => {})).toBe('lost');
});
