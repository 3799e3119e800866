import type {RouteMetrics} from '../../rtnetlink/route/schema.js';
import {custom, type Field, field, view} from '../../view/field.js';
import {general} from '../../view/general.js';
import type {Kind} from '../../view/kinds.js';
import type {View} from '../../view/view.js';

/** Value of a metric together with its lock: the text shows both, JSON only the value. */
interface Locked {
  readonly value: number;
  readonly locked: boolean;
}

const locked: Kind<Locked> = {
  text: (out, {value, locked: lock}) => {
    if (lock) out.ascii('lock ');
    out.uint(value);
  },
  json: (json, {value}) => json.uint(value),
};

/** Milliseconds: seconds from 1000 on, with six significant digits as %g prints. */
const milliseconds: Kind<Locked> = {
  text: (out, {value, locked: lock}) => {
    if (lock) out.ascii('lock ');
    if (value < 1000) {
      out.uint(value);
      out.ascii('ms');
    } else {
      out.ascii(general(value / 1000));
      out.byte(115);
    }
  },
  json: (json, {value}) => json.uint(value),
};

function metric(
  key: string,
  number: number,
  get: (m: RouteMetrics) => number | undefined,
  kind: Kind<Locked> = locked,
): Field<RouteMetrics> {
  return field(key, `${key} %s `, kind, m => {
    const value = get(m);
    return value === undefined ? undefined : {value, locked: (((m.lock ?? 0) >>> number) & 1) !== 0};
  });
}

const ECN = 1;

/** `features ecn`, and what else is set in hexadecimal; a key for each in JSON. */
const features = (): Field<RouteMetrics> =>
  custom<RouteMetrics>(
    (out, {features: bits, lock}) => {
      if (bits === undefined) return;
      out.ascii('features ');
      if ((((lock ?? 0) >>> 12) & 1) !== 0) out.ascii('lock ');
      if ((bits & ECN) !== 0) out.ascii('ecn ');
      if ((bits & ~ECN) !== 0) out.ascii(`0x${((bits & ~ECN) >>> 0).toString(16)} `);
    },
    (json, {features: bits}) => {
      if (bits === undefined) return;
      if ((bits & ECN) !== 0) {
        json.key('ecn');
        json.null();
      }
      if ((bits & ~ECN) !== 0) {
        json.key('features');
        json.word(`0x${((bits & ~ECN) >>> 0).toString(16)}`);
      }
    },
  );

const congestion = (): Field<RouteMetrics> =>
  field('congestion', 'congctl %s ', congestionKind, m =>
    m.ccAlgo === undefined ? undefined : {name: m.ccAlgo, locked: (((m.lock ?? 0) >>> 16) & 1) !== 0},
  );
const congestionKind: Kind<{readonly name: string; readonly locked: boolean}> = {
  text: (out, {name, locked: lock}) => {
    if (lock) out.ascii('lock ');
    out.text(name);
  },
  json: (json, {name}) => json.string(name),
};

/** Metrics in the order of their numbers. */
const fields = (): Field<RouteMetrics>[] => [
  metric('mtu', 2, m => m.mtu),
  metric('window', 3, m => m.window),
  metric('rtt', 4, m => (m.rtt === undefined ? undefined : m.rtt >>> 3), milliseconds),
  metric('rttvar', 5, m => (m.rttvar === undefined ? undefined : m.rttvar >>> 2), milliseconds),
  metric('ssthresh', 6, m => m.ssthresh),
  metric('cwnd', 7, m => m.cwnd),
  metric('advmss', 8, m => m.advmss),
  metric('reordering', 9, m => m.reordering),
  metric('hoplimit', 10, m => m.hoplimit),
  metric('initcwnd', 11, m => m.initcwnd),
  features(),
  metric('rto_min', 13, m => m.rtoMin, milliseconds),
  metric('initrwnd', 14, m => m.initrwnd),
  metric('quickack', 15, m => m.quickack),
  congestion(),
  metric('fastopen_no_cookie', 17, m => m.fastopenNoCookie),
];

let metrics: View<RouteMetrics> | undefined;

/** Metrics of a record that may have some. */
export function metricsField<R extends {readonly metrics: RouteMetrics | undefined}>(): Field<R> {
  return custom<R>(
    (out, r, c) => {
      if (r.metrics === undefined) return;
      metrics ??= view(fields());
      metrics.text(out, r.metrics, c);
    },
    (json, r, c) => {
      if (r.metrics === undefined) return;
      metrics ??= view(fields());
      json.openArray('metrics');
      metrics.json(json, r.metrics, c);
      json.closeArray();
    },
  );
}
