import {refuse, usageError, wrong} from '../grammar/errors.js';
import {
  clause,
  exact,
  flag,
  keyword,
  type Parsed,
  prefix,
  repeat,
  rest,
  verb,
  verbs,
  word,
} from '../grammar/grammar.js';
import {
  abbreviated,
  address,
  bit,
  device,
  dsfield,
  prefixValue,
  protocolName,
  realms,
  scopeName,
  tableName,
  text,
  u8,
  u32,
  uint,
} from '../grammar/values.js';
import {encap} from './routeEncap.js';
import {lookup, saved, selector} from './routeSelector.js';
import {
  features,
  gateway,
  legDevice,
  lockable,
  newDestination,
  preference,
  routeType,
  ticks,
  vrfName,
  weight,
} from './routeValues.js';

/** One leg of a multipath route. */
const nexthop = clause(
  () => ({
    via: keyword('via', gateway),
    dev: keyword('dev', legDevice),
    weight: keyword('weight', weight),
    onlink: flag('onlink'),
    flow: keyword('realms', realms, {match: 'prefix'}),
    encap: keyword('encap', encap),
    newdst: keyword('as', newDestination),
  }),
  {
    // The legs are the last the reference reads, when it knows that there is a destination.
    begin(cursor, env, outer) {
      if (outer?.dst === undefined) throw usageError(env.usage?.() ?? []);
      if (outer.dev !== undefined) env.checkDevice?.(outer.dev);
      if (cursor.done) throw refuse('Error: unexpected end of line after "nexthop"');
    },
    unknown: found =>
      found === 'nexthop' ? undefined : refuse(`Error: "nexthop" or end of line is expected instead of "${found}"`),
  },
);

/**
 * NODE_SPEC and INFO_SPEC of ip-route(8), in the reference's match order. RTAX_RTT counts in eighths, RTAX_RTTVAR in
 * quarters of a millisecond, RTAX_RTO_MIN in whole ones.
 */
export const routeOptions = clause(() => {
  const number = lockable(u32);
  return {
    prefsrc: keyword('src', address),
    newdst: keyword('as', newDestination),
    via: keyword('via', gateway, {duplicate: () => wrong('via', 'use nexthop syntax to specify multiple via\n')}),
    from: keyword('from', prefixValue),
    tos: keyword('tos', dsfield, {as: [prefix('dsfield')]}),
    expires: keyword('expires', u32),
    priority: keyword('metric', u32, {match: 'prefix', as: ['priority', exact('preference')]}),
    scope: keyword('scope', scopeName),
    mtu: keyword('mtu', number),
    hoplimit: keyword('hoplimit', lockable(u8)),
    advmss: keyword('advmss', lockable(uint(0xffffffff, {name: 'mss'}))),
    reordering: keyword('reordering', number, {match: 'prefix'}),
    rtt: keyword('rtt', lockable(ticks(8))),
    rtoMin: keyword('rto_min', ticks(1)),
    window: keyword('window', number, {match: 'prefix'}),
    cwnd: keyword('cwnd', number, {match: 'prefix'}),
    initcwnd: keyword('initcwnd', number, {match: 'prefix'}),
    initrwnd: keyword('initrwnd', number, {match: 'prefix'}),
    features: keyword('features', features, {match: 'prefix'}),
    quickack: keyword('quickack', bit, {match: 'prefix'}),
    ccAlgo: keyword('congctl', lockable(text('NAME')), {match: 'prefix'}),
    rttvar: keyword('rttvar', lockable(ticks(4)), {match: 'prefix'}),
    ssthresh: keyword('ssthresh', number, {match: 'prefix'}),
    flow: keyword('realms', realms, {match: 'prefix'}),
    onlink: flag('onlink'),
    nexthops: repeat('nexthop', nexthop),
    nhId: keyword('nhid', uint(0xffffffff, {label: 'ID', name: 'id'})),
    protocol: keyword('protocol', protocolName, {match: 'prefix'}),
    table: keyword('table', tableName, {match: 'prefix'}),
    vrf: keyword('vrf', vrfName, {match: 'prefix'}),
    dev: keyword('dev', device, {as: ['oif']}),
    pref: keyword('pref', preference, {match: 'prefix'}),
    encap: keyword('encap', encap),
    ttlPropagate: keyword('ttl-propagate', abbreviated({enabled: 1, disabled: 0})),
    fastopenNoCookie: keyword('fastopen_no_cookie', bit, {match: 'prefix'}),
    type: word(routeType),
    dst: rest(prefixValue, {noise: 'to', required: true, duplicate: 'garbage', lead: 'type'}),
  };
});

/** What the user said about one route. */
export type RouteSpec = Parsed<typeof routeOptions>;
/** What the user said about one leg. */
export type NexthopSpec = Parsed<typeof nexthop>;
/** A selector of `show` and `flush`. */
export type RouteSelector = Parsed<typeof selector>;
/** What `ip route get` asks. */
export type RouteLookup = Parsed<typeof lookup>;

/** A selector by its terms alone, which a listing without words does not fetch. */
const selection = clause(() => selector.terms);

/** `restore` and `showdump` look at no words. */
const nothing = clause({});

/** Verbs of `ip route`, in the reference's match order. */
export const routeVerbs = verbs(
  'route',
  [
    verb('show', selection, {as: ['list', 'lst']}),
    verb('add', routeOptions),
    verb('change', routeOptions, {as: [exact('chg')]}),
    verb('replace', routeOptions),
    verb('prepend', routeOptions),
    verb('append', routeOptions),
    verb('test', routeOptions),
    verb('delete', routeOptions),
    verb('get', () => lookup),
    verb('flush', selection),
    verb('save', () => saved),
    verb('restore', nothing),
    verb('showdump', nothing),
  ],
  {whenAbsent: 'show'},
);
