import {duplicate, refuse, wrong} from '../grammar/errors.js';
import {clause, type GrammarEnv, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {text, uint, uint64} from '../grammar/values.js';
import {RTM_NEWNEIGHTBL} from '../rtnetlink/constants.js';
import type {NeighbourTable, NeighbourTableRequest} from '../rtnetlink/neigh/table.js';
import {neighbourTableRequests} from '../rtnetlink/neigh/tableRequests.js';
import type {Draft} from '../rtnetlink/request.js';
import {checkedDevice} from './deviceValue.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession, KernelSession} from './session.js';

/** Wrong numbers leave no empty line here. */
const complaint = {label: 'VAL', text: (keyword: string) => `"${keyword}" value is invalid`};

const unknown = {unknown: (word: string) => wrong(word, 'unknown')} as const;

/** The one table to change. */
const oneName: ValueType<string> = {
  label: 'NAME',
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    if (spec.name !== undefined) throw duplicate('NAME', word);
    return word;
  },
  format: value => [value],
};

/** A table, its limits, and PARMS of ip-ntable(8). */
const change = clause(() => {
  const number = uint(0xffffffff, complaint);
  const time = uint64({...complaint, label: 'MSEC'});
  return {
    name: keyword('name', oneName),
    thresh1: keyword('thresh1', number),
    thresh2: keyword('thresh2', number),
    thresh3: keyword('thresh3', number),
    gcInterval: keyword('gc_int', time),
    dev: keyword('dev', checkedDevice),
    baseReachableTime: keyword('base_reachable', time),
    retransTime: keyword('retrans', time),
    gcStaletime: keyword('gc_stale', time),
    delayProbeTime: keyword('delay_probe', time),
    queueLen: keyword('queue', number),
    appProbes: keyword('app_probes', number),
    ucastProbes: keyword('ucast_probes', number),
    mcastProbes: keyword('mcast_probes', number),
    anycastDelay: keyword('anycast_delay', time),
    proxyDelay: keyword('proxy_delay', time),
    proxyQlen: keyword('proxy_queue', number),
    locktime: keyword('locktime', time),
    // Newer than iproute2 6.1.
    mcastReprobes: keyword('mcast_reprobes', number),
  };
}, unknown);

const selector = clause(() => ({dev: keyword('dev', checkedDevice), name: keyword('name', text('NAME'))}), unknown);

/** What the user said about one table. */
export type NtableSpec = Parsed<typeof change>;
/** Which tables to show. */
export type NtableSelector = Parsed<typeof selector>;

/** Verbs of `ip ntable`, in match order. */
export const ntableVerbs = verbs(
  'ntable',
  [verb('change', change, {as: ['chg']}), verb('show', selector, {as: ['lst', 'list']})],
  {whenAbsent: 'show'},
);

/** Keys that stand in the message itself; the others are parameters. */
const OWN: readonly string[] = ['name', 'thresh1', 'thresh2', 'thresh3', 'gcInterval'];

/**
 * `ip ntable change`.
 * @throws {UsageError} without a table, or with nothing to change
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeTable(spec: NtableSpec, env: GrammarEnv, session: KernelSession): number {
  session.connection().request(neighbourTableRequests.change(tableBody(spec, env, session)));
  return 0;
}

/** The request's fields: those of the table in the order of the words, then the parameters in theirs. */
function tableBody(spec: NtableSpec, {family}: GrammarEnv, {links}: KernelSession): NeighbourTableRequest {
  if (spec.name === undefined) throw refuse('Error: argument "NAME" is required');
  if (Object.keys(spec).every(key => key === 'name' || key === 'dev')) {
    throw refuse('Not enough information: changeable attributes required.');
  }
  // biome-ignore lint/suspicious/noExplicitAny: the spec has the request's own names and types
  const body: any = {family, name: spec.name};
  const parms: Draft<NonNullable<NeighbourTableRequest['parms']>> = {};
  for (const key of Object.keys(spec)) {
    const value = spec[key as keyof NtableSpec];
    if (key === 'dev') parms.ifindex = links.index(value as string);
    else if (OWN.includes(key)) body[key] = value;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    else (parms as any)[key] = value;
  }
  if (Object.keys(parms).length > 0) body.parms = parms;
  return body;
}

/**
 * `ip ntable show`: hands on what fits, in the kernel's order.
 * @throws {UsageError} when the kernel refuses
 */
export function eachTable(
  {name, dev}: NtableSelector,
  {family}: GrammarEnv,
  session: IpSession,
  take: (table: NeighbourTable) => void,
): void {
  const index = dev === undefined ? 0 : session.links.index(dev);
  try {
    session.connection().dump(neighbourTableRequests.list(family), (table, type) => {
      if (type !== RTM_NEWNEIGHTBL || (family !== 0 && table.family !== family)) return;
      if (name !== undefined && table.name !== name) return;
      if (index === 0 || table.parms?.ifindex === index) take(table);
    });
  } catch (error) {
    throw dumpRefusal(error, 'Dump terminated', 1);
  }
}
