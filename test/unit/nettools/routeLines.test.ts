import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import type {Encodable} from '../../../src/netlink/schema.js';
import {RouteLines} from '../../../src/nettools/routeLines.js';
import {FixedTable} from '../../../src/nettools/table.js';
import {routeRow} from '../../../src/nettools/views/routeRow.js';
import {isListed, type RouteTableContext, routeColumns} from '../../../src/nettools/views/routeTable.js';
import {routeMessage} from '../../../src/rtnetlink/route/schema.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';
import {decode, encode} from '../rtnetlink/wire.js';

const context: RouteTableContext = {ifname: index => `eth${index}`};
const ip = IpAddress.parse;

/** Routes of many forms; each comes several times, so that its row is copied the second time. */
function bodies(): Encodable<typeof routeMessage>[] {
  const plain = {family: 2, type: 1, table: 254, oif: 3};
  const via = {...plain, dst: ip('198.51.100.0'), dstLen: 24, gateway: ip('192.0.2.1')};
  return [
    {...plain, gateway: ip('192.0.2.1')},
    {...plain, dst: ip('10.0.0.0'), dstLen: 8},
    {...plain, dst: ip('10.1.2.3'), dstLen: 32, prefsrc: ip('192.0.2.9')},
    via,
    {...via, priority: 4294967295},
    {...via, priority: 7, oif: 4},
    {...via, gateway: ip('192.0.2.2')},
    {...via, metrics: {advmss: 1000, window: 5, rtt: 80}},
    {...via, type: 7},
    {...via, type: 3},
    {family: 2, type: 6, dst: ip('10.9.0.0'), dstLen: 16},
  ] as Encodable<typeof routeMessage>[];
}

function written(write: (out: Sink) => void): string {
  const output = new MemoryOutput();
  const out = new Sink(output, 4096);
  write(out);
  out.flush();
  return Buffer.from(output.bytes()).toString('latin1');
}

test.each(['plain', 'extended', 'full'] as const)('rows from bytes are those of the columns: %s', form => {
  const messages = Array.from({length: 20}, bodies)
    .flat()
    .map((body, i) => encode(routeMessage, {...body, dst: body.dst && IpAddress.inet((i * 0x1010107) >>> 0)}));
  const table = new FixedTable(routeColumns(form));
  const wanted = written(out => {
    for (const bytes of messages) {
      const route = decode(routeRow, bytes);
      if (isListed(route)) table.row(out, route, context);
    }
  });
  const got = written(out => {
    const lines = new RouteLines(out, table, context);
    for (const bytes of messages) lines.row(bytes, 0, bytes.length);
  });
  expect(got).toBe(wanted);
});

test('a message that is cut or lies about lengths is refused as the schema refuses it', () => {
  const lines = new RouteLines(new Sink(new MemoryOutput()), new FixedTable(routeColumns('plain')), context);
  const bytes = encode(routeMessage, bodies()[3] as Encodable<typeof routeMessage>);
  expect(() => lines.row(bytes, 0, bytes.length - 2)).toThrow(/routeRow/);
  // RTA_CACHEINFO without any length.
  bytes.set([0, 0, 12, 0], 12);
  expect(() => lines.row(bytes, 0, bytes.length)).toThrow(/routeRow/);
});
