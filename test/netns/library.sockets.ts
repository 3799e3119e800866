import assert from 'node:assert/strict';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import {type NetlinkError, Prefix, SockDiag, socketHost, UsageError} from '../../src/index.js';
import {ip} from './library.common.js';

/** Filters, destroying and events of sockets. */
export const socketCases: Readonly<Record<string, () => Promise<void>>> = {
  'sockets: a filter as text and as a tree means the same': async () => {
    ip('link', 'set', 'lo', 'up');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    await using diag = await SockDiag.open({ifindex: name => (name === 'lo' ? 1 : undefined)});
    const ports = async (filter: Parameters<SockDiag['list']>[0]): Promise<number[]> =>
      (await diag.list(filter)).map(socket => socket.sport);
    assert.deepEqual(await ports({filter: `dport = :${port} dst 127/8`}), [client.localPort]);
    assert.deepEqual(await ports({filter: `sport = :${port} and not dst 0.0.0.0/32`, family: 'inet'}), [port]);
    assert.deepEqual(
      await ports({
        filter: {
          kind: 'and',
          operands: [
            {kind: 'host', side: 'peer', hosts: [socketHost(Prefix.parse('127.0.0.0/8'), port)]},
            {kind: 'not', operand: {kind: 'dev', index: 1}},
          ],
        },
      }),
      [client.localPort],
    );
    assert.deepEqual(await ports({filter: 'dev lo'}), []);
    await assert.rejects(diag.list({filter: 'dport ='}), UsageError);
    client.destroy();
    server.close();
  },

  'sockets: what `info` is depends on the transport': async () => {
    await using diag = await SockDiag.open();
    const [mptcp] = await diag.list({transport: 'mptcp', attributes: ['info']});
    assert.equal(mptcp?.info?.token, undefined);
    const [sctp] = await diag.list({transport: 'sctp', attributes: ['info']}).catch(missing);
    assert.equal(sctp?.info?.peerTag, undefined);
  },

  'sockets: tables that not every kernel has': async () => {
    await using diag = await SockDiag.open();
    for (const {ino, stateName} of await diag.tipc(['listen']).catch(missing)) {
      assert.ok(ino !== undefined && stateName === 'listen');
    }
    for (const {ino, umem} of await diag.xdp().catch(missing)) assert.ok(ino > 0 && umem?.size !== 0n);
    for (const {srcPort} of await diag.vsock().catch(missing)) assert.ok(srcPort > 0);
  },

  'sockets: what is destroyed is told': async () => {
    ip('link', 'set', 'lo', 'up');
    const server = createServer(peer => peer.on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    await using diag = await SockDiag.open();
    const stop = new AbortController();
    const events = diag.events({transport: 'tcp', filter: `dport = :${port}`, signal: stop.signal});
    const failed = once(client, 'error');
    const [socket] = await diag.list({peerPort: port});
    assert.ok(socket);
    await diag.destroy(socket);
    const [[error]] = [await failed];
    assert.equal((error as NodeJS.ErrnoException).code, 'ECONNABORTED');
    for await (const [event] of events) {
      assert.equal(event?.kind === 'destroyed' && event.socket.cookie, socket.cookie);
      break;
    }
    await assert.rejects(diag.destroy(socket), {code: 'ENOENT'});
    const more = diag.events({signal: stop.signal});
    stop.abort();
    await assert.rejects(more[Symbol.asyncIterator]().next());
    server.close();
  },
};

/** A kernel without the table. */
function missing(error: unknown): [] {
  assert.ok(['ENOENT', 'EINVAL', 'EPROTONOSUPPORT'].includes((error as NetlinkError).code));
  return [];
}
