import {duplicate, refuse, wrong} from '../grammar/errors.js';
import {formatClause} from '../grammar/format.js';
import {
  type Clause,
  clause,
  flag,
  keyword,
  type Parsed,
  repeat,
  type SpecBag,
  type Terms,
  type ValueType,
  verb,
  verbs,
  word,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {parseInto} from '../grammar/parse.js';
import {words as oneOf, text} from '../grammar/values.js';
import {
  policyActions,
  policyDefaults,
  policyDirections,
  policyFlags,
  policyTypes,
} from '../rtnetlink/xfrm/constants.js';
import {words} from './deviceValue.js';
import {filterSelector, selector} from './xfrmSelector.js';
import {policyUsage} from './xfrmUsage.js';
import {flagList, type IdSpec, idOfTemplate, limits, mark, mode, number, twice, unknown} from './xfrmValues.js';

const direction = oneOf(policyDirections, {label: 'DIR', text: 'DIR value is invalid'});
const dir = () => keyword('dir', direction, {duplicate: twice});
const index = (options = {}) => keyword('index', number('INDEX', 'INDEX value is invalid'), options);
const ptype = () =>
  keyword('ptype', oneOf(policyTypes, {label: 'PTYPE', text: 'PTYPE value is invalid'}), {duplicate: twice});
const action = () => keyword('action', oneOf(policyActions, {label: 'ACTION', text: 'ACTION value is invalid\n'}));
const priority = () => keyword('priority', number('PRIORITY', 'PRIORITY value is invalid'));
const flags = () => keyword('flag', flagList(policyFlags, 0xff, 'FLAG value is invalid'));
const context = () => keyword('ctx', text('CTX'), {duplicate: twice});
const ifId = () => keyword('if_id', number('IF_ID', 'IF_ID value is invalid'));

const templateWords = clause(() => ({
  mode: keyword('mode', mode),
  reqid: keyword('reqid', number('REQID', 'REQID value is invalid')),
  optional: keyword('level', oneOf({required: 0, use: 1}, {label: 'LEVEL', text: 'LEVEL value is invalid\n'})),
}));

/** How packets are to be transformed, as words say it. */
export type TemplateSpec = Parsed<typeof templateWords> & {readonly id?: IdSpec};

/** Words of a template; the ID in it stands together and once. */
const template: ValueType<TemplateSpec> = {
  label: 'TMPL',
  parse(cursor, keyword, env) {
    const spec: SpecBag = {};
    if (cursor.done) cursor.next();
    const read = (): void => parseInto(templateWords as unknown as Clause<Terms>, cursor, env, spec);
    read();
    if (cursor.done) return spec;
    spec.id = idOfTemplate.parse(cursor, keyword, env, spec);
    read();
    return spec;
  },
  format: ({id, ...spec}, env) => [
    ...(id === undefined ? [] : idOfTemplate.format(id, env)),
    ...formatClause(templateWords, spec, env),
  ],
};

const NEEDS_DIRECTION = 'Not enough information: DIR is required.';

/** Words of `add` and `update`. */
const changed = clause(
  () => ({
    dir: dir(),
    ctx: context(),
    mark: keyword('mark', mark),
    index: index(),
    ptype: ptype(),
    action: action(),
    priority: priority(),
    flags: flags(),
    limits,
    tmpl: repeat('tmpl', template),
    ifId: ifId(),
    selector: word(selector, {duplicate: name => duplicate('unknown', name)}),
  }),
  {
    finish(spec) {
      if (spec.dir === undefined) throw refuse(NEEDS_DIRECTION, 1);
      const {tmpl} = spec;
      if (tmpl === undefined) return;
      // Written back behind all others: a template takes what follows for its own.
      delete spec.tmpl;
      spec.tmpl = tmpl;
    },
  },
);

/** What `add` and `update` say. */
export type PolicySpec = Parsed<typeof changed>;

/** Words of `get` and `delete`. */
const named = clause(
  () => ({
    dir: dir(),
    ctx: context(),
    mark: keyword('mark', mark),
    index: index({duplicate: twice}),
    ptype: ptype(),
    ifId: ifId(),
    selector: word(filterSelector, {duplicate: unknown}),
  }),
  {
    finish({dir, index, selector}) {
      if (dir === undefined) throw refuse(NEEDS_DIRECTION, 1);
      if (index !== undefined && selector !== undefined) {
        throw refuse('Error: either "SELECTOR" is duplicate, or "INDEX" is a garbage.');
      }
      if (index === undefined && selector === undefined) {
        throw refuse('Not enough information: either SELECTOR or INDEX is required.', 1);
      }
    },
  },
);

/** Words that name one policy. */
export type PolicyName = Parsed<typeof named>;

const filtered = clause(() => ({
  nosock: flag('nosock'),
  dir: keyword('dir', direction),
  index: index(),
  ptype: keyword('ptype', oneOf(policyTypes, {label: 'PTYPE', text: 'PTYPE value is invalid'})),
  action: action(),
  priority: priority(),
  flags: flags(),
  selector: word(filterSelector, {duplicate: unknown}),
}));

/** Which policies are shown or deleted. */
export type PolicyFilter = Parsed<typeof filtered>;

const flushed = clause(() => ({ptype: ptype()}), {unknown});

/** Bits of both addresses that a policy must have to be found by a hash. */
interface Threshold {
  readonly lbits: number;
  readonly rbits: number;
}

function threshold(name: string, max: number) {
  const value: ValueType<Threshold> = {
    label: 'LBITS RBITS',
    parse(cursor) {
      const bits = (what: string): number => {
        const given = cursor.next();
        const found = unsigned(given, max);
        if (found === undefined) throw wrong(given, `${name} ${what} value is invalid`);
        return found;
      };
      return {lbits: bits('LBITS'), rbits: bits('RBITS')};
    },
    format: ({lbits, rbits}) => [String(lbits), String(rbits)],
  };
  return keyword(name, value, {duplicate: twice});
}

const tableWords = clause(() => ({ipv4Hthresh: threshold('hthresh4', 32), ipv6Hthresh: threshold('hthresh6', 128)}), {
  unknown,
});

/** Settings of the table of policies. */
export type PolicyTableSpec = Parsed<typeof tableWords>;

const defaultOf = (name: string) =>
  keyword(name, oneOf(policyDefaults, {label: 'ACTION', text: `${name} policy value is invalid`}), {duplicate: twice});

const defaults = clause(() => ({in: defaultOf('in'), fwd: defaultOf('fwd'), out: defaultOf('out')}), {
  unknown: name => wrong(name, 'unknown direction'),
});

/** What happens to packets without a policy. */
export type PolicyDefaults = Parsed<typeof defaults>;

/** Verbs of `ip xfrm policy`, in match order. */
export const xfrmPolicyVerbs = verbs(
  'xfrm policy',
  [
    verb('add', changed),
    verb('update', changed),
    verb('delete', named),
    verb('deleteall', filtered, {as: ['delall']}),
    verb('list', filtered, {as: ['show', 'lst']}),
    verb('get', named),
    verb('flush', flushed),
    verb('count', words),
    verb('set', tableWords),
    verb('setdefault', defaults),
    verb('getdefault', words),
    verb('help', words),
  ],
  {whenAbsent: 'list', usage: policyUsage},
);
