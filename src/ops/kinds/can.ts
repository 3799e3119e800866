import {UsageError} from '../../errors.js';
import {begins} from '../../grammar/cursor.js';
import {refuse, wrong} from '../../grammar/errors.js';
import {type Clause, clause, flag, type SpecBag, type Terms, type ValueType} from '../../grammar/grammar.js';
import {onOff, uint} from '../../grammar/values.js';
import {kindUsage, type LinkKind} from './kind.js';
import {option} from './values.js';

/** CAN_CTRLMODE_* by option. Source: uapi linux/can/netlink.h. */
const modes: Readonly<Record<string, number>> = {
  loopback: 0x1,
  'listen-only': 0x2,
  'triple-sampling': 0x4,
  'one-shot': 0x8,
  'berr-reporting': 0x10,
  fd: 0x20,
  'presume-ack': 0x40,
  'fd-non-iso': 0x80,
  'cc-len8-dlc': 0x100,
};
const TDC_AUTO = 0x200;
const TDC_MANUAL = 0x400;
const tdcModes: Readonly<Record<string, number>> = {auto: TDC_AUTO, manual: TDC_MANUAL, off: 0};

const invalid = {text: (keyword: string) => `invalid "${keyword}" value\n`};
const u32 = uint(0xffffffff, invalid);

const tdcMode: ValueType<number> = {
  label: '{ auto | manual | off }',
  complete: Object.keys(tdcModes),
  parse(cursor, keyword) {
    const word = cursor.next();
    const value = tdcModes[word];
    if (value === undefined)
      throw refuse(`Error: argument of "${keyword}" must be "auto", "manual" or "off", not "${word}"`);
    return value;
  },
  format: value => [Object.keys(tdcModes).find(word => tdcModes[word] === value) ?? ''],
};

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const other = /^\s*[+-]?(0x[\da-f]+|nan|inf(inity)?)$/i;

/** A part of a bit's time, as strtof(3) reads it; the spec holds it in 1/1000, cut off. */
const samplePoint: ValueType<number> = {
  label: 'SAMPLE-POINT',
  parse(cursor, keyword) {
    const word = cursor.next();
    if (!decimal.test(word) && !other.test(word)) throw wrong(word, invalid.text(keyword));
    // Single precision, as the reference has it.
    const thousandths = Math.fround(Math.fround(Number(word)) * 1000);
    return Number.isFinite(thousandths) && Math.abs(thousandths) < 2 ** 31 ? Math.trunc(thousandths) >>> 0 : 0;
  },
  format: value => [(value / 1000).toFixed(3)],
};

/** Fields of a bit timing by option, without the `d` of the data phase. */
const timing: Readonly<Record<string, string>> = {
  bitrate: 'bitrate',
  'sample-point': 'samplePoint',
  tq: 'tq',
  'prop-seg': 'propSeg',
  'phase-seg1': 'phaseSeg1',
  'phase-seg2': 'phaseSeg2',
  sjw: 'sjw',
};

function timingTerms(letter: string): Terms {
  const terms: Terms = {};
  for (const word of Object.keys(timing)) {
    terms[letter + word] = option(letter + word, word === 'sample-point' ? samplePoint : u32);
  }
  return terms;
}

/** Options of a CAN bus, in match order; keys are the words but for attributes. */
const options: Clause<Terms> = clause(
  () => ({
    ...timingTerms(''),
    ...timingTerms('d'),
    tdcv: option('tdcv', u32),
    tdco: option('tdco', u32),
    tdcf: option('tdcf', u32),
    ...Object.fromEntries(Object.keys(modes).map(word => [word, option(word, onOff)])),
    'tdc-mode': option('tdc-mode', tdcMode),
    restart: flag('restart', {match: 'prefix', value: 1}),
    restartMs: option('restart-ms', u32),
    termination: option('termination', uint(0xffff, invalid)),
  }),
  {
    unknown: word =>
      new UsageError(1, [...(begins(word, 'help') ? [] : [`can: unknown option "${word}"`]), ...kindUsage(can())]),
  },
);

/** Timings, modes and compensation of delay follow the others. */
function data(spec: SpecBag): SpecBag {
  const attributes: SpecBag = {};
  const tdc: SpecBag = {};
  const control = {mask: 0, flags: 0};
  for (const [word, value] of Object.entries(spec)) {
    const bit = modes[word];
    if (bit !== undefined) {
      control.mask |= bit;
      if (value === true) control.flags |= bit;
    } else if (word === 'tdc-mode') {
      control.mask |= value === 0 ? TDC_AUTO | TDC_MANUAL : value;
      control.flags |= value;
    } else if (word === 'tdcv' || word === 'tdco' || word === 'tdcf') tdc[word] = value;
    else if (word === 'restart' || word === 'restartMs' || word === 'termination') attributes[word] = value;
  }
  const nominal = bittiming('', spec);
  if (nominal !== undefined) attributes.bittiming = nominal;
  const fast = bittiming('d', spec);
  if (fast !== undefined) attributes.dataBittiming = fast;
  if (control.mask !== 0) attributes.ctrlmode = control;
  if (Object.keys(tdc).length > 0) attributes.tdc = tdc;
  return attributes;
}

/** A bit timing, which is sent when the bit rate or the quantum is given. */
function bittiming(letter: string, spec: SpecBag): SpecBag | undefined {
  const fields: SpecBag = {};
  for (const [word, name] of Object.entries(timing)) fields[name] = spec[letter + word] ?? 0;
  return fields.bitrate === 0 && fields.tq === 0 ? undefined : fields;
}

/** `type can`. */
export const can = (): LinkKind => ({name: 'can', options, data});
