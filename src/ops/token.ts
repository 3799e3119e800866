import {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {UsageError} from '../errors.js';
import {clause, keyword, rest, type ValueType, verb, verbs, word} from '../grammar/grammar.js';
import {formatPrefix, ignored, prefixOf} from '../grammar/values.js';
import {noAddress} from '../netlink/schema.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {type LinkToken, tokenOf, tokenRequests} from '../rtnetlink/link/token.js';
import {checkedDevice} from './deviceValue.js';
import {dumpRefusal} from './refusal.js';
import type {KernelSession} from './session.js';

/** The first of several words counts, the others are passed over. */
function first<V>(value: ValueType<V>, key: string): ValueType<V> {
  return {
    ...value,
    parse(cursor, name, env, spec) {
      if (spec[key] === undefined) return value.parse(cursor, name, env, spec);
      cursor.next();
      return spec[key];
    },
  };
}

/** A token is read as an IPv6 prefix whose length does not count. */
const token: ValueType<ParsedPrefix> = {
  label: 'TOKEN',
  complete: 'address',
  parse: cursor => prefixOf(cursor.next(), AF_INET6),
  format: value => [formatPrefix(value)],
};

/** Any word in the place of a token that is not looked at. */
const anyWord: ValueType<string> = {label: 'TOKEN', parse: cursor => cursor.next(), format: value => [value]};

/** Nothing behind the device is read. */
const lastDevice: ValueType<string> = {
  ...checkedDevice,
  parse(cursor, name, env, spec) {
    const found = checkedDevice.parse(cursor, name, env, spec);
    cursor.rest();
    return found;
  },
};

const selector = clause(() => ({dev: keyword('dev', lastDevice), ignored: word(ignored)}));
const change = clause(() => ({dev: keyword('dev', first(checkedDevice, 'dev')), token: rest(first(token, 'token'))}));
const removal = clause(() => ({dev: keyword('dev', first(checkedDevice, 'dev')), token: rest(anyWord)}));

/** Verbs of `ip token`, in match order. */
export const tokenVerbs = verbs(
  'token',
  [
    verb('list', selector, {as: ['lst', 'show']}),
    verb('set', change, {as: ['add']}),
    verb('get', selector),
    verb('delete', removal),
  ],
  {whenAbsent: 'list'},
);

/**
 * Tokens of all links, or of one, in the kernel's order. Links without neighbour discovery have none.
 * @throws {UsageError} when the kernel refuses
 */
export function eachToken(dev: string | undefined, session: KernelSession, take: (row: LinkToken) => void): void {
  const index = dev === undefined ? 0 : session.links.index(dev);
  try {
    session.connection().dump(tokenRequests.list(), link => {
      if (index !== 0 && link.index !== index) return;
      const row = tokenOf(link);
      if (row !== undefined) take(row);
    });
  } catch (error) {
    throw dumpRefusal(error, 'Dump terminated', 1);
  }
}

/**
 * `ip token set`; `ip token del` without a token.
 * @throws {UsageError} without a device
 * @throws {NetlinkError} when the kernel refuses
 */
export function setToken(dev: string | undefined, token: ParsedPrefix | undefined, session: KernelSession): void {
  if (dev === undefined) throw new UsageError(1, 'Not enough information: "dev" argument is required.');
  const address = token === undefined ? IpAddress.inet6(0, 0, 0, 0) : (token.address ?? noAddress);
  session.connection().request(tokenRequests.set(session.links.index(dev), address));
}
