import {expect, test} from 'vitest';
import type {Request} from '../../../src/netlink/message.js';
import {message, pad, text, u8, u32} from '../../../src/netlink/schema.js';
import {SyncConnection} from '../../../src/netlink/sync.js';
import {tracer} from '../../../src/netlink/trace.js';
import {ack, ackAttribute, bodyOf, datagram, done, FakeKernel, packet} from '../../helpers/fakeKernel.js';

const PROTOCOL = 77;
// Like sock_diag: one type for requests and answers of all families.
const ask = message('diagAsk', {family: u8, gap: pad(3)}, {filter: [1, text]});
const answer = message(
  'diagAnswer',
  {family: u8, state: u8, gap: pad(2), inode: u32},
  {name: [5, text]},
  {
    protocol: PROTOCOL,
    types: {20: 'DIAG_BY_FAMILY'},
  },
);
const request: Request = {
  type: 20,
  name: 'DIAG_BY_FAMILY',
  flags: 0,
  message: ask,
  reply: answer,
  body: {family: 1, filter: 'x'},
};

function traced(kernel: FakeKernel, run: (connection: SyncConnection) => void): string {
  let out = '';
  const trace = tracer(part => {
    out += part;
  });
  run(new SyncConnection(kernel, PROTOCOL, {trace}));
  return out;
}

test('a dump shows both directions decoded, each by its own schema, with the bytes', () => {
  const kernel = new FakeKernel(heard => [
    datagram(packet(20, 2, heard.sequence, bodyOf(answer, {family: 1, state: 10, inode: 7, name: 'n'})), done(heard)),
  ]);
  expect(traced(kernel, connection => connection.dump(request, () => {}))).toBe(`\
> DIAG_BY_FAMILY flags 0x301 sequence 1 port 0, 28 bytes
  diagAsk
    family: 1
    filter: "x"
  0000  1c 00 00 00  14 00 01 03  01 00 00 00  00 00 00 00
  0010  01 00 00 00  06 00 01 00  78 00 00 00
< DIAG_BY_FAMILY flags 0x2 sequence 1 port 4242, 32 bytes
  diagAnswer
    family: 1
    state: 10
    inode: 7
    name: "n"
  0000  20 00 00 00  14 00 02 00  01 00 00 00  92 10 00 00
  0010  01 0a 00 00  07 00 00 00  06 00 05 00  6e 00 00 00
< NLMSG_DONE flags 0x2 sequence 1 port 4242, 20 bytes
  ok
  0000  14 00 00 00  03 00 02 00  01 00 00 00  92 10 00 00
  0010  00 00 00 00
`);
});

test('a refusal shows what the kernel blames', () => {
  const kernel = new FakeKernel(heard => [
    ack(heard, 22, {extended: [ackAttribute(1, 'bad filter'), ackAttribute(2, 20)]}),
  ]);
  const out = traced(kernel, connection => expect(() => connection.request(request)).toThrow());
  expect(out).toContain('< NLMSG_ERROR flags 0x300');
  expect(out).toContain('  EINVAL: bad filter, attribute filter\n');
});

test('unknown attributes and messages of unknown types are shown too', () => {
  const kernel = new FakeKernel(heard => [
    datagram(packet(20, 2, heard.sequence, Uint8Array.of(1, 2, 0, 0, 7, 0, 0, 0, 6, 0, 99, 0, 1, 2, 0, 0))),
    datagram(packet(55, 2, 0, Uint8Array.of(1, 2)), done(heard)),
  ]);
  const out = traced(kernel, connection => connection.dump(request, () => {}));
  expect(out).toContain('    attribute 99: 2 bytes\n');
  expect(out).toContain('< type 55 flags 0x2 sequence 0 port 4242, 18 bytes\n  0000 ');
});
