import {clause, exact, flag, keyword, prefix, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {words} from '../../grammar/values.js';
import type {KindContext, LinkKind} from './kind.js';
import {either, encapData, encapTerms, endpoint, lowerDevice, setAddresses, ttlOf} from './tunnel.js';
import {CSUM6, ip6Data, ip6Terms, ip6Values} from './tunnelIp6.js';

const AF_INET6 = 10;

/** What is carried, by word: IPPROTO_* or 0 for all. Source: uapi linux/in.h. */
const modes: Readonly<Record<string, number>> = {
  ip6ip6: 41,
  'ipv6/ipv6': 41,
  ipip6: 4,
  ip4ip6: 4,
  'ip/ipv6': 4,
  'ipv4/ipv6': 4,
  any: 0,
  'any/ipv6': 0,
};

/** The reference takes what is no limit for 0. */
const limit: ValueType<number> = {
  label: 'ELIM',
  parse: cursor => unsigned(cursor.next(), 0xff) ?? 0,
  format: value => [String(value)],
};

/** Options of a tunnel over IPv6, in match order. */
const options = clause(() => ({
  mode: keyword('mode', words(modes, {text: 'Cannot guess tunnel mode.'})),
  remote: keyword('remote', endpoint(AF_INET6)),
  local: keyword('local', endpoint(AF_INET6)),
  dev: keyword('dev', lowerDevice, {match: 'prefix'}),
  ttl: keyword('ttl', ttlOf('invalid HLIM'), {as: ['hoplimit', 'hlim']}),
  encaplimit: keyword('encaplimit', either<number | 'none'>('none', 'none', limit)),
  tclass: keyword('tclass', ip6Values.tclass, {as: [exact('tc'), exact('tos'), prefix('dsfield')]}),
  flowlabel: keyword('flowlabel', ip6Values.flowlabel, {as: [exact('fl')]}),
  ...ip6Terms(),
  external: flag('external'),
  ...encapTerms(),
}));

/** The reference does not keep what `encap` set. */
function data(spec: SpecBag, context: KindContext): SpecBag {
  const {old} = context;
  const attributes: SpecBag = {proto: spec.mode ?? old.proto ?? 0};
  if (spec.external === true || old.collectMetadata === true) return {...attributes, collectMetadata: true};
  setAddresses(attributes, spec.local ?? old.local, spec.remote ?? old.remote);
  const {fwmark, ...rest} = ip6Data(spec, old);
  const link = spec.dev === undefined ? (old.link ?? 0) : context.indexOf(spec.dev);
  return Object.assign(attributes, rest, {link, fwmark}, encapData(spec, {}, CSUM6));
}

/** `type ip6tnl`. */
export const ip6tnl = (): LinkKind => ({name: 'ip6tnl', options, keeps: ['ip6tnl'], data});
