import {clause, exact, flag, keyword, type SpecBag} from '../../grammar/grammar.js';
import {erspanData, erspanTerms, greFlowData, greFlowTerms, greKinds} from './greFlow.js';
import type {KindContext, LinkKind} from './kind.js';
import {encapData, encapTerms, endpoint, lowerDevice, setAddresses, ttlOf} from './tunnel.js';
import {CSUM6, ip6Data, ip6Terms, ip6Values} from './tunnelIp6.js';
import {option} from './values.js';

const AF_INET6 = 10;

/** Options of a GRE tunnel over IPv6, in match order. */
const terms = () => ({
  ...greFlowTerms(),
  remote: option('remote', endpoint(AF_INET6)),
  local: option('local', endpoint(AF_INET6)),
  dev: option('dev', lowerDevice),
  ttl: option('ttl', ttlOf('invalid HLIM'), ['hoplimit', 'hlim']),
  tclass: option('tclass', ip6Values.tclass, ['tos', 'dsfield']),
  flowlabel: keyword('flowlabel', ip6Values.flowlabel, {as: [exact('fl')]}),
  encaplimit: keyword('encaplimit', ip6Values.encaplimit),
  ...ip6Terms(),
  external: flag('external'),
  ...encapTerms(),
  ...erspanTerms(),
});

function data(spec: SpecBag, context: KindContext): SpecBag {
  const {old} = context;
  if (spec.external === true || old.collectMetadata === true) return {collectMetadata: true};
  const attributes = greFlowData(spec, old);
  setAddresses(attributes, spec.local ?? old.local, spec.remote ?? old.remote);
  const link = spec.dev === undefined ? old.link : context.indexOf(spec.dev);
  if (link !== undefined && link !== 0) attributes.link = link;
  return Object.assign(attributes, ip6Data(spec, old), erspanData(spec, old), encapData(spec, old, CSUM6));
}

function make(name: string): LinkKind {
  return {name, options: clause(terms), keeps: greKinds, data};
}

/** `type ip6gre`. */
export const ip6gre = (): LinkKind => make('ip6gre');
/** `type ip6gretap`. */
export const ip6gretap = (): LinkKind => make('ip6gretap');
/** `type ip6erspan`. */
export const ip6erspan = (): LinkKind => make('ip6erspan');
