import {AF_INET6} from '../../addr/ip.js';
import type {TcpMetrics} from '../../genetlink/tcpMetrics.js';
import {custom, type Field, field, view} from '../../view/field.js';
import {general} from '../../view/general.js';
import {address, type Kind, text, uint} from '../../view/kinds.js';

/** Milliseconds as seconds. */
const age: Kind<bigint> = {
  text: (out, value) => out.ascii(`${(Number(value) / 1000).toFixed(3)}sec`),
  json: (json, value) => json.raw().ascii(general(Number(value) / 1000)),
};

/** Microseconds; JSON in seconds. */
const microseconds: Kind<number> = {
  text: (out, value) => out.ascii(`${value}us`),
  json: (json, value) => json.raw().ascii(general(value / 1e6)),
};

/** A time that the kernel gives in parts of a microsecond, or long ago in parts of a millisecond; zero is not shown. */
function time(us: number | undefined, ms: number | undefined, parts: number): number | undefined {
  return Math.floor((us || (ms ?? 0) * 1000) / parts) || undefined;
}

/** SYNs with data that were lost, and how long ago, by the reference in a unit of its own. */
const synDrops: Field<TcpMetrics> = custom(
  (out, {fopenSynDrops, fopenSynDropTs}) => {
    if (fopenSynDrops === undefined) return;
    out.ascii(` fo_syn_drops ${fopenSynDrops}/${(Number(fopenSynDropTs ?? 0n) / 1e6).toFixed(3)}usec ago`);
  },
  (json, {fopenSynDrops, fopenSynDropTs}) => {
    if (fopenSynDrops === undefined) return;
    json.key('fopen_syn_drops');
    json.uint(fopenSynDrops);
    json.key('fopen_syn_drop_ts');
    json.raw().ascii(general(Number(fopenSynDropTs ?? 0n) / 1e6));
  },
);

function hex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += byte.toString(16).padStart(2, '0');
  return out;
}

/** One line of `ip tcp_metrics`; without its end. */
export const tcpMetricsView = view<TcpMetrics>([
  field('dst', '%s', address, r => r.dst4 ?? r.dst6, {
    colour: value => (value.family === AF_INET6 ? 'inet6' : 'inet'),
  }),
  field('age', ' age %s', age, r => r.age),
  field('tw_ts_stamp', ' tw_ts %s ago', text, r =>
    r.twTsStamp === undefined ? undefined : `${r.twTsval ?? 0}/${r.twTsStamp}`,
  ),
  field('ssthresh', ' ssthresh %s', uint, r => r.values?.ssthresh),
  field('cwnd', ' cwnd %s', uint, r => r.values?.cwnd),
  field('reordering', ' reordering %s', uint, r => r.values?.reordering),
  field('rtt', ' rtt %s', microseconds, r => time(r.values?.rttUs, r.values?.rtt, 8)),
  field('rttvar', ' rttvar %s', microseconds, r => time(r.values?.rttvarUs, r.values?.rttvar, 4)),
  field('fopen_miss', ' fo_mss %s', uint, r => r.fopenMss),
  synDrops,
  field('fo_cookie', ' fo_cookie %s', text, r => (r.fopenCookie === undefined ? undefined : hex(r.fopenCookie))),
  field('source', ' source %s', address, r => r.src4 ?? r.src6),
]);
