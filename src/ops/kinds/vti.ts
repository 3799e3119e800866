import {clause, keyword, type SpecBag} from '../../grammar/grammar.js';
import type {KindContext, LinkKind} from './kind.js';
import {endpoint, fwmark, lowerDevice, setAddresses, tunnelKey} from './tunnel.js';
import {option} from './values.js';

const moves = {match: 'prefix', duplicate: 'move'} as const;

/** Options of a tunnel for IPsec, in match order. */
const terms = (family: number) => ({
  key: keyword('key', tunnelKey, moves),
  ikey: keyword('ikey', tunnelKey, moves),
  okey: keyword('okey', tunnelKey, moves),
  remote: option('remote', endpoint(family)),
  local: option('local', endpoint(family)),
  dev: option('dev', lowerDevice),
  fwmark: keyword('fwmark', fwmark),
});

function data(spec: SpecBag, context: KindContext): SpecBag {
  const {old} = context;
  const attributes: SpecBag = {ikey: old.ikey ?? 0, okey: old.okey ?? 0};
  for (const [word, value] of Object.entries(spec)) {
    if (word === 'key' || word === 'ikey') attributes.ikey = value;
    if (word === 'key' || word === 'okey') attributes.okey = value;
  }
  setAddresses(attributes, spec.local ?? old.local, spec.remote ?? old.remote);
  attributes.fwmark = spec.fwmark ?? old.fwmark ?? 0;
  const link = spec.dev === undefined ? old.link : context.indexOf(spec.dev);
  if (link !== undefined && link !== 0) attributes.link = link;
  return attributes;
}

function make(name: string, family: number): LinkKind {
  return {name, options: clause(() => terms(family)), keeps: ['vti', 'vti6'], data};
}

/** `type vti`. */
export const vti = (): LinkKind => make('vti', 2);
/** `type vti6`. */
export const vti6 = (): LinkKind => make('vti6', 10);
