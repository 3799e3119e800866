import {expect, test} from 'vitest';
import {Monitor, type MonitorEvent} from '../../../src/netlink/monitor.js';
import {message, text, u32} from '../../../src/netlink/schema.js';
import {bodyOf, datagram, FakeKernel, packet} from '../../helpers/fakeKernel.js';

const thing = message('monitorThing', {id: u32}, {name: [1, text]});
const schema = (type: number): typeof thing | undefined => (type === 33 ? thing : undefined);

function event(id: number, type = 33): Uint8Array {
  return packet(type, 0, 0, bodyOf(thing, {id}), 0);
}

async function take(monitor: Monitor, count: number): Promise<MonitorEvent[][]> {
  const all: MonitorEvent[][] = [];
  for await (const events of monitor) {
    all.push(events);
    if (all.length === count) break;
  }
  return all;
}

test('events come one array per datagram, without those that have no schema', async () => {
  const kernel = new FakeKernel(() => []);
  const monitor = new Monitor(kernel, 0, {groups: [1], schema});
  setTimeout(() => kernel.push(datagram(event(1), event(2, 34), event(3)), event(4, 34), event(5)), 1);
  const all = await take(monitor, 2);
  expect(all).toMatchObject([
    [
      {kind: 'message', type: 33, record: {id: 1}, nsid: -1},
      {kind: 'message', record: {id: 3}},
    ],
    [{record: {id: 5}}],
  ]);
  expect(kernel.closed).toBe(true);
});

test('lost messages show as an overrun', async () => {
  const kernel = new FakeKernel(() => []);
  kernel.push(event(1), -105, packet(4, 0, 0, new Uint8Array(0), 0), event(2));
  const all = await take(new Monitor(kernel, 0, {groups: [1], schema}), 4);
  expect(all.flat().map(one => one.kind)).toEqual(['message', 'overrun', 'overrun', 'message']);
});

test('an aborted signal ends the wait', async () => {
  const kernel = new FakeKernel(() => []);
  const controller = new AbortController();
  const run = take(new Monitor(kernel, 0, {groups: [1], schema, signal: controller.signal}), 1);
  setTimeout(() => controller.abort(), 1);
  await expect(run).rejects.toMatchObject({name: 'AbortError'});
  expect(kernel.closed).toBe(true);
});

test('disposal ends the iteration', async () => {
  const kernel = new FakeKernel(() => []);
  const monitor = new Monitor(kernel, 0, {groups: [1], schema});
  const run = take(monitor, 1);
  setTimeout(() => monitor.close(), 1);
  expect(await run).toEqual([]);
});
