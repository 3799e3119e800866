import {familyName} from '../../grammar/values.js';
import type {NeighbourTable} from '../../rtnetlink/neigh/table.js';
import {type Field, field, line, view, when} from '../../view/field.js';
import {counter64, ifname, type Kind, text, uint, word} from '../../view/kinds.js';

type Config = NonNullable<NeighbourTable['config']>;
type Parms = NonNullable<NeighbourTable['parms']>;
type Stats = NonNullable<NeighbourTable['stats']>;

const INDENT = '    ';

/** Milliseconds ago as a time of day where the machine is. */
const moment: Kind<number> = {
  text: (out, value) => out.ascii(momentOf(value)),
  json: (json, value) => json.word(momentOf(value)),
};

function momentOf(ago: number): string {
  // Whole seconds from whole seconds, as the reference counts.
  const at = new Date((Math.floor(Date.now() / 1000) - Math.floor(ago / 1000)) * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Eight hexadecimal digits; in JSON with `0x` and without zeros before. */
const mask: Kind<number> = {
  text: (out, value) => out.hex(value, 8),
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};

function config<V>(key: string, template: string, kind: Kind<V>, get: (c: Config) => V): Field<NeighbourTable> {
  return field(key, template, kind, r => r.config && get(r.config));
}

/** A number of the parameters by its word. */
function parm(key: string, get: (p: Parms) => number | undefined): Field<NeighbourTable> {
  return field(key, `${key} %s `, uint, r => r.parms && get(r.parms));
}

function time(key: string, get: (p: Parms) => bigint | undefined): Field<NeighbourTable> {
  return field(key, `${key} %s `, counter64, r => r.parms && get(r.parms));
}

function count(key: string, get: (s: Stats) => bigint | undefined): Field<NeighbourTable> {
  return field(key, `${key} %s `, counter64, r => r.stats && get(r.stats));
}

/** Fields of one further line. */
function lineOf(indent: string, fields: readonly Field<NeighbourTable>[]): Field<NeighbourTable>[] {
  return [line(indent), ...fields];
}

/** One table, or its parameters for a link, without the empty line that follows. */
export const ntableView = view<NeighbourTable>([
  field('family', '%s ', word, r => familyName(r.family)),
  field('name', '%s ', text, r => r.name),
  when(
    r => r.parms?.ifindex !== undefined,
    lineOf(INDENT, [field('dev', 'dev %s ', ifname, r => r.parms?.ifindex, {colour: 'ifname'})]),
  ),
  when(
    r => r.thresh1 !== undefined || r.thresh2 !== undefined || r.thresh3 !== undefined || r.gcInterval !== undefined,
    lineOf(INDENT, [
      field('thresh1', 'thresh1 %s ', uint, r => r.thresh1),
      field('thresh2', 'thresh2 %s ', uint, r => r.thresh2),
      field('thresh3', 'thresh3 %s ', uint, r => r.thresh3),
      field('gc_interval', 'gc_int %s ', counter64, r => r.gcInterval),
    ]),
  ),
  when(
    (r, c) => r.config !== undefined && c.statistics > 0,
    [
      ...lineOf(INDENT, [
        config('key_length', 'config key_len %s ', uint, c => c.keyLen),
        config('entry_size', 'entry_size %s ', uint, c => c.entrySize),
        config('entries', 'entries %s ', uint, c => c.entries),
      ]),
      ...lineOf(`${INDENT}${INDENT}`, [
        config('last_flush', 'last_flush %s ', moment, c => c.lastFlush),
        config('last_rand', 'last_rand %s ', moment, c => c.lastRand),
      ]),
      ...lineOf(`${INDENT}${INDENT}`, [
        config('hash_rnd', 'hash_rnd %s ', uint, c => c.hashRnd),
        config('hash_mask', 'hash_mask %s ', mask, c => c.hashMask),
        config('hash_chain_gc', 'hash_chain_gc %s ', uint, c => c.hashChainGc),
        config('proxy_qlen', 'proxy_qlen %s ', uint, c => c.proxyQlen),
      ]),
    ],
  ),
  when(
    r => r.parms !== undefined,
    [
      ...lineOf(INDENT, [
        parm('refcnt', p => p.refcnt),
        time('reachable', p => p.reachableTime),
        time('base_reachable', p => p.baseReachableTime),
        time('retrans', p => p.retransTime),
      ]),
      ...lineOf(INDENT, [
        time('gc_stale', p => p.gcStaletime),
        time('delay_probe', p => p.delayProbeTime),
        parm('queue', p => p.queueLen),
      ]),
      ...lineOf(INDENT, [
        parm('app_probes', p => p.appProbes),
        parm('ucast_probes', p => p.ucastProbes),
        parm('mcast_probes', p => p.mcastProbes),
      ]),
      ...lineOf(INDENT, [
        time('anycast_delay', p => p.anycastDelay),
        time('proxy_delay', p => p.proxyDelay),
        parm('proxy_queue', p => p.proxyQlen),
        time('locktime', p => p.locktime),
      ]),
    ],
  ),
  when(
    (r, c) => r.stats !== undefined && c.statistics > 0,
    [
      ...lineOf(INDENT, [
        field('allocs', 'stats allocs %s ', counter64, r => r.stats?.allocs),
        count('destroys', s => s.destroys),
        count('hash_grows', s => s.hashGrows),
      ]),
      ...lineOf(INDENT, [
        count('res_failed', s => s.resFailed),
        count('lookups', s => s.lookups),
        count('hits', s => s.hits),
      ]),
      ...lineOf(INDENT, [
        count('rcv_probes_mcast', s => s.rcvProbesMcast),
        count('rcv_probes_ucast', s => s.rcvProbesUcast),
      ]),
      ...lineOf(INDENT, [
        count('periodic_gc_runs', s => s.periodicGcRuns),
        count('forced_gc_runs', s => s.forcedGcRuns),
      ]),
      ...lineOf(INDENT, [count('table_fulls', s => s.tableFulls)]),
    ],
  ),
  line(''),
]);
