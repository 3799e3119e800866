import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {Cursor, type GrammarEnv, parseClause, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import {changeNeighbour, getNeighbour, neighVerbs} from '../../../src/ops/neigh.js';
import {neighFilter} from '../../../src/ops/neighSpec.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type NeighbourRequest, neighMessage} from '../../../src/rtnetlink/neigh/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const names = new Names();
const envOf = (): GrammarEnv => ({family: 0, names, program: 'ip'});

/** What a command line sends, with eth0 as interface 3. */
function run(line: string): readonly Request[] {
  const sent: Request[] = [];
  const keep = (request: Request) => {
    sent.push(request);
    return {};
  };
  const session = {
    links: {index: (name: string) => (name === 'eth0' ? 3 : 0)},
    connection: () => ({request: keep, get: keep}),
  } as unknown as IpSession;
  const env = envOf();
  const command = parseVerbs(neighVerbs, new Cursor(line.split(' ')), env);
  if (command.verb === 'get') getNeighbour(command.spec, session);
  else if (command.verb !== 'show' && command.verb !== 'flush') {
    changeNeighbour(command.verb, command.spec, session);
  }
  return sent;
}

function refusal(line: string): string {
  try {
    run(line);
  } catch (error) {
    if (error instanceof UsageError) return `${error.status} ${error.lines.join('|')}`;
    throw error;
  }
  return '0';
}

describe('requests are those of the reference', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../wire/neigh.txt'), 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (!line.startsWith('ip ')) return;
    const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
    test(line, () => {
      const [request] = run(line.split(' ').slice(2).join(' '));
      expect(request?.type).toBe(Number(type));
      expect((request?.flags ?? 0) | (Number(flags) & 0x5)).toBe(Number(flags));
      expect(toHex(encode(neighMessage, request?.body as NeighbourRequest))).toBe(
        toHex(Buffer.from(body.join(''), 'hex')),
      );
    });
  });
});

describe('refusals', () => {
  test.each([
    ['add', '255 Device and destination are required arguments.'],
    ['add 192.168.1.2 lladdr zz', '255 Device and destination are required arguments.'],
    ['add 192.168.1.2 lladdr zz dev nosuch', '1 "zz" is invalid lladdr.'],
    ['add any lladdr 02:00:00:00:00:99 dev eth0', '255 Device and destination are required arguments.'],
    ['add nonsense dev eth0', '1 Error: any valid address is expected rather than "nonsense".'],
    ['add 192.168.1.2 dev nosuch', '1 Cannot find device "nosuch"'],
    ['add 192.168.1.2 nud dizzy dev eth0', '255 Error: argument "dizzy" is wrong: nud state is bad'],
    ['add 192.168.1.2 nud 0xff dev eth0', '255 Error: argument "0xff" is wrong: nud state is bad'],
    ['add 192.168.1.2 nud pro dev eth0', '255 Error: argument "pro" is wrong: nud state is bad'],
    ['add 192.168.1.2 192.168.1.3', '255 Error: either "to" is duplicate, or "192.168.1.3" is a garbage.'],
    ['add 192.168.1.2 proxy 192.168.1.3', '255 Error: duplicate "address": "192.168.1.3" is the second value.'],
    ['add proxy 192.168.1.2 192.168.1.3', '255 Error: either "to" is duplicate, or "192.168.1.3" is a garbage.'],
    ['add 192.168.1.2 lladdr x lladdr y', '255 Error: duplicate "lladdr": "y" is the second value.'],
    ['add help', '255 Command line is not complete. Try option "help"'],
    ['get', '1 Device and address are required arguments.'],
    ['get 192.168.1.4', '1 Device and address are required arguments.'],
    ['show nud bad', '255 Error: argument "bad" is wrong: nud state is bad'],
    ['show proto nosuch', '255 Error: argument "nosuch" is wrong: invalid "protocol"|'],
    ['show bogus', '1 Error: any valid prefix is expected rather than "bogus".'],
    ['append', '255 Command "append" is unknown, try "ip neigh help".'],
  ])('%s', (line, text) => expect(refusal(line)).toBe(text));
});

test('states are collected', () => {
  const spec = parseClause(neighFilter, new Cursor('nud stale nud perm nud all'.split(' ')), envOf());
  expect(spec.states).toEqual([4, 128, 'all']);
});
