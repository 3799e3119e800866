import {IpAddress} from '../../addr/ip.js';
import type {ParsedPrefix} from '../../addr/iproute.js';
import {refuse} from '../../grammar/errors.js';
import {choice, clause, exact, flag, keyword, prefix, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {formatPrefix, prefixOf, words} from '../../grammar/values.js';
import type {KindContext, LinkKind} from './kind.js';
import {encapData, encapTerms, endpoint, fwmark, lowerDevice, setAddresses, tos, ttlOf} from './tunnel.js';

const AF_INET = 2;
const AF_INET6 = 10;

/** What is carried, by word: IPPROTO_* or 0 for all. Source: uapi linux/in.h. */
const IPIP = {ipip: 4, ip4ip4: 4, 'ipv4/ipv4': 4};
const IP6IP = {ip6ip: 41, 'ipv6/ipv4': 41};
const MPLSIP = {mplsip: 137, 'mpls/ipv4': 137};
const ANY = {any: 0, 'any/ipv4': 0};
const modes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ipip: {...IPIP, ...MPLSIP, ...ANY},
  sit: {...IP6IP, ...IPIP, ...MPLSIP, ...ANY},
};
/** Kinds with the same options. */
const KINDS = ['ipip', 'sit'];
/** Source: uapi linux/if_tunnel.h. */
const SIT_ISATAP = 1;

function prefixValue(family: number): ValueType<ParsedPrefix> {
  return {
    label: 'PREFIX',
    complete: 'prefix',
    parse: cursor => prefixOf(cursor.next(), family),
    format: value => [formatPrefix(value)],
  };
}

/** Options of an ipip or sit tunnel, in match order. */
const terms = (name: string) => ({
  remote: keyword('remote', endpoint(AF_INET)),
  local: keyword('local', endpoint(AF_INET)),
  dev: keyword('dev', lowerDevice, {match: 'prefix'}),
  ttl: keyword('ttl', ttlOf('invalid TTL'), {as: ['hoplimit', 'hlim']}),
  tos: keyword('tos', tos, {as: [exact('tclass'), exact('tc'), prefix('dsfield')]}),
  pmtudisc: choice({pmtudisc: 1, nopmtudisc: 0}),
  mode: keyword('mode', words(modes[name] ?? {}, {text: 'Cannot guess tunnel mode.'})),
  external: flag('external'),
  fwmark: keyword('fwmark', fwmark),
  sixRdPrefix: keyword('6rd-prefix', prefixValue(AF_INET6), {duplicate: 'move'}),
  sixRdRelayPrefix: keyword('6rd-relay_prefix', prefixValue(AF_INET), {duplicate: 'move'}),
  sixRdReset: flag('6rd-reset', {duplicate: 'move'}),
  ...encapTerms(),
});

function data(spec: SpecBag, context: KindContext, isSit: boolean): SpecBag {
  const {old} = context;
  const attributes: SpecBag = {proto: spec.mode ?? old.proto ?? 0};
  const pmtudisc = spec.pmtudisc ?? old.pmtudisc ?? 1;
  const ttl = spec.ttl ?? old.ttl ?? 0;
  if (ttl !== 0 && pmtudisc === 0) throw refuse('ttl != 0 and nopmtudisc are incompatible');
  if (spec.external === true || old.collectMetadata === true) return {...attributes, collectMetadata: true};
  setAddresses(attributes, spec.local ?? old.local, spec.remote ?? old.remote);
  attributes.pmtudisc = pmtudisc;
  attributes.tos = spec.tos ?? old.tos ?? 0;
  attributes.ttl = ttl;
  attributes.link = spec.dev === undefined ? (old.link ?? 0) : context.indexOf(spec.dev);
  attributes.fwmark = spec.fwmark ?? old.fwmark ?? 0;
  Object.assign(attributes, encapData(spec, old, 0));
  return isSit ? Object.assign(attributes, sitData(spec, old)) : attributes;
}

/** ISATAP and IPv6 rapid deployment (RFC 5969), which by default is 6to4's prefix (RFC 3056). */
function sitData(spec: SpecBag, old: SpecBag): SpecBag {
  const attributes: SpecBag = {flags: (old.flags ?? 0) | (spec.isatap === true ? SIT_ISATAP : 0)};
  let {sixRdPrefix, sixRdPrefixlen, sixRdRelayPrefix, sixRdRelayPrefixlen} = old;
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'sixRdPrefix') {
      sixRdPrefix = value.address ?? IpAddress.inet6(0, 0, 0, 0);
      sixRdPrefixlen = value.length;
    } else if (key === 'sixRdRelayPrefix') {
      sixRdRelayPrefix = value.address ?? IpAddress.inet(0);
      sixRdRelayPrefixlen = value.length;
    } else if (key === 'sixRdReset') {
      sixRdPrefix = IpAddress.inet6(0x20020000, 0, 0, 0);
      sixRdPrefixlen = 16;
      sixRdRelayPrefix = IpAddress.inet(0);
      sixRdRelayPrefixlen = 0;
    }
  }
  if (sixRdPrefix !== undefined) Object.assign(attributes, {sixRdPrefix, sixRdPrefixlen});
  if (sixRdRelayPrefix !== undefined) Object.assign(attributes, {sixRdRelayPrefix, sixRdRelayPrefixlen});
  return attributes;
}

/** `type ipip`. */
export const ipip = (): LinkKind => ({
  name: 'ipip',
  options: clause(() => terms('ipip')),
  keeps: KINDS,
  data: (spec, context) => data(spec, context, false),
});

/** `type sit`. */
export const sit = (): LinkKind => ({
  name: 'sit',
  options: clause(() => ({...terms('sit'), isatap: flag('isatap')})),
  keeps: KINDS,
  data: (spec, context) => data(spec, context, true),
});
