import assert from 'node:assert/strict';
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {IpAddress} from '../../src/addr/ip.js';
import {DumpInterrupted} from '../../src/errors.js';
import {AsyncConnection} from '../../src/netlink/async.js';
import type {Request} from '../../src/netlink/message.js';
import {Monitor} from '../../src/netlink/monitor.js';
import {SyncConnection} from '../../src/netlink/sync.js';
import {openTransport} from '../../src/netlink/transport.js';
import {addressMessage} from '../../src/rtnetlink/address/schema.js';
import {linkMessage} from '../../src/rtnetlink/link/schema.js';
import {routeRequests} from '../../src/rtnetlink/route/requests.js';

const ROUTE = 0;
const CREATE = 0x600;
const UP = 1;

type LinkRequest = Request<typeof linkMessage>;

function link(type: number, name: string, flags: number, body: LinkRequest['body']): LinkRequest {
  return {type, name, flags, message: linkMessage, body};
}

/** One request, two interfaces: whoever sees one of them alone sees no state that ever was. */
function addPair(left: string, right: string): LinkRequest {
  return link(16, 'RTM_NEWLINK', CREATE, {
    ifname: left,
    linkinfo: {kind: 'veth', data: {peer: {ifname: right}}},
  } as LinkRequest['body']);
}

const deleteLink = (ifname: string): LinkRequest => link(17, 'RTM_DELLINK', 0, {ifname});
const setUp = (index: number): LinkRequest => link(16, 'RTM_NEWLINK', 0, {index, flags: UP, change: UP});
const listLinks: LinkRequest = link(18, 'RTM_GETLINK', 0, {});

function changeAddress(type: number, flags: number, word: number): Request<typeof addressMessage> {
  const address = IpAddress.inet(word);
  const body = {family: 2, prefixlen: 32, index: 1, local: address, address};
  return {type, name: 'RTM_NEWADDR', flags, message: addressMessage, body: body as never};
}
const listAddresses: Request<typeof addressMessage> = {
  type: 22,
  name: 'RTM_GETADDR',
  flags: 0,
  message: addressMessage,
  body: {family: 2},
};

/** What the second socket does until it is told to stop. */
const churns: Readonly<Record<string, (connection: SyncConnection) => void>> = {
  links: connection => {
    connection.request(addPair('left', 'right'));
    connection.request(deleteLink('right'));
  },
  addresses: connection => {
    connection.request(changeAddress(20, CREATE, 0x0a630001));
    connection.request(changeAddress(21, 0, 0x0a630001));
  },
  routes: connection => {
    for (let i = 0; i < 32; i++) {
      connection.request(routeRequests.add({family: 2, dstLen: 32, dst: IpAddress.inet(0x0b000000 + i * 64), oif: 1}));
    }
    for (let i = 0; i < 32; i++) {
      connection.request(routeRequests.delete({family: 2, dstLen: 32, dst: IpAddress.inet(0x0b000000 + i * 64)}));
    }
  },
};

/** The thread of the second socket. It rests now and then: without a pause no list would ever come through. */
export function churn(what: string, stop: Int32Array): void {
  const connection = SyncConnection.open(ROUTE);
  while (Atomics.load(stop, 0) === 0) {
    churns[what]?.(connection);
    if (Atomics.add(stop, 1, 1) % 50 === 49) Atomics.wait(stop, 0, 0, 20);
  }
}

/** Runs `body` while another thread churns. @returns how many rounds that made */
async function during(what: string, body: () => Promise<void>): Promise<number> {
  const stop = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(process.argv[1] as string, {workerData: {what, stop}});
  while (Atomics.load(stop, 1) === 0) await new Promise(resolve => setTimeout(resolve, 1));
  try {
    await body();
  } finally {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
    await once(worker, 'exit');
  }
  return Atomics.load(stop, 1);
}

/** A connection that counts the dumps it asks for. */
function counting(): {connection: AsyncConnection; sends: () => number} {
  let sends = 0;
  const open = (): ReturnType<typeof openTransport> => {
    const transport = openTransport(ROUTE);
    const send = transport.send.bind(transport);
    transport.send = (buffer, length) => {
      sends++;
      return send(buffer, length);
    };
    return transport;
  };
  return {connection: new AsyncConnection(open, ROUTE), sends: () => sends};
}

/** Lists at least so often, until one came through and, where `repeats`, one had to be repeated. @returns how many came through, how many dumps that took */
async function collect<T>(
  atLeast: number,
  request: (connection: AsyncConnection) => Promise<T[]>,
  check: (records: T[]) => void,
  repeats: boolean,
): Promise<{whole: number; lists: number; sends: number}> {
  const {connection, sends} = counting();
  let whole = 0;
  let lists = 0;
  const isDone = (): boolean => whole > 0 && !(repeats && sends() === lists);
  for (; lists < atLeast || (!isDone() && lists < 5000); lists++) {
    try {
      const records = await request(connection);
      check(records);
      whole++;
    } catch (error) {
      if (!(error instanceof DumpInterrupted)) throw error;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  connection.close();
  return {whole, lists, sends: sends()};
}

function prepareLinks(pairs: number): void {
  const connection = SyncConnection.open(ROUTE);
  connection.request(setUp(1));
  for (let i = 0; i < pairs; i++) connection.request(addPair(`a${i}`, `b${i}`));
  connection.close();
}

/** Each runs in a process of its own, in a fresh network namespace. */
export const cases: Readonly<Record<string, () => Promise<void>>> = {
  'a change in the middle of a stream shows as interrupted': async () => {
    prepareLinks(40);
    await using connection = await AsyncConnection.open(ROUTE);
    const dump = connection.dump(listLinks);
    let batches = 0;
    for await (const _ of dump) if (batches++ === 0) await connection.request(addPair('left', 'right'));
    assert.ok(batches > 1, `${batches} datagrams`);
    assert.equal(dump.interrupted, true);
    const quiet = connection.dump(listLinks);
    for await (const _ of quiet);
    assert.equal(quiet.interrupted, false);
  },

  'lists of links that others add and delete are whole': async () => {
    prepareLinks(40);
    const rounds = await during('links', async () => {
      const result = await collect(
        60,
        connection => connection.list(listLinks),
        links => {
          const names = links.map(one => one.ifname as string);
          assert.equal(new Set(names).size, names.length, 'a link came twice');
          assert.equal(names.includes('left'), names.includes('right'), 'half a pair');
          assert.equal(names.filter(name => /^[ab]\d/.test(name)).length, 80);
        },
        true,
      );
      assert.ok(result.whole > 0, 'no list came through');
      assert.ok(result.sends > result.lists, 'nothing was interrupted');
    });
    assert.ok(rounds > 0);
  },

  'lists of addresses that others add and delete are whole, after retries': async () => {
    prepareLinks(0);
    const setup = SyncConnection.open(ROUTE);
    for (let i = 0; i < 1500; i++) setup.request(changeAddress(20, CREATE, 0x0a000001 + i));
    setup.close();
    const rounds = await during('addresses', async () => {
      const result = await collect(
        60,
        connection => connection.list(listAddresses),
        addresses => {
          const words = addresses.map(one => one.local?.a as number);
          const base = words.filter(word => word >= 0x0a000001 && word < 0x0a000001 + 1500);
          assert.equal(base.length, 1500);
          assert.equal(new Set(words).size, words.length, 'an address came twice');
        },
        true,
      );
      assert.ok(result.whole > 0, 'no list came through');
      assert.ok(result.sends > result.lists, 'nothing was interrupted');
    });
    assert.ok(rounds > 0);
  },

  'lists of routes that others add and delete have every other route once': async () => {
    prepareLinks(0);
    const setup = SyncConnection.open(ROUTE);
    const base = Array.from({length: 4000}, (_, i) =>
      routeRequests.add({family: 2, dstLen: 32, dst: IpAddress.inet(0x0b000001 + i * 2), oif: 1}),
    );
    assert.equal(setup.batch(base), 0);
    setup.close();
    const rounds = await during('routes', async () => {
      const result = await collect(
        80,
        connection => connection.list(routeRequests.list({family: 2, table: 254})),
        routes => {
          const odd = routes.filter(one => ((one.dst?.a ?? 0) & 1) === 1);
          assert.equal(odd.length, 4000);
          assert.equal(new Set(odd.map(one => one.dst?.a)).size, 4000);
        },
        false,
      );
      assert.ok(result.whole > 0, 'no list came through');
    });
    assert.ok(rounds > 0);
  },

  'a monitor hears what another socket changes, in order': async () => {
    const monitor = Monitor.open(ROUTE, {
      groups: [1],
      schema: type => (type === 16 || type === 17 ? linkMessage : undefined),
    });
    const heard: string[] = [];
    const connection = SyncConnection.open(ROUTE);
    setTimeout(() => {
      connection.request(addPair('left', 'right'));
      connection.request(deleteLink('left'));
    }, 5);
    for await (const events of monitor) {
      for (const event of events) {
        if (event.kind === 'message') heard.push(`${event.type === 16 ? 'new' : 'delete'} ${event.record.ifname}`);
      }
      if (heard.includes('delete left') && heard.includes('delete right')) break;
    }
    assert.ok(heard.indexOf('new left') < heard.indexOf('delete left'));
  },

  'an overrun is told, and the present state after it': async () => {
    const resync = [listLinks];
    const monitor = Monitor.open(ROUTE, {groups: [1], schema: () => linkMessage, receiveBuffer: 2304, resync});
    const connection = SyncConnection.open(ROUTE);
    for (let i = 0; i < 40; i++) connection.request(addPair(`a${i}`, `b${i}`));
    const kinds: string[] = [];
    let present = 0;
    for await (const events of monitor) {
      kinds.push(...new Set(events.map(event => event.kind)));
      present += events.filter(event => event.kind === 'resync').length;
      if (present > 0) break;
    }
    assert.ok(kinds.includes('overrun'));
    assert.equal(present, 81);
  },

  'an idle connection lets the process end': async () => {
    const connection = await AsyncConnection.open(ROUTE);
    await connection.list(listLinks);
    await connection.request(setUp(1));
  },

  'a dump that does not fit the buffer is asked for again': async () => {
    prepareLinks(20);
    const names: (string | undefined)[] = [];
    const small = SyncConnection.open(ROUTE, {bufferSize: 500});
    small.dump(listLinks, one => names.push(one.ifname));
    assert.equal(new Set(names).size, 41);
    assert.equal(names.length, 41);
    const connection = await AsyncConnection.open(ROUTE, {bufferSize: 500});
    const links = await connection.list(listLinks);
    assert.deepEqual(
      links.map(one => one.ifname),
      names,
    );
    assert.equal((await connection.get(link(18, 'RTM_GETLINK', 0, {ifname: 'a7'}))).ifname, 'a7');
  },

  'a dump that its caller broke off does not hinder the next one': async () => {
    prepareLinks(40);
    const connection = SyncConnection.open(ROUTE);
    const stop = (): never => {
      throw new Error('enough');
    };
    assert.throws(() => connection.dump(listLinks, stop), /enough/);
    let count = 0;
    connection.dump(listLinks, () => count++);
    assert.equal(count, 81);
  },
};
