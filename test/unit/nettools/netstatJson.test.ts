import {expect, test} from 'vitest';
import type {Io} from '../../../src/io.js';
import {showRoutesJson} from '../../../src/nettools/routesJson.js';
import {SocketJson} from '../../../src/nettools/sockets/socketJson.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

/** What is written, read. */
async function parsed(write: (io: Io) => unknown): Promise<unknown> {
  const output = new MemoryOutput();
  const io = {out: new Sink(output), open: () => expect.fail('no socket')} as unknown as Io;
  await write(io);
  io.out.flush();
  return JSON.parse(Buffer.from(output.bytes()).toString());
}

test('sockets have the keys of tsss --json', async () => {
  const bytes = new Uint8Array(72);
  bytes.set([2, 10, 2, 0, 1, 187], 0);
  bytes.set([127, 0, 0, 1], 8);
  bytes[60] = 5;
  bytes[68] = 77;
  const path = Buffer.from('/run/a"b');
  const got = await parsed(io => {
    const objects = new SocketJson(io, undefined, true);
    objects.inet('tcp', bytes, 0, 72);
    objects.inet('tcp', bytes, 0, 71);
    objects.unix({references: 3, flags: 0x10000, type: 1, state: 1, inode: 78, path});
    objects.end();
  });
  expect(got).toEqual([
    {
      netid: 'tcp',
      state: 'LISTEN',
      rfcState: 'LISTEN',
      recvQ: 0,
      sendQ: 5,
      local: {address: '127.0.0.1', port: 443},
      peer: {address: '0.0.0.0', port: null},
      timer: {name: 'keepalive', expires: 0, retransmits: 0},
      uid: 0,
      inode: 77,
    },
    {
      netid: 'u_str',
      state: 'LISTEN',
      rfcState: 'LISTEN',
      recvQ: 0,
      sendQ: 0,
      local: {address: '/run/a"b', port: 78},
      peer: {address: null, port: null},
      inode: 78,
      unix: {references: 3, flags: 65536},
    },
  ]);
});

test('routes are those of ip, of several families in one array', async () => {
  const ip = (argv: readonly string[], io: Io): number => {
    io.out.text(argv.includes('-6') ? '[]\n' : `[{"dst":"default"},{"words":${JSON.stringify(argv)}}]\n`);
    return 0;
  };
  const words = {words: ['-j', '-4', 'route', 'show', 'table', 'main']};
  expect(await parsed(io => showRoutesJson(['inet'], ip, io))).toEqual([{dst: 'default'}, words]);
  expect(await parsed(io => showRoutesJson(['inet', 'inet6', 'inet'], ip, io))).toHaveLength(4);
  expect(await parsed(io => showRoutesJson(['inet6'], ip, io))).toEqual([]);
});
