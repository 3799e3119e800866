import {expect, test} from 'vitest';
import {DecodeError, DumpInterrupted, NetlinkError} from '../../../src/errors.js';
import {AsyncConnection} from '../../../src/netlink/async.js';
import type {Request} from '../../../src/netlink/message.js';
import {message, text, u32} from '../../../src/netlink/schema.js';
import {ack, type Behaviour, bodyOf, datagram, done, FakeKernel, packet} from '../../helpers/fakeKernel.js';

const thing = message('asyncThing', {id: u32}, {name: [1, text]});
const MULTI = 2;
const DUMP = 0x300;
const ACK = 4;
const DUMP_INTR = 0x10;

function ask(id = 0): Request<typeof thing> {
  return {type: 32, name: 'GETTHING', flags: 0, message: thing, body: {id}};
}

function entry(sequence: number, id: number, flags = MULTI, name = `n${id}`): Uint8Array {
  return packet(33, flags, sequence, bodyOf(thing, {id, name}));
}

function connect(
  behaviour: Behaviour,
  signal?: AbortSignal,
): {kernels: FakeKernel[]; connection: AsyncConnection; first: FakeKernel} {
  const kernels: FakeKernel[] = [];
  const open = (): FakeKernel => {
    const kernel = new FakeKernel(behaviour);
    kernels.push(kernel);
    return kernel;
  };
  const connection = new AsyncConnection(open, 0, {signal});
  return {kernels, connection, first: kernels[0] as FakeKernel};
}

async function collect<T>(batches: AsyncIterable<T[]>): Promise<T[][]> {
  const all: T[][] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** Turns of the event loop until something holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i++) await new Promise(resolve => setImmediate(resolve));
  expect(holds()).toBe(true);
}

test('a dump gives one array per datagram', async () => {
  const {connection} = connect(heard => [
    datagram(entry(heard.sequence, 1), entry(heard.sequence, 2)),
    datagram(entry(heard.sequence, 3), done(heard)),
  ]);
  const batches = await collect(connection.dump(ask()));
  expect(batches.map(batch => batch.map(record => record.id))).toEqual([[1, 2], [3]]);
});

test('a dump waits for datagrams that come later, and watches only while it waits', async () => {
  const {connection, kernels} = connect((heard, kernel) => {
    setTimeout(() => kernel.push(entry(heard.sequence, 1)), 1);
    setTimeout(() => kernel.push(done(heard)), 3);
    return [];
  });
  expect(await collect(connection.dump(ask()))).toHaveLength(1);
  expect(kernels.map(kernel => kernel.watching)).toEqual([false, false]);
});

test('nothing is read ahead of a slow consumer', async () => {
  const {connection, kernels} = connect(heard => [
    ...Array.from({length: 20}, (_, id) => entry(heard.sequence, id)),
    done(heard),
  ]);
  let taken = 0;
  for await (const batch of connection.dump(ask())) {
    taken += batch.length;
    const dumping = kernels[1] as FakeKernel;
    expect(dumping.waiting).toBe(21 - taken);
    await new Promise(resolve => setImmediate(resolve));
    expect(dumping.waiting).toBe(21 - taken);
  }
});

test('a long dump lets timers run', async () => {
  const {connection} = connect(heard => [
    ...Array.from({length: 200}, (_, id) => entry(heard.sequence, id)),
    done(heard),
  ]);
  let turns = 0;
  let running = true;
  setImmediate(function turn(): void {
    turns++;
    if (running) setImmediate(turn);
  });
  await collect(connection.dump(ask()));
  running = false;
  expect(turns).toBeGreaterThan(5);
});

test('within the loop over a dump anything else may be asked, another dump too', async () => {
  const {connection, kernels} = connect(heard => {
    if ((heard.flags & DUMP) === DUMP) return [entry(heard.sequence, 1), entry(heard.sequence, 2), done(heard)];
    return (heard.flags & ACK) !== 0 ? [ack(heard)] : [entry(heard.sequence, 9, 0)];
  });
  let rounds = 0;
  for await (const batch of connection.dump(ask())) {
    rounds += batch.length;
    expect((await connection.get(ask())).id).toBe(9);
    await connection.request(ask());
    expect(await connection.list(ask())).toHaveLength(2);
  }
  expect(rounds).toBe(2);
  // Requests, the outer dump, the inner dumps one after the other.
  expect(kernels).toHaveLength(3);
});

test('leaving a dump early closes its socket and no other', async () => {
  const {connection, kernels} = connect(heard => [entry(heard.sequence, 1), entry(heard.sequence, 2), done(heard)]);
  for await (const _ of connection.dump(ask())) break;
  expect(kernels.map(kernel => kernel.closed)).toEqual([false, true]);
  expect(await connection.list(ask())).toHaveLength(2);
});

test('list begins again after an interruption', async () => {
  let tries = 0;
  const {connection} = connect(heard => {
    tries++;
    return [entry(heard.sequence, tries), done(heard, 0, tries < 4 ? DUMP_INTR : 0)];
  });
  const records = await connection.list(ask());
  expect(records.map(record => record.id)).toEqual([4]);
});

test('list begins again after an overrun', async () => {
  let tries = 0;
  const {connection} = connect(heard => (tries++ === 0 ? [-105] : [entry(heard.sequence, 5), done(heard)]));
  expect(await connection.list(ask())).toHaveLength(1);
});

test('list gives up after five more tries, with the data it has', async () => {
  let tries = 0;
  const {connection} = connect(heard => {
    tries++;
    return [entry(heard.sequence, tries, MULTI | DUMP_INTR), done(heard)];
  });
  const error = await connection.list(ask()).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DumpInterrupted);
  expect(error).toMatchObject({code: 'ERR_DUMP_INTERRUPTED', records: [{id: 6}]});
  expect(tries).toBe(6);
});

test('an error in mid-dump follows the records before it', async () => {
  const {connection} = connect(heard => [datagram(entry(heard.sequence, 1), ack(heard, 12))]);
  const seen: number[] = [];
  const run = async (): Promise<void> => {
    for await (const batch of connection.dump(ask())) for (const record of batch) seen.push(record.id);
  };
  await expect(run()).rejects.toMatchObject({code: 'ENOMEM', request: 'GETTHING'});
  expect(seen).toEqual([1]);
});

test('bytes that are no message end the dump with DecodeError', async () => {
  const {connection} = connect(heard => [packet(33, MULTI, heard.sequence, new Uint8Array(2))]);
  await expect(connection.list(ask())).rejects.toBeInstanceOf(DecodeError);
});

test('a truncated dump is repeated with a larger buffer, and nothing comes twice', async () => {
  const long = 'x'.repeat(60_000);
  const {connection} = connect((heard, kernel) => {
    // As the real one: a second dump is refused while the first is unread.
    if (kernel.waiting > 0) return [ack(heard, 16)];
    return [
      entry(heard.sequence, 1),
      datagram(entry(heard.sequence, 2), entry(heard.sequence, 3, MULTI, long), entry(heard.sequence, 4, MULTI, long)),
      entry(heard.sequence, 5),
      done(heard),
    ];
  });
  const records = await connection.list(ask());
  expect(records.map(record => record.id)).toEqual([1, 2, 3, 4, 5]);
});

test('a truncated answer is asked for again', async () => {
  const long = 'y'.repeat(65_500);
  const {connection, first} = connect(heard => [datagram(packet(1, 0, 0), entry(heard.sequence, 1, 0, long))]);
  expect((await connection.get(ask())).name).toBe(long);
  expect(first.heard).toHaveLength(2);
});

test('requests in flight are told apart by sequence', async () => {
  const {connection, first} = connect(() => []);
  const answers = [connection.get(ask(1)), connection.get(ask(2)), connection.request(ask(3))] as const;
  const [one, two, three] = first.heard;
  first.push(
    packet(2, 0, 999, new Uint8Array(20)),
    ack({...(three as never as (typeof first.heard)[0])}),
    entry(two?.sequence ?? 0, 22, 0),
    entry(one?.sequence ?? 0, 11, 0),
  );
  expect((await answers[0]).id).toBe(11);
  expect((await answers[1]).id).toBe(22);
  expect(await answers[2]).toEqual([]);
  expect(first.watching).toBe(false);
});

test('a lost acknowledgement waits until the signal aborts; a late one is then ignored', async () => {
  const {connection, first} = connect(heard => (heard.sequence === 1 ? [] : [ack(heard)]));
  const controller = new AbortController();
  const lost = connection.request(ask(), {signal: controller.signal});
  await until(() => first.watching);
  controller.abort(new Error('enough'));
  await expect(lost).rejects.toThrow('enough');
  expect(first.watching).toBe(false);
  first.push(ack(first.heard[0] as (typeof first.heard)[0], 17));
  await connection.request(ask());
});

test('a lost acknowledgement times out', async () => {
  const {connection} = connect(() => []);
  const outcome = connection.request(ask(), {signal: AbortSignal.timeout(5)});
  await expect(outcome).rejects.toMatchObject({name: 'TimeoutError'});
});

test('an aborted signal refuses before anything is sent', async () => {
  const {connection, first} = connect(() => []);
  await expect(connection.request(ask(), {signal: AbortSignal.abort()})).rejects.toMatchObject({name: 'AbortError'});
  expect(first.heard).toEqual([]);
});

test('aborting a dump that waits ends it and closes its socket', async () => {
  const {connection, kernels} = connect(heard => [entry(heard.sequence, 1)]);
  const controller = new AbortController();
  const run = collect(connection.dump(ask(), {signal: controller.signal}));
  await until(() => kernels[1]?.watching === true);
  controller.abort();
  await expect(run).rejects.toMatchObject({name: 'AbortError'});
  expect(kernels[1]?.closed).toBe(true);
});

test('the signal of the connection ends everything', async () => {
  const controller = new AbortController();
  const {connection, kernels} = connect(() => [], controller.signal);
  const request = connection.request(ask());
  const dump = connection.list(ask());
  const results = Promise.allSettled([request, dump]);
  await until(() => kernels[1]?.watching === true);
  controller.abort();
  for (const one of await results) expect(one).toMatchObject({status: 'rejected', reason: {name: 'AbortError'}});
  expect(kernels.every(kernel => kernel.closed)).toBe(true);
  await expect(connection.get(ask())).rejects.toMatchObject({name: 'AbortError'});
});

test('disposal closes all sockets and refuses what is under way', async () => {
  const {connection, kernels} = connect(() => []);
  const lost = connection.request(ask());
  const check = expect(lost).rejects.toMatchObject({code: 'EBADF'});
  await connection[Symbol.asyncDispose]();
  await check;
  expect(kernels.every(kernel => kernel.closed && !kernel.watching)).toBe(true);
  await expect(connection.request(ask())).rejects.toMatchObject({code: 'EBADF'});
});

test('an overrun refuses what is under way, and the socket goes on', async () => {
  const {connection} = connect(heard => (heard.sequence === 1 ? [-105] : [ack(heard)]));
  await expect(connection.request(ask())).rejects.toMatchObject({code: 'ENOBUFS'});
  await connection.request(ask());
});

test('a socket that fails is replaced for the next request', async () => {
  const {connection, kernels} = connect(heard => (kernels.length === 1 ? [-5] : [ack(heard)]));
  await expect(connection.request(ask())).rejects.toMatchObject({code: 'EIO'});
  await connection.request(ask());
  expect(kernels).toHaveLength(2);
});

test('a batch tells each result by position', async () => {
  const {connection, first} = connect(heard => {
    const id = new DataView(heard.bytes.buffer).getUint32(16, true);
    if (id % 100 === 7) return [ack(heard, 17)];
    return (heard.flags & ACK) === 0 ? [] : [ack(heard)];
  });
  const results = await connection.batch(Array.from({length: 300}, (_, id) => ask(id)));
  expect(results).toHaveLength(300);
  const failed = results.flatMap((error, i) => (error instanceof NetlinkError ? [i] : []));
  expect(failed).toEqual([7, 107, 207]);
  expect(first.sends).toBe(3);
  await connection.request(ask());
});

test('a batch with a lost acknowledgement can be aborted', async () => {
  const {connection, first} = connect(heard => (heard.sequence === 10 ? [ack(heard, 1)] : []));
  const controller = new AbortController();
  const outcome = connection.batch(
    Array.from({length: 20}, (_, id) => ask(id)),
    {signal: controller.signal},
  );
  await until(() => first.watching);
  controller.abort();
  await expect(outcome).rejects.toMatchObject({name: 'AbortError'});
  expect(first.watching).toBe(false);
});
