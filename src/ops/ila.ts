import type {UsageError} from '../errors.js';
import {genericHeader, NETLINK_GENERIC} from '../genetlink/controller.js';
import {refuse, usageError} from '../grammar/errors.js';
import {clause, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {words} from '../grammar/values.js';
import {type Decoded, message} from '../netlink/schema.js';
import {formatLocator, ilaAttributes, ilaCsumModes, ilaIdentWords, parseLocator} from '../rtnetlink/ila.js';
import {words as anyWords, checkedDevice} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import type {IpSession} from './session.js';

/** Source: uapi linux/ila.h, ILA_CMD_*. */
const ILA_CMD_ADD = 1;
const ILA_CMD_DEL = 2;
const ILA_CMD_GET = 3;

/** A mapping of locators. Here because routes have the same attributes, which genetlink may not import. */
export const ilaMessage = message('ila', genericHeader, ilaAttributes, {protocol: NETLINK_GENERIC});
/** A mapping of locators. */
export type Ila = Decoded<typeof ilaMessage>;

/**
 * A mistake, told with the reference's text. The reference sends a request without attributes all the same, which the
 * kernel mostly refuses; hence the status.
 */
function bad(text: string): UsageError {
  return refuse(text, 2);
}

function locator(what: string): ValueType<bigint> {
  return {
    label: 'LOCATOR',
    parse(cursor) {
      const word = cursor.next();
      const value = parseLocator(word);
      if (value === undefined) throw bad(`Bad ${what}: ${word}`);
      return value;
    },
    format: value => [formatLocator(value)],
  };
}

/** One of some words. */
function oneOf(what: string, table: Readonly<Record<string, number>>): ValueType<number> {
  return {
    ...words(table),
    parse(cursor) {
      const word = cursor.peek() ?? '';
      const found = Object.hasOwn(table, word) ? table[word] : undefined;
      if (found === undefined) throw bad(`Bad ${what}: ${word}`);
      cursor.next();
      return found;
    },
  };
}

const prefix = {match: 'prefix'} as const;
const mapping = clause(
  () => ({
    locator: keyword('loc', locator('locator'), prefix),
    locatorMatch: keyword('loc_match', locator('locator to match'), prefix),
    csumMode: keyword('csum-mode', oneOf('csum-mode', ilaCsumModes), prefix),
    identType: keyword('ident-type', oneOf('ident-type', ilaIdentWords), prefix),
    dev: keyword('dev', checkedDevice, prefix),
  }),
  {unknown: (_word, env) => usageError(env.usage?.() ?? [])},
);

/** Verbs of `ip ila`, in match order. */
export const ilaVerbs = verbs('ila', [
  verb('add', mapping),
  verb('delete', mapping),
  verb('list', anyWords, {as: ['show', 'lst']}),
]);

/** What the user said about a mapping. */
export type IlaSpec = Parsed<typeof mapping>;

/** The family, which is asked for before words are read. @throws {UsageError} where the kernel has none */
export function openIla(session: IpSession): GenericFamily<typeof ilaMessage> {
  return new GenericFamily('ila', ilaMessage, session);
}

/**
 * `ip ila add` and `del`.
 * @throws {UsageError} for a new mapping without locators
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeIla(
  name: 'add' | 'delete',
  {locatorMatch, locator, dev, ...rest}: IlaSpec,
  family: GenericFamily<typeof ilaMessage>,
  session: IpSession,
): void {
  const isNew = name === 'add';
  if (isNew && locator === undefined) throw bad('ila: missing locator');
  if (isNew && locatorMatch === undefined) throw bad('ila: missing locator0match');
  const ifindex = dev === undefined ? undefined : session.links.index(dev);
  const body = {locatorMatch, locator, ifindex, ...rest};
  family.connection.request(family.request(isNew ? ILA_CMD_ADD : ILA_CMD_DEL, body));
}

/** All mappings, in the kernel's order. */
export function eachIla(family: GenericFamily<typeof ilaMessage>, take: (row: Ila) => void): void {
  family.dump(ILA_CMD_GET, take);
}
