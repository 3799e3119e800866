import {garbage, refuse} from '../grammar/errors.js';
import {
  choice,
  clause,
  exact,
  flag,
  help,
  keyword,
  type Parsed,
  repeat,
  rest,
  type ValueType,
} from '../grammar/grammar.js';
import {group, text, uint} from '../grammar/values.js';
import {
  addrGenMode,
  alias,
  anyName,
  type LinkEnv,
  linkMode,
  lladdr,
  newIndex,
  newName,
  offOn,
  onOff,
  operState,
  protoDownReason,
  s32,
  u32,
  xdpOff,
} from './linkValues.js';
import {vf} from './linkVf.js';
import {masterName} from './master.js';

/** `type KIND ARGS`: the kind takes all words that are left, and reads them after the device is looked up. */
export interface LinkType {
  readonly kind: string;
  readonly words: readonly string[];
}

const linkType: ValueType<LinkType> = {
  label: 'TYPE [ ARGS ]',
  parse: cursor => ({kind: cursor.next(), words: cursor.rest()}),
  format: value => [value.kind, ...value.words],
};

/** The device. Behind `vf` a new name has become one. */
const oneName: ValueType<string> = {
  ...anyName,
  parse(cursor, keyword, env, spec) {
    const word = cursor.peek() ?? '';
    if (spec.name !== undefined && spec.vfs !== undefined) throw secondDevice(word);
    return anyName.parse(cursor, keyword, env, spec);
  },
};

/** Namespace by name, path or process; it is looked up at once. */
const netns: ValueType<string> = {
  ...text('{ PID | NAME }', 'netns'),
  parse(cursor, _keyword, env: LinkEnv) {
    const name = cursor.next();
    env.checkNetns?.(name);
    return name;
  },
};

/** The same for the namespace of the lower device, which needs a name. */
const linkNetns: ValueType<string> = {
  ...netns,
  parse(cursor, _keyword, env: LinkEnv) {
    const name = cursor.next();
    env.checkLinkNetns?.(name);
    return name;
  },
};

/**
 * Options of `ip link add`, `set` and `del`, and of the peer of a veth pair. The order is the match order of the
 * reference: `m` is master, `t` txqueuelen, `a` address, `d` dynamic.
 */
export const linkOptions = clause({
  up: choice({up: true, down: false}),
  name: keyword('name', newName, {duplicate: 'error'}),
  index: keyword('index', newIndex, {duplicate: 'error'}),
  link: keyword('link', text('DEVICE', 'device'), {match: 'prefix'}),
  address: keyword('address', lladdr, {match: 'prefix'}),
  broadcast: keyword('broadcast', lladdr, {match: 'prefix', as: ['brd']}),
  txqlen: keyword('txqueuelen', s32, {match: 'prefix', as: [exact('qlen'), 'txqlen'], duplicate: 'error'}),
  mtu: keyword('mtu', s32, {duplicate: 'error'}),
  xdp: keyword('xdp', xdpOff(false)),
  xdpGeneric: keyword('xdpgeneric', xdpOff(false)),
  xdpDrv: keyword('xdpdrv', xdpOff(false)),
  xdpOffload: keyword('xdpoffload', xdpOff(true)),
  netns: keyword('netns', netns, {duplicate: 'error'}),
  multicast: keyword('multicast', onOff),
  allmulticast: keyword('allmulticast', onOff),
  promisc: keyword('promisc', onOff),
  trailers: keyword('trailers', onOff),
  arp: keyword('arp', onOff),
  carrier: keyword('carrier', offOn(22)),
  vfs: repeat('vf', vf),
  master: keyword('master', masterName('DEVICE', false), {match: 'prefix'}),
  vrf: keyword('vrf', masterName('NAME', true)),
  nomaster: flag('nomaster', {match: 'prefix'}),
  dynamic: keyword('dynamic', onOff, {match: 'prefix'}),
  type: keyword('type', linkType, {match: 'prefix', duplicate: 'error'}),
  alias: keyword('alias', alias, {match: 'prefix'}),
  group: keyword('group', group, {duplicate: 'error'}),
  linkmode: keyword('mode', linkMode),
  operstate: keyword('state', operState),
  numTxQueues: keyword('numtxqueues', s32, {match: 'prefix', duplicate: 'error'}),
  numRxQueues: keyword('numrxqueues', s32, {match: 'prefix', duplicate: 'error'}),
  addrGenMode: keyword('addrgenmode', addrGenMode, {match: 'prefix'}),
  linkNetns: keyword('link-netns', onlyNetns(linkNetns), {match: 'prefix'}),
  linkNetnsid: keyword('link-netnsid', onlyNetns(s32), {match: 'prefix'}),
  protoDown: keyword('protodown', offOn(22)),
  protoDownReason: repeat('protodown_reason', protoDownReason),
  gsoMaxSize: keyword('gso_max_size', u32),
  gsoMaxSegs: keyword('gso_max_segs', uint(0xffff, {text: 'Invalid "gso_max_segs" value\n'})),
  groMaxSize: keyword('gro_max_size', u32),
  // Newer than iproute2 6.1.
  gsoIpv4MaxSize: keyword('gso_ipv4_max_size', u32),
  groIpv4MaxSize: keyword('gro_ipv4_max_size', u32),
  parentDev: keyword('parentdev', text('NAME')),
  help: help(),
  dev: rest(oneName, {noise: 'dev', duplicate: secondDevice, help: 'alone'}),
});

/** What the words of `ip link add`, `set` and `del` say, in their order. */
export type LinkSpec = Parsed<typeof linkOptions>;

function secondDevice(word: string): Error {
  return garbage('dev', word);
}

/** Either word names the namespace of the lower device, and only once. */
function onlyNetns<V>(value: ValueType<V>): ValueType<V> {
  return {
    ...value,
    parse(cursor, word, env, spec) {
      if ('linkNetns' in spec || 'linkNetnsid' in spec) {
        throw refuse(`Error: duplicate "link-netns/link-netnsid": "${cursor.next()}" is the second value.`);
      }
      return value.parse(cursor, word, env, spec);
    },
  };
}
