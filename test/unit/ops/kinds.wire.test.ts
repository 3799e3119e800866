import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import {addLink, linkVerbs, setLink} from '../../../src/ops/link.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type Link, type LinkRequest, linkMessage} from '../../../src/rtnetlink/link/schema.js';
import {grouped, infoOf, withInfo} from '../rtnetlink/linkinfo.js';
import {decode, encode} from '../rtnetlink/wire.js';

const names = new Names();
/** A command and what it must give. */
interface Case {
  readonly line: string;
  readonly was: string | undefined;
  readonly wanted: string;
}

function casesOf(text: string): Case[] {
  const cases: Case[] = [];
  let was: string | undefined;
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    if (line === 'was' || line.startsWith('was ')) was = line.slice(4) || undefined;
    else if (line.startsWith('ip ')) cases.push({line, was, wanted: lines[i + 1] as string});
  });
  return cases;
}

/** What a command sends, or how it is refused. */
function outcome({line, was}: Case): string {
  let sent: Request | undefined;
  const link = was === undefined ? {address: new Uint8Array(6)} : decode(linkMessage, withInfo(was));
  const session = {
    io: {err: () => {}},
    options: {family: 0},
    links: {index: () => (was === undefined ? 2 : 5), drop: () => {}},
    connection: () => ({request: (request: Request) => (sent = request), get: () => link as Link}),
  } as unknown as IpSession;
  const env: GrammarEnv = {family: 0, names, program: 'ip', usage: () => ['Usage:']};
  try {
    const command = parseVerbs(linkVerbs, new Cursor(line.split(' ').slice(2)), env);
    if (command.verb === 'add') addLink(command.spec, session, env, true);
    else if (command.verb === 'set') setLink(command.spec, session, env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const lines = error.lines.join('|');
    const at = lines.indexOf('Usage:');
    return `! ${error.status} ${at === -1 ? lines : `${lines.slice(0, at)}<USAGE>`}`;
  }
  return `> ${infoOf(encode(linkMessage, sent?.body as LinkRequest))}`;
}

describe('options of link kinds are those of the reference', () => {
  const text = readFileSync(join(import.meta.dirname, '../../wire/kinds.txt'), 'utf8');
  const kinds = grouped(casesOf(text), ({line}) => / type (\S+)/.exec(line)?.[1] ?? 'link');
  test.each(kinds)('%s', (_kind, cases) => {
    for (const one of cases) expect(outcome(one).trim(), one.line).toBe(one.wanted.trim());
  });
});
