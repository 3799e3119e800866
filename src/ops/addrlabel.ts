import {UsageError} from '../errors.js';
import {clause, type GrammarEnv, keyword, type Parsed, verb, verbs, word} from '../grammar/grammar.js';
import {ignored, prefixValue, uint} from '../grammar/values.js';
import {noAddress} from '../netlink/schema.js';
import type {AddressLabel, AddressLabelRequest} from '../rtnetlink/address/label.js';
import {addressLabelRequests} from '../rtnetlink/address/labelRequests.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {checkedDevice, words} from './deviceValue.js';
import {startRefusal} from './refusal.js';
import type {KernelSession} from './session.js';

/** The label of no prefix. Source: what the reference refuses. */
const NO_LABEL = 0xffffffff;
const FLUSH_ENDING = 'Flush terminated';
const FLUSH_FAILED = 1;

const labelSpec = clause(() => ({
  prefix: keyword('prefix', prefixValue),
  dev: keyword('dev', checkedDevice),
  label: keyword('label', uint(NO_LABEL - 1, {label: 'LABEL', text: 'label is invalid\n'})),
  ignored: word(ignored),
}));

/** Verbs of `ip addrlabel`, in match order; those that take no words refuse any. */
export const addrlabelVerbs = verbs(
  'addrlabel',
  [
    verb('list', words, {as: ['lst', 'ls', 'show']}),
    verb('add', labelSpec),
    verb('delete', labelSpec),
    verb('flush', words),
  ],
  {whenAbsent: 'list'},
);

/** What the user said about a label. */
export type AddressLabelSpec = Parsed<typeof labelSpec>;

/**
 * `ip addrlabel add` and `del`.
 * @throws {UsageError} without a prefix or a label
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeLabel(
  name: 'add' | 'delete',
  {prefix, dev, label}: AddressLabelSpec,
  {family}: GrammarEnv,
  session: KernelSession,
): void {
  if (prefix === undefined) throw required('prefix');
  if (label === undefined) throw required('label');
  const body: AddressLabelRequest = {
    family: family === 0 ? AF_INET6 : family,
    prefixlen: prefix.length,
    index: dev === undefined ? 0 : session.links.index(dev),
    address: prefix.address ?? noAddress,
    label,
  };
  session.connection().request(addressLabelRequests[name](body));
}

function required(argument: string): UsageError {
  return new UsageError(1, `Not enough information: "${argument}" argument is required.`);
}

/**
 * All labels, in the kernel's order.
 * @throws {UsageError} when the kernel refuses
 */
export function eachLabel({family}: GrammarEnv, session: KernelSession, take: (label: AddressLabel) => void): void {
  dump(family, session, take, 'Dump terminated', 255);
}

/**
 * `ip addrlabel flush`.
 * @throws {UsageError} when the kernel refuses
 */
export function flushLabels({family}: GrammarEnv, session: KernelSession): void {
  const doomed: AddressLabel[] = [];
  dump(family, session, label => doomed.push(label), FLUSH_ENDING, FLUSH_FAILED);
  try {
    for (const label of doomed) session.connection().request(addressLabelRequests.deleteRecord(label));
  } catch (error) {
    throw startRefusal(error, FLUSH_ENDING, FLUSH_FAILED);
  }
}

function dump(
  family: number,
  session: KernelSession,
  take: (label: AddressLabel) => void,
  ending: string,
  status: number,
): void {
  try {
    session.connection().dump(addressLabelRequests.list(family === 0 ? AF_INET6 : family), take);
  } catch (error) {
    throw startRefusal(error, ending, status);
  }
}
