import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {Cursor, formatClause, type GrammarEnv, parseClause, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import type {Request} from '../../../src/netlink/message.js';
import {kindUsage} from '../../../src/ops/kinds/kind.js';
import {findKind} from '../../../src/ops/kinds/table.js';
import {addLink, changeProperties, deleteLink, linkEnv, linkVerbs, setLink} from '../../../src/ops/link.js';
import {linkOptions} from '../../../src/ops/linkSpec.js';
import type {LinkEnv} from '../../../src/ops/linkValues.js';
import type {IpSession} from '../../../src/ops/session.js';
import {type LinkRequest, linkMessage} from '../../../src/rtnetlink/link/schema.js';
import {encode, toHex} from '../rtnetlink/wire.js';

const names = new Names();
const indexes: Readonly<Record<string, number>> = {lo: 1, eth1: 2, eth0: 3, br0: 4, vx: 5, mv: 6};

/** What a command line sends and tells. */
function run(words: readonly string[]): {readonly sent: Request[]; readonly told: string} {
  const sent: Request[] = [];
  let told = '';
  const session = {
    io: {err: (text: string) => (told += text), argv0: 'ip'},
    options: {family: 0},
    names,
    links: {index: (name: string) => indexes[name] ?? 0, drop: () => {}},
    connection: () => ({
      request: (request: Request) => sent.push(request),
      get: () => ({address: new Uint8Array(6)}),
    }),
  } as unknown as IpSession;
  const env = linkEnv(session, () => {});
  const command = parseVerbs(linkVerbs, new Cursor(words), env);
  switch (command.verb) {
    case 'add':
    case 'replace':
      addLink(command.spec, session, env, command.verb === 'add');
      break;
    case 'set':
      setLink(command.spec, session, env);
      break;
    case 'delete':
      deleteLink(command.spec, session, env);
      break;
    case 'property':
      changeProperties(command.spec.words ?? [], session, env);
  }
  return {sent, told};
}

/** Words of a wire line; `alias` at its end has an empty value. */
function wordsOf(line: string): string[] {
  const words = line.split(' ').slice(2);
  return line.endsWith(' alias') ? [...words, ''] : words;
}

function refusal(line: string): string {
  try {
    run(line.split(' '));
  } catch (error) {
    if (error instanceof UsageError) return `${error.status} ${error.lines.join('|')}`;
    throw error;
  }
  return '0';
}

describe('requests are those of the reference', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../wire/link.txt'), 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (!line.startsWith('ip ')) return;
    const [type, flags, ...body] = (lines[i + 1] as string).trim().split(/\s+/);
    test(line, () => {
      const [request] = run(wordsOf(line)).sent;
      expect(request?.type).toBe(Number(type));
      expect((request?.flags ?? 0) | 0x5).toBe(Number(flags));
      expect(toHex(encode(linkMessage, request?.body as LinkRequest))).toBe(toHex(Buffer.from(body.join(''), 'hex')));
    });
  });
});

describe('refusals', () => {
  test.each([
    ['set', '255 Not enough information: "dev" argument is required.'],
    ['set dev', '255 Command line is not complete. Try option "help"'],
    ['set eth0 eth1', '255 Error: either "dev" is duplicate, or "eth1" is a garbage.'],
    ['set nosuch up', '1 Cannot find device "nosuch"'],
    ['set eth0 mtu x', '255 Error: argument "x" is wrong: Invalid "mtu" value|'],
    ['set eth0 mtu 1 mtu 2', '255 Error: duplicate "mtu": "2" is the second value.'],
    ['set eth0 arp maybe', '1 Error: argument of "arp" must be "on" or "off", not "maybe"'],
    ['set eth0 carrier x', '22 Error: argument of "carrier" must be one of "off", "on", not "x"'],
    ['set eth0 address 02:00', '1 Invalid address length 2 - must be 6 bytes'],
    ['set eth0 address zz:00', '1 "zz" is invalid lladdr.'],
    ['set eth0 name a/b', '255 Error: argument "a/b" is wrong: "name" not a valid ifname'],
    ['set eth0 name sixteencharacter', '255 Error: argument "sixteencharacter" is wrong: "name" not a valid ifname'],
    ['set eth0 master nosuch', '255 Error: argument "nosuch" is wrong: Device does not exist|'],
    ['set eth0 netns nosuch', '255 Error: argument "nosuch" is wrong: Invalid "netns" value|'],
    ['set eth0 index 5', /^255 index can be used only when creating devices/],
    ['set eth0 vf 0', '255 Command line is not complete. Try option "help"'],
    ['set eth0 protodown_reason 32 on', '255 Error: argument "32" is wrong: invalid protodown reason|'],
    ['set group 5 type foo bar', '255 Garbage instead of arguments "bar ...". Try "ip link help".'],
    ['set eth0 type foo bar', '1 Garbage instead of arguments "bar ...". Try "ip link help".'],
    ['set nosuch type bridge bogus', '1 Cannot find device "nosuch"'],
    ['set br0 type bridge bogus', /^1 bridge: unknown command "bogus"\?\|Usage: \.\.\. bridge /],
    ['set br0 type bridge stp_state x', '255 Error: argument "x" is wrong: invalid stp_state'],
    ['set eth0 type bridge_slave cost x', '255 Error: argument "x" is wrong: cost is invalid'],
    ['add x0', '1 Not enough information: "type" argument is required'],
    ['add name a dev b type ifb', '255 both "name" and "dev" cannot be used when creating devices.'],
    ['add link nosuch type ifb', '1 Cannot find device "nosuch"'],
    ['add x0 index 0 type ifb', '255 Error: argument "0" is wrong: Invalid "index" value'],
    ['add v0 type veth peer v1 type ifb', '255 Error: duplicate "type": "ifb" is the second value.'],
    ['add v0 type veth bogus', /^1 Usage: \.\.\. veth/],
    ['add vx type vxlan remote 1.2.3.4', '1 vxlan: missing virtual network identifier'],
    ['add vx type vxlan id 5 id 6', '255 Error: either "id" is duplicate, or "6" is a garbage.'],
    ['add mv type macvlan mode turbo', /^1 Error: argument of "mode" must be "private", "vepa", /],
    ['del nosuch', '1 Cannot find device "nosuch"'],
    ['property', /^255 Usage: ip link add/],
    ['property show', '255 Operator required'],
    ['property add altname x', '255 Not enough of information: "dev" argument is required.'],
    ['e', '255 Command "e" is unknown, try "ip link help".'],
  ])('%s', (line, text) => {
    expect(refusal(line)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  test('vxlan tells of a port it leaves to the kernel', () => {
    expect(run('add vx type vxlan id 5'.split(' ')).told).toMatch(/^vxlan: destination port not specified\n/);
  });
});

describe('abbreviations', () => {
  /** What each beginning of a word stands for; words without a line match in full only. */
  test.each([
    ['m br0', 'master br0'],
    ['t 5', 'txqueuelen 5'],
    ['a 02:00:00:00:00:01', 'address 02:00:00:00:00:01'],
    ['al x', 'alias x'],
    ['d on', 'dynamic on'],
    ['n', 'nomaster'],
    ['nu 4', 'numtxqueues 4'],
    ['l eth1', 'link eth1'],
    ['link-netnsi 4', 'link-netnsid 4'],
    ['addrg none', 'addrgenmode none'],
    ['ty bridge m 5', 'type bridge m 5'],
  ])('%s is %s', (short, long) => {
    const env: GrammarEnv = {family: 0, names, program: 'ip'};
    const parse = (line: string) => parseClause(linkOptions, new Cursor(line.split(' ')), env);
    expect(parse(short)).toEqual(parse(long));
  });
});

describe('words', () => {
  test.each([
    'dev eth0 up mtu 1400 txqueuelen 5 alias x',
    'dev eth0 address 02:00:00:00:00:01 broadcast ff:ff:ff:ff:ff:ff arp off promisc on',
    'dev eth0 vf 0 vlan 5 qos 3 proto 802.1ad trust on',
    'dev eth0 protodown_reason 3 on addrgenmode stable_secret mode dormant',
    'dev v0 index 5 type veth peer name v1 up',
  ])('%s comes back as it was', line => {
    const env: GrammarEnv = {family: 0, names, program: 'ip'};
    const spec = parseClause(linkOptions, new Cursor(line.split(' ')), env);
    const again = formatClause(linkOptions, spec, env);
    expect(parseClause(linkOptions, new Cursor(again), env)).toEqual(spec);
  });

  test('a rate of a virtual function leaves the other one as it is', () => {
    const env: LinkEnv = {
      family: 0,
      names,
      program: 'ip',
      vfRates: (dev, vf) => (dev === 'eth0' && vf === 3 ? {minTxRate: 5, maxTxRate: 70} : undefined),
    };
    const rates = (line: string) => parseClause(linkOptions, new Cursor(line.split(' ')), env).vfs?.[0]?.options;
    expect(rates('dev eth0 vf 3 max_tx_rate 60')).toEqual({minTxRate: 5, maxTxRate: 60});
    expect(rates('dev eth0 vf 3 min_tx_rate 8')).toEqual({minTxRate: 8, maxTxRate: 70});
    expect(rates('dev eth0 vf 4 min_tx_rate 8')).toEqual({minTxRate: 8});
    expect(rates('dev eth0 vf 3 min_tx_rate 8 max_tx_rate 9')).toEqual({minTxRate: 8, maxTxRate: 9});
  });

  test('the usage of a kind names every option', () => {
    const bridge = findKind('bridge');
    if (bridge === undefined) throw new Error('no bridge');
    const usage = kindUsage(bridge).join(' ');
    for (const word of ['stp_state', 'mcast_startup_query_interval', 'no_linklocal_learn', 'fdb_flush']) {
      expect(usage).toContain(word);
    }
  });
});
