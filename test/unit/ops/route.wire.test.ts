import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {Cursor, type GrammarEnv, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import {routeVerbs} from '../../../src/ops/route.js';
import {changeRoute} from '../../../src/ops/routeChange.js';
import {getRoute} from '../../../src/ops/routeGet.js';
import {showRoutes} from '../../../src/ops/routeShow.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type RouteRequest, routeMessage} from '../../../src/rtnetlink/route/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const REQUEST = 1;
const ACK = 4;
const DUMP = 0x300;
const families: Readonly<Record<string, number>> = {'-4': 2, '-6': 10, mpls: 28};
const indexes: Readonly<Record<string, number>> = {lo: 1, eth1: 2, eth0: 3};
const names = new Names();

/** What a command line would send. */
function sentBy(line: string): {readonly request: Request; readonly flags: number} {
  const words = line.split(' ').slice(1);
  const start = words.indexOf('route');
  const env: GrammarEnv = {family: families[words[start - 1] ?? ''] ?? 0, names, program: 'ip'};
  let sent: {request: Request; flags: number} | undefined;
  const keep = (request: Request, flags: number): void => {
    sent ??= {request, flags: request.flags | flags | REQUEST};
  };
  const session = {
    io: {err: () => {}},
    links: {index: (name: string) => indexes[name] ?? 0},
    json: undefined,
    out: {flush: () => {}},
    connection: () => ({
      strict: true,
      request: (request: Request) => keep(request, ACK),
      dump(request: Request) {
        keep(request, DUMP);
        return {interrupted: false};
      },
      get(request: Request) {
        keep(request, 0);
        return {};
      },
    }),
  } as unknown as IpSession;
  const command = parseVerbs(routeVerbs, new Cursor(words.slice(start + 1)), env);
  const writer = () => () => {};
  switch (command.verb) {
    case 'show':
      showRoutes(command.spec, env, session, writer);
      break;
    case 'get':
      getRoute(command.spec, env, session, writer, writer);
      break;
    case 'flush':
    case 'save':
    case 'restore':
    case 'showdump':
      break;
    default:
      changeRoute(command.verb, command.spec, env, session);
  }
  if (sent === undefined) throw new Error('nothing sent');
  return sent;
}

const lines = readFileSync(join(import.meta.dirname, '../../wire/route.txt'), 'utf8').split('\n');
lines.forEach((line, i) => {
  if (!line.startsWith('ip ')) return;
  const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
  test(line, () => {
    const sent = sentBy(line);
    expect(sent.request.type).toBe(Number(type));
    expect(sent.flags).toBe(Number(flags));
    expect(toHex(encode(routeMessage, sent.request.body as RouteRequest))).toBe(
      toHex(Buffer.from(body.join(''), 'hex')),
    );
  });
});
