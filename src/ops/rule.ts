import {refuse} from '../grammar/errors.js';
import {
  type ClauseOptions,
  clause,
  exact,
  flag,
  type GrammarEnv,
  keyword,
  type Parsed,
  prefix,
  rest,
  verb,
  verbs,
} from '../grammar/grammar.js';
import {protocolName, uint, uint64} from '../grammar/values.js';
import {AF_INET} from '../rtnetlink/constants.js';
import {free, ipProtocol, orAll, tosFilter} from './routeSelector.js';
import {
  anyDevice,
  dscp,
  flowLabel,
  mark,
  natAddress,
  portRange,
  ruleAction,
  ruleRealms,
  ruleTable,
  suppressGroup,
  tableSelector,
  uidRange,
} from './ruleValues.js';

/** What `add` and `del` take alike: SELECTOR and ACTION of ip-rule(8), in the reference's match order. */
const terms = () => ({
  not: flag('not'),
  from: keyword('from', free),
  to: keyword('to', free),
  priority: keyword('preference', priority(), {match: 'prefix', as: ['order', 'priority']}),
  tos: keyword('tos', tosFilter, {as: [prefix('dsfield')]}),
  fwmark: keyword('fwmark', mark),
  flow: keyword('realms', ruleRealms, {match: 'prefix'}),
  protocol: keyword('protocol', protocolName, {match: 'prefix'}),
  tunId: keyword('tun_id', uint64(), {match: 'prefix'}),
  table: keyword('table', ruleTable, {match: 'prefix', as: [exact('lookup')]}),
  suppressPrefixlen: keyword(
    'suppress_prefixlength',
    uint(0x7fffffff, {text: 'suppress_prefixlength value is invalid\n'}),
    {match: 'prefix', as: [exact('sup_pl')]},
  ),
  suppressIfgroup: keyword('suppress_ifgroup', suppressGroup, {match: 'prefix', as: [exact('sup_group')]}),
  iifname: keyword('iif', anyDevice('"iif"/"dev"'), {as: ['dev']}),
  oifname: keyword('oif', anyDevice('"oif"')),
  l3mdev: flag('l3mdev'),
  uidRange: keyword('uidrange', uidRange),
  nat: keyword('nat', natAddress, {as: [prefix('map-to')], duplicate: 'move'}),
  ipProto: keyword('ipproto', ipProtocol),
  sportRange: keyword('sport', portRange('port')),
  dportRange: keyword('dport', portRange('dport')),
  // Newer than iproute2 6.1: in full only.
  dscp: keyword('dscp', dscp),
  flowlabel: keyword('flowlabel', flowLabel),
  action: rest(ruleAction, {noise: 'type'}),
});

function priority() {
  return uint(0xffffffff, {text: 'preference value is invalid\n'});
}

/** The reference wants words, whichever. */
function notEmpty(name: string): ClauseOptions {
  return {
    begin(cursor) {
      if (cursor.done) throw refuse(`"ip rule ${name}" requires arguments.`, 1);
    },
  };
}

const added = clause(terms, notEmpty('add'));
const deleted = clause(terms, notEmpty('del'));

/** Rules are listed by family, IPv4 ones unless told otherwise; a new rule may have prefixes of either. */
function settleFamily(_cursor: unknown, env: GrammarEnv): void {
  if (env.family === 0) env.family = AF_INET;
}

/** Selector of `show` and `flush`, in the reference's match order. */
export const ruleSelector = clause(
  () => ({
    priority: keyword('preference', priority(), {match: 'prefix', as: ['order', 'priority']}),
    not: flag('not'),
    tos: keyword('tos', tosFilter, {as: ['dsfield']}),
    fwmark: keyword('fwmark', mark),
    iifname: keyword('iif', anyDevice('"iif"/"dev"'), {as: ['dev']}),
    oifname: keyword('oif', anyDevice('"oif"')),
    l3mdev: flag('l3mdev'),
    uidRange: keyword('uidrange', uidRange),
    tunId: keyword('tun_id', uint64(), {match: 'prefix'}),
    table: keyword('lookup', tableSelector, {match: 'prefix', as: ['table']}),
    from: keyword('from', free, {match: 'prefix', as: ['src']}),
    protocol: keyword('protocol', orAll('protocol', 'RTPROTO'), {match: 'prefix'}),
    ipProto: keyword('ipproto', ipProtocol),
    sportRange: keyword('sport', portRange('port')),
    dportRange: keyword('dport', portRange('dport')),
    // Newer than iproute2 6.1: in full only.
    dscp: keyword('dscp', dscp),
    flowlabel: keyword('flowlabel', flowLabel),
    dst: keyword('dst', free, {match: 'prefix'}),
    to: rest(free, {noise: 'to', help: false}),
  }),
  {begin: settleFamily},
);

/** What the user said about one rule. */
export type RuleSpec = Parsed<typeof added>;
/** What the user said about the rules to show or flush. */
export type RuleSelector = Parsed<typeof ruleSelector>;

const wordless = clause(
  {},
  {
    begin(cursor, env) {
      settleFamily(cursor, env);
      if (!cursor.done) throw refuse('"ip rule save" does not take any arguments.', 1);
    },
  },
);

/** Verbs of `ip rule` and `ip mrule`, in the reference's match order. */
export const ruleVerbs = verbs(
  'rule',
  [
    verb('show', ruleSelector, {as: ['list', 'lst']}),
    verb('save', wordless),
    verb('restore', clause({})),
    verb('add', added),
    verb('delete', deleted),
    verb('flush', ruleSelector),
  ],
  {whenAbsent: 'show'},
);
