import type {Can, CanStats} from '../../../rtnetlink/link/kinds/can.js';
import {custom, type Field, field, flags, group, line, when} from '../../../view/field.js';
import {type Kind, uint, word} from '../../../view/kinds.js';
import type {Sink} from '../../../view/sink.js';

/** Names of CAN_STATE_*. Source: uapi linux/can/netlink.h, enum can_state. */
const states = ['ERROR-ACTIVE', 'ERROR-WARNING', 'ERROR-PASSIVE', 'BUS-OFF', 'STOPPED', 'SLEEPING'];

/** CAN_CTRLMODE_* in the reference's order. Source: uapi linux/can/netlink.h. */
const modes: readonly (readonly [bit: number, word: string])[] = [
  [0x1, 'LOOPBACK'],
  [0x2, 'LISTEN-ONLY'],
  [0x4, 'TRIPLE-SAMPLING'],
  [0x8, 'ONE-SHOT'],
  [0x10, 'BERR-REPORTING'],
  [0x20, 'FD'],
  [0x80, 'FD-NON-ISO'],
  [0x40, 'PRESUME-ACK'],
  [0x100, 'CC-LEN8-DLC'],
  [0x200, 'TDC-AUTO'],
  [0x400, 'TDC-MANUAL'],
];

function modeWords(bits: number | undefined): readonly string[] | undefined {
  if (bits === undefined || bits === 0) return undefined;
  const words = modes.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  const rest = modes.reduce((left, [bit]) => left & ~bit, bits) >>> 0;
  return rest === 0 ? words : [...words, rest.toString(16)];
}

/** Modes in JSON alone. */
function listed(key: string, bitsOf: (set: number, supported: number) => number): Field<Can> {
  return custom(null, (json, {ctrlmode, ctrlmodeExt}) => {
    if (ctrlmode === undefined || ctrlmodeExt?.supported === undefined) return;
    const words = modeWords(bitsOf(ctrlmode.flags, ctrlmodeExt.supported));
    if (words === undefined) return;
    json.key(key);
    json.words(words);
  });
}

/** Start of a further line; what follows begins with a blank. */
const INDENT = '\t ';

type Timing = NonNullable<Can['bittiming']>;
type Limits = NonNullable<Can['bittimingConst']>;
type Delay = NonNullable<Can['tdc']>;

const thousandths: Kind<number> = {
  text: (out, value) => out.ascii((value / 1000).toFixed(3)),
  json: (json, value) => json.word((value / 1000).toFixed(3)),
};

/** Values of one phase; those of the data phase have a `d` before each word. */
interface Phase {
  readonly timing: Timing | undefined;
  readonly limits: Limits | undefined;
  readonly rates: readonly number[] | undefined;
  readonly delay: Delay | undefined;
}

function hasDelay(delay: Delay | undefined): boolean {
  return (delay?.tdcv ?? delay?.tdco ?? delay?.tdcf) !== undefined;
}

/** What the bus is set to, and, where the data phase has it, the delay. */
function timingFields(d: string): readonly Field<Phase & {readonly timing: Timing}>[] {
  return [
    line(INDENT),
    field('bitrate', ` ${d}bitrate %s`, uint, r => r.timing.bitrate),
    field('sample_point', ` ${d}sample-point %s`, thousandths, r => r.timing.samplePoint),
    line(INDENT),
    field('tq', ` ${d}tq %s`, uint, r => r.timing.tq),
    field('prop_seg', ` ${d}prop-seg %s`, uint, r => r.timing.propSeg),
    field('phase_seg1', ` ${d}phase-seg1 %s`, uint, r => r.timing.phaseSeg1),
    field('phase_seg2', ` ${d}phase-seg2 %s`, uint, r => r.timing.phaseSeg2),
    field('sjw', ` ${d}sjw %s`, uint, r => r.timing.sjw),
    field('brp', ` ${d}brp %s`, uint, r => r.timing.brp),
    group<Phase, Delay>(
      'tdc',
      [
        line(INDENT),
        field('tdcv', ' tdcv %s', uint, r => r.tdcv),
        field('tdco', ' tdco %s', uint, r => r.tdco),
        field('tdcf', ' tdcf %s', uint, r => r.tdcf),
      ],
      r => (hasDelay(r.delay) ? r.delay : undefined),
    ) as Field<Phase>,
  ];
}

/** A least and a greatest value: `WORD MIN..MAX`, an object in JSON. */
function range<R>(
  key: string,
  text: string,
  get: (r: R) => readonly [min: number | undefined, max: number | undefined],
): Field<R> {
  const known = (r: R): readonly [number, number] | undefined => {
    const [min, max] = get(r);
    return min === undefined || max === undefined ? undefined : [min, max];
  };
  return custom(
    (out, r) => {
      const found = known(r);
      if (found !== undefined) out.ascii(`${text} ${found[0]}..${found[1]}`);
    },
    (json, r) => {
      const found = known(r);
      if (found === undefined) return;
      json.openObject(key);
      json.key('min');
      json.uint(found[0]);
      json.key('max');
      json.uint(found[1]);
      json.closeObject();
    },
  );
}

/** What the controller can be set to. */
function limitFields(d: string): readonly Field<Phase & {readonly limits: Limits}>[] {
  return [
    line(INDENT),
    field('name', ' %s:', word, r => r.limits.name),
    range('tseg1', ` ${d}tseg1`, r => [r.limits.tseg1Min, r.limits.tseg1Max]),
    range('tseg2', ` ${d}tseg2`, r => [r.limits.tseg2Min, r.limits.tseg2Max]),
    range('sjw', ` ${d}sjw`, r => [1, r.limits.sjwMax]),
    range('brp', ` ${d}brp`, r => [r.limits.brpMin, r.limits.brpMax]),
    field('brp_inc', ` ${d}brp_inc %s`, uint, r => r.limits.brpInc),
    group<Phase, Delay>(
      'tdc',
      [
        line(INDENT),
        range<Delay>('tdcv', ' tdcv', r => [r.tdcvMin, r.tdcvMax]),
        range<Delay>('tdco', ' tdco', r => [r.tdcoMin, r.tdcoMax]),
        range<Delay>('tdcf', ' tdcf', r => [r.tdcfMin, r.tdcfMax]),
      ],
      r => r.delay,
    ) as Field<Phase>,
  ];
}

/** The rate and the only ones there are, eight columns each. */
function rateField(key: string, d: string): Field<Phase> {
  const rate = (r: Phase): number => r.timing?.bitrate ?? 0;
  return custom(
    (out, r, c) => {
      if (r.rates === undefined) return;
      newline(out, c.oneline);
      out.ascii(` ${d}bitrate ${rate(r)}`);
      newline(out, c.oneline);
      out.ascii(`    [${r.rates.map(one => String(one).padStart(8)).join(', ')} ]`);
    },
    (json, r) => {
      if (r.rates === undefined) return;
      json.key(`${key}bittiming_bitrate`);
      json.uint(rate(r));
      json.openArray(`${key}bitrate_const`);
      for (const one of r.rates) json.uint(one);
      json.closeArray();
    },
  );
}

function newline(out: Sink, oneline: boolean): void {
  out.ascii(`${oneline ? '\\' : '\n'}${INDENT}`);
}

/** One phase of the bus. Rates stand in the place of a timing. */
function phase(key: string, d: string, get: (r: Can) => Phase): Field<Can> {
  const timed = (r: Phase): boolean => r.timing !== undefined && r.rates === undefined;
  return group<Can, Phase>(
    null,
    [
      when(timed, [group(`${key}bittiming`, timingFields(d) as readonly Field<Phase>[])]),
      when(r => r.limits !== undefined, [group(`${key}bittiming_const`, limitFields(d) as readonly Field<Phase>[])]),
      rateField(key, d),
    ],
    get,
  );
}

/** A CAN bus with `-d`, in the reference's order. */
export const canFields: readonly Field<Can>[] = [
  flags('ctrlmode', ['<', ',', '> '], r => modeWords(r.ctrlmode?.flags)),
  listed('ctrlmode_supported', (_, supported) => supported),
  listed('ctrlmode_static', (set, supported) => set & ~supported),
  field('state', 'state %s ', word, r => (r.state === undefined ? undefined : (states[r.state] ?? 'UNKNOWN'))),
  group<Can, NonNullable<Can['berrCounter']>>(
    'berr_counter',
    [field('tx', '(berr-counter tx %s', uint, r => r.txerr), field('rx', ' rx %s) ', uint, r => r.rxerr)],
    r => r.berrCounter,
  ),
  field('restart_ms', 'restart-ms %s ', uint, r => r.restartMs),
  phase('', '', r => ({timing: r.bittiming, limits: r.bittimingConst, rates: r.bitrateConst, delay: undefined})),
  phase('data_', 'd', r => ({
    timing: r.dataBittiming,
    limits: r.dataBittimingConst,
    rates: r.dataBitrateConst,
    delay: r.tdc,
  })),
  custom(
    (out, r, c) => {
      if (r.termination === undefined || r.terminationConst === undefined) return;
      newline(out, c.oneline);
      out.ascii(` termination ${r.termination} [ ${r.terminationConst.join(', ')} ]`);
    },
    (json, r) => {
      if (r.termination === undefined || r.terminationConst === undefined) return;
      json.key('termination');
      json.uint(r.termination);
      json.openArray('termination_const');
      for (const one of r.terminationConst) json.uint(one);
      json.closeArray();
    },
  ),
  when(r => r.clock !== undefined, [line(INDENT)]),
  field('clock', ' clock %s ', uint, r => r.clock),
];

/** JSON key and column title of each counter, in the reference's order. */
const counters: readonly (readonly [key: string, title: string, get: (r: CanStats) => number])[] = [
  ['restarts', 're-started', r => r.restarts],
  ['bus_error', 'bus-errors', r => r.busError],
  ['arbitration_lost', 'arbit-lost', r => r.arbitrationLost],
  ['error_warning', 'error-warn', r => r.errorWarning],
  ['error_passive', 'error-pass', r => r.errorPassive],
  ['bus_off', 'bus-off', r => r.busOff],
];

/** Counters of a CAN bus with `-d -s`: a line of titles and one of numbers. */
export const canStatsFields: readonly Field<CanStats>[] = [
  custom(
    (out, r, c) => {
      newline(out, c.oneline);
      out.ascii(` ${counters.map(([, title]) => title).join(' ')}`);
      newline(out, c.oneline);
      for (const [, , get] of counters) out.ascii(` ${String(get(r)).padEnd(10)}`);
    },
    (json, r) => {
      for (const [key, , get] of counters) {
        json.key(key);
        json.uint(get(r));
      }
    },
  ),
];
