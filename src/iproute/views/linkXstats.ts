import type {XstatsRow} from '../../ops/linkXstats.js';
import {custom, type Field, field, group, view, when} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import {ifname} from '../../view/kinds.js';

type Multicast = NonNullable<XstatsRow['mcast']>;
type Stp = NonNullable<XstatsRow['stp']>;

/** Before each line. */
const INDENT = ' '.repeat(20);

function members(json: JsonWriter, values: Readonly<Record<string, bigint>>): void {
  for (const [key, value] of Object.entries(values)) {
    json.key(key);
    json.big(value);
  }
}

function object(json: JsonWriter, key: string, values: Readonly<Record<string, bigint>>): void {
  json.openObject(key);
  members(json, values);
  json.closeObject();
}

/** Packets of each version of the protocol, both directions. */
function versions(
  key: string,
  title: string,
  get: (r: Multicast) => readonly (readonly [rx: bigint, tx: bigint])[],
): Field<Multicast> {
  return custom(
    (out, r) => {
      out.ascii(`${INDENT}${title}:\n`);
      for (const [i, name] of ['RX', 'TX'].entries()) {
        out.ascii(
          `${INDENT}  ${name}: ${get(r)
            .map((pair, version) => `v${version + 1} ${pair[i]}`)
            .join(' ')}\n`,
        );
      }
    },
    (json, r) => {
      const values: Record<string, bigint> = {};
      for (const [i, name] of ['rx', 'tx'].entries()) {
        for (const [version, pair] of get(r).entries()) values[`${name}_v${version + 1}`] = pair[i] as bigint;
      }
      object(json, key, values);
    },
  );
}

/** Packets of one sort in both directions. */
function both<R>(
  key: string | null,
  title: string,
  get: (r: R) => Readonly<Record<string, bigint>> & {readonly rx: bigint; readonly tx: bigint},
): Field<R> {
  return custom(
    (out, r) => out.ascii(`${INDENT}${title}RX: ${get(r).rx} TX: ${get(r).tx}\n`),
    key === null ? null : (json, r) => object(json, key, get(r)),
  );
}

function single(key: string, title: string, get: (r: Multicast) => bigint): Field<Multicast> {
  return custom(
    (out, r) => out.ascii(`${INDENT}${title}: ${get(r)}\n`),
    (json, r) => members(json, {[key]: get(r)}),
  );
}

const multicast: readonly Field<Multicast>[] = [
  versions('igmp_queries', 'IGMP queries', r => [
    [r.igmpV1QueriesRx, r.igmpV1QueriesTx],
    [r.igmpV2QueriesRx, r.igmpV2QueriesTx],
    [r.igmpV3QueriesRx, r.igmpV3QueriesTx],
  ]),
  versions('igmp_reports', 'IGMP reports', r => [
    [r.igmpV1ReportsRx, r.igmpV1ReportsTx],
    [r.igmpV2ReportsRx, r.igmpV2ReportsTx],
    [r.igmpV3ReportsRx, r.igmpV3ReportsTx],
  ]),
  both('igmp_leaves', 'IGMP leaves: ', r => ({rx: r.igmpLeavesRx, tx: r.igmpLeavesTx})),
  single('igmp_parse_errors', 'IGMP parse errors', r => r.igmpParseErrors),
  versions('mld_queries', 'MLD queries', r => [
    [r.mldV1QueriesRx, r.mldV1QueriesTx],
    [r.mldV2QueriesRx, r.mldV2QueriesTx],
  ]),
  versions('mld_reports', 'MLD reports', r => [
    [r.mldV1ReportsRx, r.mldV1ReportsTx],
    [r.mldV2ReportsRx, r.mldV2ReportsTx],
  ]),
  both('mld_leaves', 'MLD leaves: ', r => ({rx: r.mldLeavesRx, tx: r.mldLeavesTx})),
  single('mld_parse_errors', 'MLD parse errors', r => r.mldParseErrors),
];

const stp: readonly Field<Stp>[] = [
  both(null, 'STP BPDU:  ', r => ({rx: r.rxBpdu, tx: r.txBpdu})),
  both(null, 'STP TCN:   ', r => ({rx: r.rxTcn, tx: r.txTcn})),
  custom(
    (out, r) => out.ascii(`${INDENT}STP Transitions: Blocked: ${r.transitionBlk} Forwarding: ${r.transitionFwd}\n`),
    (json, r) =>
      members(json, {
        rx_bpdu: r.rxBpdu,
        tx_bpdu: r.txBpdu,
        rx_tcn: r.rxTcn,
        tx_tcn: r.txTcn,
        transition_blk: r.transitionBlk,
        transition_fwd: r.transitionFwd,
      }),
  ),
];

/** Packets of link aggregation: heading, JSON key and counter of each line. */
const lacpLines: readonly (readonly [heading: string, key: string, name: keyof Lacp])[] = [
  ['LACPDU Rx', 'lacpdu_rx', 'lacpduRx'],
  ['LACPDU Tx', 'lacpdu_tx', 'lacpduTx'],
  ['LACPDU Unknown type Rx', 'lacpdu_unknown_rx', 'lacpduUnknownRx'],
  ['LACPDU Illegal Rx', 'lacpdu_illegal_rx', 'lacpduIllegalRx'],
  ['Marker Rx', 'marker_rx', 'markerRx'],
  ['Marker Tx', 'marker_tx', 'markerTx'],
  ['Marker response Rx', 'marker_response_rx', 'markerRespRx'],
  ['Marker response Tx', 'marker_response_tx', 'markerRespTx'],
  ['Marker unknown type Rx', 'marker_unknown_rx', 'markerUnknownRx'],
];

/** Counters of the link aggregation protocol, those that there are. */
export type Lacp = NonNullable<XstatsRow['lacp']>;

/** The same, each with the end of its line. */
export const lacpField: Field<Pick<XstatsRow, 'lacp'>> = when(
  r => r.lacp !== undefined,
  [
    custom(
      (out, {lacp}) => {
        for (const [heading, , name] of lacpLines) {
          const value = lacp?.[name];
          if (value !== undefined) out.ascii(`${' '.repeat(20)}${heading} ${value}\n`);
        }
      },
      (json, {lacp}) => {
        const values: Record<string, bigint> = {};
        for (const [, key, name] of lacpLines) {
          const value = lacp?.[name];
          if (value !== undefined) values[key] = value;
        }
        object(json, '802.3ad', values);
      },
    ),
  ],
);

/** Counters of multicast, each with the end of its line. */
export const multicastField: Field<Pick<XstatsRow, 'mcast'>> = group('multicast', multicast, r => r.mcast);
/** Counters of the spanning tree protocol, each with the end of its line. */
export const stpField: Field<Pick<XstatsRow, 'stp'>> = group('stp', stp, r => r.stp);

/** One device of `ip link xstats`, with the ends of its lines. */
export const xstatsView = view<XstatsRow>([
  field('ifname', '%-16s\n', ifname, r => r.index),
  multicastField,
  stpField,
  lacpField,
]);
