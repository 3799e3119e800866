import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {SocketJson} from '../../../src/nettools/sockets/socketJson.js';
import {writeRoute6Json, writeRouteJson} from '../../../src/nettools/views/routeJson.js';
import type {RouteRow} from '../../../src/nettools/views/routeRow.js';
import {parseRoutes6} from '../../../src/nettools/views/routeTable6.js';
import {JsonWriter} from '../../../src/view/json.js';
import {MemoryOutput, Sink} from '../../../src/view/sink.js';

function parsed(write: (json: JsonWriter) => void): unknown {
  const output = new MemoryOutput();
  const out = new Sink(output);
  const json = new JsonWriter(out, false);
  json.openArray();
  write(json);
  json.closeArray();
  out.flush();
  return JSON.parse(Buffer.from(output.bytes()).toString());
}

test('sockets', () => {
  const bytes = new Uint8Array(72);
  bytes.set([2, 10, 0, 0, 1, 187], 0);
  bytes.set([127, 0, 0, 1], 8);
  bytes[60] = 5;
  bytes[68] = 77;
  const path = Buffer.from('/run/a"b');
  const got = parsed(json => {
    const objects = new SocketJson(json, undefined);
    objects.inet('tcp', 'tcp', bytes, 0, 72);
    objects.inet('tcp', 'tcp', bytes, 0, 71);
    objects.unix({references: 3, flags: 0x10000, type: 1, state: 1, inode: 78, path});
  });
  expect(got).toEqual([
    {
      netid: 'tcp',
      state: 'LISTEN',
      'recv-q': 0,
      'send-q': 0,
      local: '127.0.0.1',
      lport: 443,
      peer: '0.0.0.0',
      pport: 0,
      uid: 0,
      ino: 77,
    },
    {netid: 'unix', type: 'STREAM', state: 'LISTENING', refcnt: 3, flags: 65536, ino: 78, path: '/run/a"b'},
  ]);
});

test('routes', () => {
  const six = parseRoutes6(
    'fd000001000000000000000000000000 40 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n',
  );
  const got = parsed(json => {
    const ifname = (index: number): string => `eth${index}`;
    writeRouteJson(json, {type: 1, dstLen: 0, gateway: IpAddress.parse('10.0.0.1'), oif: 2} as RouteRow, ifname);
    writeRouteJson(json, {type: 7, dstLen: 32, dst: IpAddress.parse('10.9.9.9'), priority: 5} as RouteRow, ifname);
    for (const route of six) writeRoute6Json(json, route);
  });
  expect(got).toEqual([
    {dst: 'default', gateway: '10.0.0.1', dev: 'eth2'},
    {type: 'unreachable', dst: '10.9.9.9', metric: 5},
    {dst: 'fd00:1::/64', gateway: 'fe80::1', dev: 'eth0', metric: 1024},
  ]);
});
