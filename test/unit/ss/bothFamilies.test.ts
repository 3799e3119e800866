import {expect, test} from 'vitest';
import {NetlinkError} from '../../../src/errors.js';
import type {Receiver} from '../../../src/netlink/exchange.js';
import type {SyncConnection} from '../../../src/netlink/sync.js';
import {dumpBothFamilies} from '../../../src/ss/bothFamilies.js';

const EINVAL = 22;
const what = {states: 0xfff};

/** A connection whose dump hands out messages from one reused buffer, and may end in a refusal. */
function connection(messages: readonly (readonly [family: number, size: number])[], refusal?: number): SyncConnection {
  const buffer = new Uint8Array(1 << 21);
  const dumpRaw = (_request: unknown, each: Receiver): {interrupted: boolean} => {
    for (const [i, [family, size]] of messages.entries()) {
      buffer.fill(0xff);
      buffer[16] = family;
      buffer[17] = i;
      each(buffer, 16, 16 + size, 20, 2);
    }
    if (refusal !== undefined) throw new NetlinkError(refusal, 'TCPDIAG_GETSOCK');
    return {interrupted: false};
  };
  return {dumpRaw} as unknown as SyncConnection;
}

function rows(messages: readonly (readonly [number, number])[], refusal?: number): {done: number; seen: number[][]} {
  const seen: number[][] = [];
  const done = dumpBothFamilies(connection(messages, refusal), 'tcp', what, (buf, at, end) => {
    seen.push([buf[at] as number, buf[at + 1] as number, end - at]);
  });
  return {done, seen};
}

test('IPv4 comes first, each family in the order of the kernel, whole', () => {
  const {done, seen} = rows([
    [10, 72],
    [2, 80],
    [10, 99],
    [2, 72],
  ]);
  expect(done).toBe(2);
  expect(seen).toEqual([
    [2, 1, 80],
    [2, 3, 72],
    [10, 0, 72],
    [10, 2, 99],
  ]);
});

test('a kernel that refuses has done nothing; one that fails in the middle is an error', () => {
  expect(rows([], EINVAL)).toEqual({done: 0, seen: []});
  expect(() => rows([[2, 72]], EINVAL)).toThrow(NetlinkError);
});

test('more IPv6 sockets than may wait are left to a dump of their own', () => {
  const {done, seen} = rows([...Array.from({length: 65}, () => [10, 1 << 20] as const), [2, 72]]);
  expect(done).toBe(1);
  expect(seen).toEqual([[2, 65, 72]]);
});
