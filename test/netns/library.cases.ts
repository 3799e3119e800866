import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {InputError, type NetlinkError, RtNetlink, SockDiag} from '../../src/index.js';
import {code, ip, ready} from './library.common.js';
import {linkCases} from './library.links.js';
import {moreCases} from './library.more.js';
import {routeCases} from './library.routes.js';
import {socketCases} from './library.sockets.js';

/** Each runs in a process of its own, in a fresh network namespace; the reference is the witness. */
export const cases: Readonly<Record<string, () => Promise<void>>> = {
  ...linkCases,
  ...routeCases,
  ...moreCases,
  ...socketCases,

  'batch: answers come in order, refusals do not stop it': async () => {
    const rt = await ready();
    const errors = await rt.batch(batch => {
      batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
      batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
      batch.links.change({dev: 'v1', mtu: 1300});
      batch.addresses.add({dev: 'v0', address: '10.9.0.1/24'});
      batch.rules.add({priority: 5, table: 'main'});
      batch.neighbours.add({dev: 'v0', address: '192.168.1.9', lladdr: '02:00:00:00:00:09'});
      batch.nexthops.delete(4711);
    });
    assert.deepEqual(
      errors.map(error => error?.code),
      [undefined, 'EEXIST', undefined, undefined, undefined, undefined, 'ENOENT'],
    );
    assert.equal((await rt.links.get('v1')).mtu, 1300);
  },

  'batch: changes as data': async () => {
    const rt = await ready();
    const errors = await rt.batch([
      {links: {change: {dev: 'v1', mtu: 1300}}},
      {routes: {add: {dst: '10.0.0.0/8', dev: 'v0'}}},
      {routes: {add: {dst: '10.0.0.0/8', dev: 'v0'}}},
      {nexthops: {delete: 4711}},
    ]);
    assert.deepEqual(
      errors.map(error => error?.code),
      [undefined, undefined, 'EEXIST', 'ENOENT'],
    );
    assert.equal((await rt.links.get('v1')).mtu, 1300);
    const before = ip('route');
    for (const wrong of [
      {},
      {routes: {}},
      {routes: {toString: {}}},
      {constructor: {}},
      {routes: {add: {}, replace: {}}},
    ]) {
      const line = {routes: {delete: {dst: '10.0.0.0/8'}}} as const;
      await assert.rejects(rt.batch([line, wrong as never]), {code: 'ERR_INPUT', field: 'changes[1]'});
    }
    assert.equal(ip('route'), before);
  },

  'batch: nothing is sent when a device does not exist or input is wrong': async () => {
    const rt = await ready();
    const before = ip('route');
    await assert.rejects(
      rt.batch(batch => {
        batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
        batch.routes.add({dst: '11.0.0.0/8', dev: 'nope'});
      }),
      code('ENODEV'),
    );
    await assert.rejects(
      rt.batch(batch => {
        batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
        batch.routes.add({dst: '11.0.0.0/33', dev: 'v0'});
      }),
      InputError,
    );
    assert.equal(ip('route'), before);
  },

  'namespaces: names, numbers, processes': async () => {
    const rt = await ready();
    await rt.namespaces.add('blue');
    await assert.rejects(rt.namespaces.add('blue'), code('EEXIST'));
    await assert.rejects(rt.namespaces.add('../blue'), InputError);
    await assert.rejects(rt.namespaces.attach('gone', 0x7ffffff0), code('ENOENT'));
    await rt.namespaces.setId('blue', 7);
    await rt.namespaces.attach('own', process.pid);
    assert.equal(ip('netns'), 'own\nblue (id: 7)\n');
    assert.deepEqual(await rt.namespaces.list(), [
      {name: 'own', id: undefined},
      {name: 'blue', id: 7},
    ]);
    assert.deepEqual(await rt.namespaces.identify(), ['own']);
    assert.ok((await rt.namespaces.pids('own')).includes(process.pid));
    assert.deepEqual(await rt.namespaces.pids('blue'), []);
    const there = await RtNetlink.open({netns: 'blue'});
    assert.deepEqual(
      (await there.links.list()).map(link => link.ifname),
      ['lo'],
    );
    await rt.namespaces.delete('blue');
    await assert.rejects(rt.namespaces.delete('blue'), code('ENOENT'));
    assert.equal(ip('netns'), 'own\n');
  },

  'sockets: what listens and what is connected': async () => {
    ip('link', 'set', 'lo', 'up');
    const server = createServer().listen(8080);
    await once(server, 'listening');
    const client = connect(8080, '127.0.0.1');
    await once(client, 'connect');
    const udp = createSocket('udp4').bind(53, '127.0.0.1');
    await once(udp, 'listening');
    await using diag = await SockDiag.open();
    const [listener] = await diag.list({states: ['listen']});
    assert.deepEqual(
      [listener?.stateName, listener?.family, listener?.sport, listener?.wqueue],
      ['listen', 10, 8080, 511],
    );
    const [connection] = await diag.list({
      family: 'inet',
      localPort: client.localPort ?? 0,
      attributes: ['info', 'cong'],
    });
    assert.deepEqual(
      [String(connection?.src), String(connection?.dst), connection?.dport],
      ['127.0.0.1', '127.0.0.1', 8080],
    );
    assert.ok((connection?.info?.sndMss ?? 0) > 0 && typeof connection?.cong === 'string');
    const ports: number[] = [];
    for await (const batch of diag.stream({transport: 'udp'})) ports.push(...batch.map(socket => socket.sport));
    assert.deepEqual(ports, [53]);
    assert.deepEqual(await diag.list({transport: 'udp', peerPort: 9}), []);
    udp.close();
    client.destroy();
    server.close();
  },

  'errors: input that cannot be meant names its field': async () => {
    const rt = await ready();
    const field = (wanted: string) => (error: unknown) =>
      error instanceof InputError && error.code === 'ERR_INPUT' && error.field === wanted;
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/40'}), field('dst'));
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/8', gateway: '10.0.0'}), field('gateway'));
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/8', dev: 'v0', table: 'no such table'}), field('table'));
    await assert.rejects(rt.links.change({dev: 'v0', address: '02:zz'}), field('address'));
    await assert.rejects(rt.neighbours.add({dev: 'v0', address: 'x'}), field('address'));
  },

  'errors: the kernel’s words and the request are kept': async () => {
    const rt = await ready();
    await assert.rejects(rt.routes.add({dst: '172.16.33.0/24', gateway: '203.0.113.1'}), (error: NetlinkError) => {
      assert.deepEqual(
        [error.name, error.code, error.errno, error.request, error.kernelText],
        ['NetlinkError', 'ENETUNREACH', 101, 'RTM_NEWROUTE', 'Nexthop has invalid gateway'],
      );
      return true;
    });
    await assert.rejects(rt.links.get('nope'), (error: NetlinkError) => error.request === 'RTM_GETLINK');
  },

  'records: JSON is plain': async () => {
    const rt = await ready();
    const link = JSON.parse(JSON.stringify(await rt.links.get('v0'))) as Record<string, unknown>;
    assert.equal(link.address, '02:00:00:00:00:01');
    const [address] = JSON.parse(JSON.stringify(await rt.addresses.list({dev: 'v0', family: 'inet'}))) as Record<
      string,
      unknown
    >[];
    assert.deepEqual([address?.local, address?.prefixlen], ['192.168.1.2', 24]);
  },

  'connections: a loop over a stream may ask for other things': async () => {
    const rt = await ready();
    for await (const batch of rt.routes.stream({table: 'all'})) {
      for (const route of batch) {
        if (route.oif !== undefined)
          assert.ok(['v0', 'v1', 'lo'].includes((await rt.links.get(route.oif)).ifname ?? ''));
      }
    }
  },

  'connections: two namespaces at once': async () => {
    const rt = await ready();
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
    await once(holder.stdout, 'data');
    const there = await RtNetlink.open({netns: `/proc/${holder.pid}/ns/net`});
    const [here, other] = await Promise.all([rt.links.list(), there.links.list()]);
    assert.deepEqual([here.length, other.length], [3, 1]);
    there.close();
    holder.kill();
    await assert.rejects(RtNetlink.open({netns: 'no-such-namespace'}), code('ENOENT'));
  },

  'connections: a namespace by its name': async () => {
    ip('netns', 'add', 'blue');
    const rt = await ready();
    await rt.links.add({kind: 'veth', name: 'a', peer: {name: 'b', netns: 'blue'}});
    const blue = await RtNetlink.open({netns: 'blue'});
    assert.deepEqual((await blue.links.list()).map(link => link.ifname).sort(), ['b', 'lo']);
    await blue.addresses.add({dev: 'b', address: '192.0.2.1/24'});
    assert.match(ip('-n', 'blue', 'address', 'show', 'dev', 'b'), /inet 192\.0\.2\.1\/24 scope global b/);
  },

  'connections: a signal and close end what is under way': async () => {
    const control = new AbortController();
    const rt = await RtNetlink.open({signal: control.signal});
    control.abort(new Error('enough'));
    await assert.rejects(rt.links.list(), /enough|EBADF/);
    const other = await ready();
    other.close();
    await assert.rejects(other.links.list(), code('EBADF'));
    await assert.rejects(RtNetlink.open({signal: AbortSignal.abort(new Error('never'))}), /never/);
  },

  'connections: an idle one does not keep the process alive': async () => {
    await RtNetlink.open();
  },
};
