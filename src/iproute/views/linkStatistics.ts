import type {LinkRow} from '../../ops/linkRows.js';
import type {LinkStats64} from '../../rtnetlink/link/counters.js';
import type {ViewContext} from '../../view/context.js';
import {custom, type Field} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';

/** Counters as numbers of one width: the kernel sends 64-bit ones, old kernels 32-bit ones. */
export type Counters = {readonly [K in keyof LinkStats64]: bigint | number | undefined};

const prefixes = ['k', 'M', 'G', 'T', 'P', 'E'];

/** A counter as text: in full, or with three digits and a prefix with `-h`. */
function counterText(value: bigint | number, c: ViewContext): string {
  if (!c.human) return String(value);
  const base = c.iec ? 1024 : 1000;
  let scaled = Number(value);
  if (scaled < base) return String(value);
  let step = -1;
  while (scaled >= base && step < prefixes.length - 1) {
    scaled /= base;
    step++;
  }
  const digits = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
  return `${scaled.toFixed(digits)}${prefixes[step]}${c.iec ? 'i' : ''}`;
}

/** Heading and value of one column. */
type Column = readonly [heading: string, value: bigint | number | undefined];

/** Lines of counters, each below a line of headings. */
export interface Table {
  /** Widths of the columns while all counters are small. */
  readonly widths: readonly number[];
  readonly lines: readonly (readonly [label: string, columns: readonly Column[]])[];
}

/** The lines of both directions, those of the errors too when they are wanted. */
export function tableOf(s: Counters, withErrors: boolean, carrierChanges?: number): Table {
  const lines: [string, Column[]][] = [
    [
      'RX:',
      [
        ['bytes', s.rxBytes],
        ['packets', s.rxPackets],
        ['errors', s.rxErrors],
        ['dropped', s.rxDropped],
        ['missed', s.rxMissedErrors],
        ['mcast', s.multicast],
        ['compressed', unlessZero(s.rxCompressed)],
      ],
    ],
  ];
  if (withErrors) {
    lines.push([
      'RX errors:',
      [
        ['', undefined],
        ['length', s.rxLengthErrors],
        ['crc', s.rxCrcErrors],
        ['frame', s.rxFrameErrors],
        ['fifo', s.rxFifoErrors],
        ['overrun', s.rxOverErrors],
        ...optional('nohandler', s.rxNohandler),
        ...optional('otherhost', s.rxOtherhostDropped),
      ],
    ]);
  }
  lines.push([
    'TX:',
    [
      ['bytes', s.txBytes],
      ['packets', s.txPackets],
      ['errors', s.txErrors],
      ['dropped', s.txDropped],
      ['carrier', s.txCarrierErrors],
      ['collsns', s.collisions],
      ['compressed', unlessZero(s.txCompressed)],
    ],
  ]);
  if (withErrors) {
    lines.push([
      'TX errors:',
      [
        ['', undefined],
        ['aborted', s.txAbortedErrors],
        ['fifo', s.txFifoErrors],
        ['window', s.txWindowErrors],
        ['heartbt', s.txHeartbeatErrors],
        ['transns', carrierChanges],
      ],
    ]);
  }
  return {widths: [10, 7, 6, 7, 7, 7, 10, 9], lines};
}

function unlessZero(value: bigint | number | undefined): bigint | number | undefined {
  return Number(value ?? 0) === 0 ? undefined : value;
}

function optional(heading: string, value: bigint | number | undefined): Column[] {
  return unlessZero(value) === undefined ? [] : [[heading, value]];
}

/** Each line of headings with its line of values; columns are as wide as the widest counter of any line. */
export function writeTable(out: Sink, {widths: small, lines}: Table, c: ViewContext, indent = '    '): void {
  const newline = `${c.oneline ? '\\' : '\n'}${indent}`;
  const widths = [...small];
  const cells = lines.map(([, columns]) =>
    columns.map(([, value], i) => {
      const text = value === undefined ? undefined : counterText(value, c);
      widths[i] = Math.max(widths[i] as number, text?.length ?? 0);
      return text;
    }),
  );
  lines.forEach(([label, columns], i) => {
    if (i > 0) out.ascii(newline);
    columns.forEach(([heading, value], k) => {
      const width = widths[k] as number;
      if (k === 0) out.ascii(label + heading.padStart(width - label.length));
      else out.ascii(` ${(value === undefined ? '' : heading).padStart(width)}`);
    });
    out.ascii(newline);
    for (const [k, text] of (cells[i] as (string | undefined)[]).entries()) {
      if (text === undefined && k > 0) continue;
      out.ascii(`${(text ?? '').padStart(widths[k] as number)} `);
    }
  });
}

type Count = bigint | number | undefined;

/** A counter as a member. */
export function member(json: JsonWriter, key: string, value: Count): void {
  json.key(key);
  if (typeof value === 'bigint') json.big(value);
  else json.uint(value ?? 0);
}

/** What every object of counters begins with. */
function trafficMembers(json: JsonWriter, bytes: Count, packets: Count, errors: Count, dropped: Count): void {
  member(json, 'bytes', bytes);
  member(json, 'packets', packets);
  member(json, 'errors', errors);
  member(json, 'dropped', dropped);
}

/** Members `rx` and `tx`. */
export function writeCounters(json: JsonWriter, s: Counters, withErrors: boolean, carrierChanges?: number): void {
  json.openObject('rx');
  trafficMembers(json, s.rxBytes, s.rxPackets, s.rxErrors, s.rxDropped);
  member(json, 'over_errors', s.rxOverErrors);
  member(json, 'multicast', s.multicast);
  if (unlessZero(s.rxCompressed) !== undefined) member(json, 'compressed', s.rxCompressed);
  if (withErrors) {
    member(json, 'length_errors', s.rxLengthErrors);
    member(json, 'crc_errors', s.rxCrcErrors);
    member(json, 'frame_errors', s.rxFrameErrors);
    member(json, 'fifo_errors', s.rxFifoErrors);
    member(json, 'missed_errors', s.rxMissedErrors);
    if (unlessZero(s.rxNohandler) !== undefined) member(json, 'nohandler', s.rxNohandler);
    if (unlessZero(s.rxOtherhostDropped) !== undefined) member(json, 'otherhost', s.rxOtherhostDropped);
  }
  json.closeObject();
  json.openObject('tx');
  trafficMembers(json, s.txBytes, s.txPackets, s.txErrors, s.txDropped);
  member(json, 'carrier_errors', s.txCarrierErrors);
  member(json, 'collisions', s.collisions);
  if (unlessZero(s.txCompressed) !== undefined) member(json, 'compressed', s.txCompressed);
  if (withErrors) {
    member(json, 'aborted_errors', s.txAbortedErrors);
    member(json, 'fifo_errors', s.txFifoErrors);
    member(json, 'window_errors', s.txWindowErrors);
    member(json, 'heartbeat_errors', s.txHeartbeatErrors);
    if (carrierChanges !== undefined) member(json, 'carrier_changes', carrierChanges);
  }
  json.closeObject();
}

/** Counters of a link: a table in text, its first line already begun; objects in JSON. */
export const statisticsFields: readonly Field<LinkRow>[] = [
  custom(
    (out, {link}, c) => {
      const counters = link.stats64 ?? link.stats;
      if (counters !== undefined)
        writeTable(out, tableOf(counters as Counters, c.statistics > 1, link.carrierChanges), c);
    },
    (json, {link}, c) => {
      const counters = link.stats64 ?? link.stats;
      if (counters === undefined) return;
      json.openObject(link.stats64 === undefined ? 'stats' : 'stats64');
      writeCounters(json, counters as Counters, c.statistics > 1, link.carrierChanges);
      json.closeObject();
    },
  ),
];

/** The few counters that hardware and MPLS have. */
export interface Few {
  readonly rxBytes: bigint;
  readonly rxPackets: bigint;
  readonly rxErrors: bigint;
  readonly rxDropped: bigint;
  readonly txBytes: bigint;
  readonly txPackets: bigint;
  readonly txErrors: bigint;
  readonly txDropped: bigint;
}

/** Their table, with one more of received packets. */
export function fewTableOf(s: Few, heading: string, last: bigint): Table {
  const received: Column[] = [
    ['bytes', s.rxBytes],
    ['packets', s.rxPackets],
    ['errors', s.rxErrors],
    ['dropped', s.rxDropped],
    [heading, last],
  ];
  const sent: Column[] = [
    ['bytes', s.txBytes],
    ['packets', s.txPackets],
    ['errors', s.txErrors],
    ['dropped', s.txDropped],
  ];
  return {
    widths: [9, 7, 6, 7, 7],
    lines: [
      ['RX:', received],
      ['TX:', sent],
    ],
  };
}

/** Members `rx` and `tx` of the same. */
export function writeFew(json: JsonWriter, s: Few, name: string, last: bigint): void {
  json.openObject('rx');
  trafficMembers(json, s.rxBytes, s.rxPackets, s.rxErrors, s.rxDropped);
  member(json, name, last);
  json.closeObject();
  json.openObject('tx');
  trafficMembers(json, s.txBytes, s.txPackets, s.txErrors, s.txDropped);
  json.closeObject();
}
