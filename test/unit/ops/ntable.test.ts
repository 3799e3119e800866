import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {run} from '../../../src/iproute/ntable.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type NeighbourTableRequest, neighTableMessage} from '../../../src/rtnetlink/neigh/table.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const indexes: Readonly<Record<string, number>> = {lo: 1, eth1: 2, eth0: 3};
const families: Readonly<Record<string, number>> = {'-4': 2, '-6': 10, bridge: 7};
const names = new Names();

/** What a command line would send. */
function sentBy(line: string): Request | undefined {
  const words = line.split(' ').slice(1);
  const start = words.indexOf('ntable');
  let sent: Request | undefined;
  const keep = (request: Request) => {
    sent ??= request;
    return {interrupted: false};
  };
  const session = {
    io: {err: () => {}, argv0: 'ip'},
    names,
    options: {family: families[words[start - 1] ?? ''] ?? 0},
    json: undefined,
    links: {index: (name: string) => indexes[name] ?? 0},
    connection: () => ({request: keep, dump: keep}),
  } as unknown as IpSession;
  run(words.slice(start + 1), session);
  return sent;
}

describe('requests are those of the reference', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../wire/ntable.txt'), 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (!line.startsWith('ip ')) return;
    const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
    test(line, () => {
      const sent = sentBy(line);
      expect(sent?.type).toBe(Number(type));
      expect((sent?.flags ?? 0) & 0x100).toBe(sent?.type === 67 ? Number(flags) & 0x100 : 0);
      expect(toHex(encode(neighTableMessage, sent?.body as NeighbourTableRequest))).toBe(
        toHex(Buffer.from(body.join(''), 'hex')),
      );
    });
  });
});

test.each([
  ['change', '255 Error: argument "NAME" is required'],
  ['change name arp_cache', '255 Not enough information: changeable attributes required.'],
  ['change name arp_cache name x', '255 Error: duplicate "NAME": "x" is the second value.'],
  ['change name arp_cache queue x', '255 Error: argument "x" is wrong: "queue" value is invalid'],
  ['change name arp_cache dev nosuch queue x', '1 Cannot find device "nosuch"'],
  ['change name arp_cache colour 5', '255 Error: argument "colour" is wrong: unknown'],
  ['show dev nosuch', '255 Error: argument "nosuch" is wrong: "DEV" is invalid'],
  ['show help', '255 Error: argument "help" is wrong: unknown'],
])('%s', (words, wanted) => {
  try {
    sentBy(`ip ntable ${words}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(`${error.status} ${error.lines.join('|')}`).toBe(wanted);
    return;
  }
  throw new Error('not refused');
});
