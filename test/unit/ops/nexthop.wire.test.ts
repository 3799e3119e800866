import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {NetlinkError} from '../../../src/errors.js';
import {run} from '../../../src/iproute/nexthop.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type NexthopRequest, nexthopMessage} from '../../../src/rtnetlink/nexthop/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const REQUEST = 1;
const ACK = 4;
const DUMP = 0x300;
const families: Readonly<Record<string, number>> = {'-4': 2, '-6': 10, '-0': 17};
const indexes: Readonly<Record<string, number>> = {lo: 1, eth1: 2, eth0: 3};

/** What a command line would send first. */
function sentBy(line: string): {readonly request: Request; readonly flags: number} {
  const words = line.split(' ').slice(1);
  const start = words.indexOf('nexthop');
  let sent: {request: Request; flags: number} | undefined;
  const keep = (request: Request, flags: number): never => {
    sent ??= {request, flags: request.flags | flags | REQUEST};
    throw new NetlinkError(2, request.name);
  };
  const session = {
    io: {err: () => {}, argv0: 'ip'},
    options: {family: families[words[start - 1] ?? ''] ?? 0, echo: false},
    names: new Names(),
    links: {index: (name: string) => indexes[name] ?? 0},
    json: undefined,
    view: {details: 0},
    connection: () => ({
      request: (request: Request) => keep(request, ACK),
      dump: (request: Request) => keep(request, DUMP),
      get: (request: Request) => keep(request, 0),
    }),
  } as unknown as IpSession;
  expect(() => run(words.slice(start + 1), session)).toThrow();
  if (sent === undefined) throw new Error('nothing sent');
  return sent;
}

const lines = readFileSync(join(import.meta.dirname, '../../wire/nexthop.txt'), 'utf8').split('\n');
lines.forEach((line, i) => {
  if (!line.startsWith('ip ')) return;
  const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
  test(line, () => {
    const sent = sentBy(line);
    expect(sent.request.type).toBe(Number(type));
    expect(sent.flags).toBe(Number(flags));
    expect(toHex(encode(nexthopMessage, sent.request.body as NexthopRequest))).toBe(
      toHex(Buffer.from(body.join(''), 'hex')),
    );
  });
});
