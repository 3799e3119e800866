import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, runMulticast} from '../../../src/iproute/rule.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type RuleRequest, ruleMessage} from '../../../src/rtnetlink/rule/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const REQUEST = 1;
const ACK = 4;
const DUMP = 0x300;
const families: Readonly<Record<string, number>> = {'-4': 2, '-6': 10, '-B': 7, '-M': 28};
const names = new Names();

/** What a command line would send. */
function sentBy(line: string): {readonly request: Request; readonly flags: number} {
  const words = line.split(' ').slice(1);
  const start = words.findIndex(word => word === 'rule' || word === 'mrule');
  let sent: {request: Request; flags: number} | undefined;
  const keep = (request: Request, flags: number) => {
    sent ??= {request, flags: request.flags | flags | REQUEST};
    return {interrupted: false};
  };
  const session = {
    io: {err: () => {}, argv0: 'ip'},
    names,
    options: {family: families[words[start - 1] ?? ''] ?? 0},
    json: undefined,
    connection: () => ({
      request: (request: Request) => keep(request, ACK),
      dump: (request: Request) => keep(request, DUMP),
    }),
  } as unknown as IpSession;
  (words[start] === 'mrule' ? runMulticast : run)(words.slice(start + 1), session);
  if (sent === undefined) throw new Error('nothing sent');
  return sent;
}

const lines = readFileSync(join(import.meta.dirname, '../../wire/rule.txt'), 'utf8').split('\n');
lines.forEach((line, i) => {
  if (!line.startsWith('ip ')) return;
  const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
  test(line, () => {
    const sent = sentBy(line);
    expect(sent.request.type).toBe(Number(type));
    expect(sent.flags).toBe(Number(flags));
    expect(toHex(encode(ruleMessage, sent.request.body as RuleRequest))).toBe(toHex(Buffer.from(body.join(''), 'hex')));
  });
});
