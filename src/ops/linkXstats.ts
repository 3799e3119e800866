import {UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import {garbage, incomplete, refuse} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {RTM_GETSTATS} from '../rtnetlink/constants.js';
import {
  type BondXstats,
  type BridgeXstats,
  type LinkStatsRecord,
  STATS_AF_SPEC,
  STATS_LINK_XSTATS,
  STATS_LINK_XSTATS_SLAVE,
  statsMessage,
} from '../rtnetlink/link/statsMessage.js';
import {makeRequest} from '../rtnetlink/request.js';
import {deviceIndex} from './device.js';
import {hasHelp} from './kinds/table.js';
import type {IpSession} from './session.js';

/** Counters of one device, as far as they were asked for. */
export interface XstatsRow {
  readonly index: number;
  readonly mcast: BridgeXstats['mcast'];
  readonly stp: BridgeXstats['stp'];
  readonly lacp: BondXstats['lacp'];
}

/** What one kind of master counts. */
interface Suite {
  readonly bit: number;
  readonly master: 'bridge' | 'bond';
}

/** Kinds that have such counters. */
const kinds: Readonly<Record<string, Suite>> = {
  bridge: {bit: STATS_LINK_XSTATS, master: 'bridge'},
  bridge_slave: {bit: STATS_LINK_XSTATS_SLAVE, master: 'bridge'},
  bond: {bit: STATS_LINK_XSTATS, master: 'bond'},
  bond_slave: {bit: STATS_LINK_XSTATS_SLAVE, master: 'bond'},
};

/** Words that choose some of the counters, by kind of the master. */
const parts: Readonly<Record<Suite['master'], Readonly<Record<string, 'mcast' | 'stp' | 'lacp'>>>> = {
  bridge: {igmp: 'mcast', mcast: 'mcast', stp: 'stp'},
  bond: {lacp: 'lacp', '802.3ad': 'lacp'},
};
const examples = {bridge: 'igmp', bond: '802.3ad'} as const;

/** What `ip link xstats` is to do: print a line of usage, or counters. */
export type XstatsAnswer = {readonly usage: string} | {readonly rows: readonly XstatsRow[]};

/**
 * `ip link xstats type KIND [ igmp | stp | 802.3ad ] [ dev DEVICE ]`.
 * @throws {UsageError}
 */
export function xstats(argv: readonly string[], session: IpSession): XstatsAnswer {
  const [first, kind, ...rest] = argv;
  if (first === undefined) throw new UsageError(1, 'xstats: missing argument');
  if (!begins(first, 'type')) {
    if (begins(first, 'help')) return {usage: 'Usage: ... xstats type TYPE [ ARGS ]'};
    throw refuse(`Error: argument "${first}" is wrong: unknown argument`);
  }
  if (kind === undefined) throw incomplete();
  const suite = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (suite === undefined) {
    if (!hasHelp(kind)) throw refuse(`Error: argument "${kind}" is wrong: invalid type`);
    throw new UsageError(1, `xstats: link type ${kind} doesn't support xstats`);
  }
  return masterXstats(kind, suite, rest, session);
}

function masterXstats(kind: string, {bit, master}: Suite, words: readonly string[], session: IpSession): XstatsAnswer {
  let only: 'mcast' | 'stp' | 'lacp' | undefined;
  let index = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const part = Object.hasOwn(parts[master], word) ? parts[master][word] : undefined;
    if (part !== undefined) only = part;
    else if (word === 'dev') {
      const name = words[++i];
      if (name === undefined) throw incomplete();
      index = deviceIndex(name, session);
    } else if (word === 'help') return {usage: `Usage: ... ${kind} [ ${examples[master]} ] [ dev DEVICE ]`};
    else throw refuse(`Error: argument "${word}" is wrong: unknown attribute`);
  }
  const rows: XstatsRow[] = [];
  const request = makeRequest(statsMessage, RTM_GETSTATS, 0, {filterMask: bit});
  session.connection().dump(request, record => {
    const found = bit === STATS_LINK_XSTATS ? record.linkXstats : record.linkXstatsSlave;
    if (found?.[master] === undefined || (index !== 0 && record.ifindex !== index)) return;
    rows.push({
      index: record.ifindex,
      mcast: only === 'stp' ? undefined : found.bridge?.mcast,
      stp: only === 'mcast' ? undefined : found.bridge?.stp,
      lacp: found.bond?.lacp,
    });
  });
  return {rows};
}

/**
 * `ip link afstats [ dev DEVICE ]`: counters of MPLS, which only kernels with MPLS have.
 * @throws {UsageError}
 */
export function afstats(argv: readonly string[], session: IpSession, env: GrammarEnv): readonly LinkStatsRecord[] {
  let dev: string | undefined;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === 'dev') {
      const name = argv[++i];
      if (name === undefined) throw incomplete();
      if (dev !== undefined) throw garbage('dev', name);
      dev = name;
    } else if (begins(word, 'help')) throw new UsageError(255, env.usage?.() ?? []);
    else throw refuse(`Command "${word}" is unknown, try "ip link help".`);
  }
  const index = dev === undefined ? 0 : session.links.index(dev);
  // The reference says so and is content.
  if (dev !== undefined && index === 0) throw new UsageError(0, `Device "${dev}" does not exist.`);
  const request = makeRequest(statsMessage, RTM_GETSTATS, 0, {filterMask: STATS_AF_SPEC});
  const rows: LinkStatsRecord[] = [];
  session.connection().dump(request, record => {
    if (record.afSpec?.mpls !== undefined && (index === 0 || record.ifindex === index)) rows.push(record);
  });
  return rows;
}
