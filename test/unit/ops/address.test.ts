import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {Cursor, formatClause, parseClause, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import {addressVerbs, changeAddress} from '../../../src/ops/address.js';
import {addressOptions} from '../../../src/ops/addressOptions.js';
import {type AddressEnv, addressFilter} from '../../../src/ops/addressSpec.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type AddressRequest, addressMessage} from '../../../src/rtnetlink/address/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const names = new Names();

function envOf(family = 0, warn?: (line: string) => void): AddressEnv {
  return {family, names, program: 'ip', ...(warn !== undefined && {warn})};
}

/** What a command line sends and tells, with eth0 as interface 3. */
function run(line: string): {readonly sent: Request[]; readonly told: string} {
  const [family, ...rest] = line.split(' ');
  const words = family === '-4' ? rest.slice(1) : rest;
  const sent: Request[] = [];
  let told = '';
  const env = envOf(family === '-4' ? 2 : 0, text => {
    told += `${text}\n`;
  });
  const session = {
    io: {err: (text: string) => (told += text)},
    links: {index: (name: string) => (name === 'eth0' ? 3 : 0)},
    connection: () => ({request: (request: Request) => sent.push(request)}),
  } as unknown as IpSession;
  const command = parseVerbs(addressVerbs, new Cursor(words), env);
  if (command.verb === 'add' || command.verb === 'change' || command.verb === 'replace' || command.verb === 'delete') {
    changeAddress(command.verb, command.spec, session, env);
  }
  return {sent, told};
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
  const lines = readFileSync(join(import.meta.dirname, '../../wire/address.txt'), 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (!line.startsWith('ip ')) return;
    const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
    test(line, () => {
      const [request] = run(line.slice(3)).sent;
      expect(request?.type).toBe(Number(type));
      expect((request?.flags ?? 0) | 0x5).toBe(Number(flags));
      expect(toHex(encode(addressMessage, request?.body as AddressRequest))).toBe(
        toHex(Buffer.from(body.join(''), 'hex')),
      );
    });
  });
});

describe('refusals', () => {
  test.each([
    ['addr add', '1 Not enough information: "dev" argument is required.'],
    ['addr add 10.0.0.1/24 dev eth7', '1 Cannot find device "eth7"'],
    ['addr add 10.0.0.1/24 10.0.0.2/24', '255 Error: either "local" is duplicate, or "10.0.0.2/24" is a garbage.'],
    [
      'addr add 10.0.0.1/24 peer 10.0.0.2 peer 10.0.0.3',
      '255 Error: duplicate "peer": "10.0.0.3" is the second value.',
    ],
    ['addr add 10.0.0.1/24 brd + brd -', '255 Error: duplicate "broadcast": "-" is the second value.'],
    ['addr add 10.0.0.1/24 va 5 va 6', '255 Error: duplicate "valid_lft": "va" is the second value.'],
    ['addr add 10.0.0.1/24 valid_lft x', '255 Error: argument "x" is wrong: valid_lft value'],
    ['addr add 10.0.0.1/24 dev eth0 valid_lft 0', '1 valid_lft is zero'],
    ['addr add 10.0.0.1/24 dev eth0 valid_lft 5', '1 preferred_lft is greater than valid_lft'],
    ['addr add 10.0.0.1/24 dev eth0 autojoin', '1 autojoin needs multicast address'],
    ['addr add fd00::1/64 dev eth7 brd +', '1 Broadcast can be set only for IPv4 addresses'],
    ['addr add 10.0.0.1/24 scope foo', '255 Error: argument "foo" is wrong: invalid scope value.'],
    ['addr add 10.0.0.1/24 metric x', '255 Error: argument "x" is wrong: "metric" value is invalid|'],
    ['addr add 10.0.0.1/24 proto 5', '255 Error: either "local" is duplicate, or "proto" is a garbage.'],
    ['addr add 10.0.0.1/24 dev', '255 Command line is not complete. Try option "help"'],
    ['addr show foo bar', '255 Error: either "dev" is duplicate, or "bar" is a garbage.'],
    ['addr show scope foo', '255 Error: argument "foo" is wrong: invalid "scope"|'],
    ['addr x', '255 Command "x" is unknown, try "ip address help".'],
  ])('%s', (line, told) => expect(refusal(line)).toBe(told));
});

test('flags for which IPv4 has no use, or which only the kernel sets, are warned of', () => {
  expect(run('addr add 10.0.0.1/24 nodad tentative dev eth0').told).toBe(
    'Warning: nodad option can be set only for IPv6 addresses\n' +
      'Warning: tentative option is not mutable from userspace\n',
  );
  expect(run('addr add fd00::1/64 nodad dev eth0').told).toBe('');
});

test('a deletion without prefix length is warned of', () => {
  expect(run('addr del 10.0.0.1 dev eth0').told).toContain('(10.0.0.1/32)');
  expect(run('addr del 10.0.0.1/32 dev eth0').told).toBe('');
  expect(run('addr del fd00::1 dev eth0').told).toBe('');
});

describe('parse of format is identity', () => {
  test.each([
    '10.0.0.1/24 dev eth0 brd + label eth0:x metric 7 valid_lft 600 preferred_lft 300 noprefixroute',
    'fd00::1/64 dev eth0 home nodad scope link',
    '10.0.0.1/32 peer 10.0.0.2/32 broadcast 10.0.0.9 anycast 10.0.0.3',
  ])('%s', line => {
    const spec = parseClause(addressOptions, new Cursor(line.split(' ')), envOf());
    const words = formatClause(addressOptions, spec, envOf());
    expect(parseClause(addressOptions, new Cursor(words), envOf())).toEqual(spec);
  });

  test.each([
    'dev eth0 up scope link dynamic -deprecated label eth*',
    'to 10.0.0.0/8 type veth nomaster group 0',
    'scope all',
  ])('show %s', line => {
    const spec = parseClause(addressFilter, new Cursor(line.split(' ')), envOf());
    const words = formatClause(addressFilter, spec, envOf());
    expect(parseClause(addressFilter, new Cursor(words), envOf())).toEqual(spec);
  });
});
