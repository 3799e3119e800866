import {refuse} from '../../grammar/errors.js';
import {choice, clause, flag, keyword, type SpecBag} from '../../grammar/grammar.js';
import {erspanData, erspanTerms, greFlowData, greFlowTerms, greKinds} from './greFlow.js';
import type {KindContext, LinkKind} from './kind.js';
import {encapData, encapTerms, endpoint, fwmark, lowerDevice, setAddresses, tos, ttlOf} from './tunnel.js';
import {option} from './values.js';

const AF_INET = 2;

/** Options of a GRE tunnel over IPv4, in match order. */
const terms = () => ({
  ...greFlowTerms(),
  remote: option('remote', endpoint(AF_INET)),
  local: option('local', endpoint(AF_INET)),
  dev: option('dev', lowerDevice),
  ttl: option('ttl', ttlOf('invalid TTL'), ['hoplimit', 'hlim']),
  tos: option('tos', tos, ['tclass', 'dsfield']),
  pmtudisc: choice({pmtudisc: 1, nopmtudisc: 0}, {match: 'prefix'}),
  ignoreDf: choice({'ignore-df': 1, 'noignore-df': 0}),
  external: flag('external'),
  fwmark: keyword('fwmark', fwmark),
  ...encapTerms(),
});

function isMulticast(address: number): boolean {
  return address >>> 28 === 14;
}

function data(spec: SpecBag, context: KindContext, isErspan: boolean): SpecBag {
  const {old} = context;
  const local = spec.local ?? old.local;
  const remote = spec.remote ?? old.remote;
  const group = remote !== undefined && isMulticast(remote.a) ? remote.a >>> 0 : undefined;
  if (group !== undefined && (local === undefined || local.isUnspecified)) {
    throw refuse('A broadcast tunnel requires a source address.', 1);
  }
  if (spec.external === true || old.collectMetadata === true) return {collectMetadata: true};
  const attributes = greFlowData(spec, old, group);
  setAddresses(attributes, local, remote);
  attributes.pmtudisc = spec.pmtudisc ?? old.pmtudisc ?? 1;
  const ignoreDf = spec.ignoreDf ?? old.ignoreDf;
  if (ignoreDf !== undefined) attributes.ignoreDf = ignoreDf;
  attributes.tos = spec.tos ?? old.tos ?? 0;
  const link = spec.dev === undefined ? old.link : context.indexOf(spec.dev);
  if (link !== undefined && link !== 0) attributes.link = link;
  attributes.ttl = spec.ttl ?? old.ttl ?? 0;
  attributes.fwmark = spec.fwmark ?? old.fwmark ?? 0;
  if (isErspan) Object.assign(attributes, erspanData(spec, old));
  return Object.assign(attributes, encapData(spec, old, 0));
}

function make(name: string): LinkKind {
  const isErspan = name === 'erspan';
  return {
    name,
    options: clause(() => (isErspan ? {...terms(), ...erspanTerms()} : terms())),
    keeps: greKinds,
    data: (spec, context) => data(spec, context, isErspan),
  };
}

/** `type gre`. */
export const gre = (): LinkKind => make('gre');
/** `type gretap`. */
export const gretap = (): LinkKind => make('gretap');
/** `type erspan`. */
export const erspan = (): LinkKind => make('erspan');
