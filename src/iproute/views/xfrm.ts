import {protocolName} from '../../ops/xfrmSelector.js';
import {transformName} from '../../ops/xfrmValues.js';
import {XFRM_INF, xfrmModes} from '../../rtnetlink/xfrm/constants.js';
import {unpackAddress, unpackContext} from '../../rtnetlink/xfrm/payloads.js';
import type {XfrmAttributes, XfrmLimits, XfrmSelector, XfrmTemplate, XfrmUsage} from '../../rtnetlink/xfrm/schema.js';
import type {ViewContext} from '../../view/context.js';
import {type Field, field, group, line, literal, when} from '../../view/field.js';
import {ifname, type Kind, text, uint, unresolved, word} from '../../view/kinds.js';

/** What states and policies have in common. They are told as text only, with `-j` too. */

/** Whether `-s` asks for all there is. */
export const isLong = (c: ViewContext): boolean => c.statistics > 0;

/** A number as `0x0000002a`. */
export const hex8 = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** A number as C's `%#x` writes it: zero has no prefix. */
export const cHex = (value: number): string => (value === 0 ? '0' : `0x${value.toString(16)}`);

/** A number of 8 digits, with `-s` beside the decimal one. */
export const hexAndDecimal = (value: number, c: ViewContext): string =>
  isLong(c) ? `${hex8(value)}(${value})` : hex8(value);
export const decimalAndHex = (value: number, c: ViewContext): string =>
  isLong(c) ? `${value}(${hex8(value)})` : String(value);

const modeNames = Object.fromEntries(Object.entries(xfrmModes).map(([name, value]) => [value, name]));
/** `transport`, ... */
export const modeName = (mode: number): string => modeNames[mode] ?? String(mode);

const shareNames: readonly string[] = ['any', 'session', 'user', 'unique'];
/** Who shares what a policy makes. Source: XFRM_SHARE_. */
export const shareName = (share: number): string => shareNames[share] ?? String(share);

/** Words of the bits that are set, and in hexadecimal digits those without one. */
export function flagWords(table: Readonly<Record<string, number>>, flags: number): string {
  const found = Object.keys(table).filter(name => ((table[name] ?? 0) & flags) !== 0);
  const rest = found.reduce((left, name) => left & ~(table[name] ?? 0), flags);
  return [...found, ...(rest === 0 ? [] : [(rest >>> 0).toString(16)])].join(' ');
}

/** The mask of 8 bits, each as a digit, as the reference has it after `0x`. */
export const bits = (mask: number): string => `0x${mask.toString(2).padStart(8, '0')}`;

/** An end of a selector. */
const end: Kind<string> = text;

const GRE = 47;
/** Words for what stands in the place of ports; mobility headers have no code. */
const portWords: Readonly<Record<number, readonly [string, string?]>> = {
  1: ['type', 'code'],
  58: ['type', 'code'],
  135: ['type'],
};

function ports({proto, sport, sportMask, dport, dportMask}: XfrmSelector, c: ViewContext): string {
  if (proto === GRE) return sportMask === 0 && dportMask === 0 ? '' : `key ${((sport << 16) | dport) >>> 0} `;
  const [first, second] = portWords[proto] ?? ['sport', 'dport'];
  const before = sportMask === 0 ? '' : `${first} ${sport} `;
  if (dportMask === 0) return before;
  if (second !== undefined) return `${before}${second} ${dport} `;
  return isLong(c) ? `${before}(dport) 0x${swapped(dport)} ` : before;
}

/** Bytes of a port the other way round, as the reference shows one without a word. */
function swapped(port: number): string {
  return (((port & 0xff) << 8) | (port >> 8)).toString(16).padStart(4, '0');
}

/** Which packets: one line without its indent. */
export const selectorFields: readonly Field<XfrmSelector>[] = [
  field(null, 'src %s', end, r => `${unpackAddress(r.saddr, r.family)}/${r.prefixlenS} `),
  field(null, 'dst %s', end, r => `${unpackAddress(r.daddr, r.family)}/${r.prefixlenD} `),
  field(null, 'proto %s ', text, r => (r.proto === 0 ? undefined : protocolName(r.proto))),
  field(null, '%s', word, ports),
  field(null, 'dev %s ', ifname, r => r.ifindex || undefined),
  field(null, 'uid %s', uint, r => r.user, {when: isLong}),
];

/** A transform: its protocol, SPI, group and mode. */
export interface Transform {
  readonly id: {readonly proto: number; readonly spi: number};
  readonly reqid: number;
  readonly mode: number;
}

/** Fields of a transform: one line without its indent. */
export const transformFields: readonly Field<Transform>[] = [
  field(null, 'proto %s ', word, r => transformName(r.id.proto)),
  field(null, 'spi %s ', word, (r, c) => (isLong(c) || r.id.spi !== 0 ? hexAndDecimal(r.id.spi, c) : undefined)),
  field(null, 'reqid %s ', word, (r, c) => decimalAndHex(r.reqid, c)),
  field(null, 'mode %s', word, r => modeName(r.mode)),
];

/** The line of a security context. */
export const contextFields: readonly Field<Pick<XfrmAttributes, 'secCtx'>>[] = [
  when(
    r => r.secCtx !== undefined,
    [line('\t'), field(null, 'security context %s ', text, r => r.secCtx && unpackContext(r.secCtx))],
  ),
];

/** The reference writes the decimal digits of a sequence number behind `0x`. */
export const sequenceText = (seq: number): string => `0x${String(seq).padStart(8, '0')}`;

/** Masks of algorithms. */
export const maskFields: readonly Field<Pick<XfrmTemplate, 'aalgos' | 'ealgos' | 'calgos'>>[] = [
  field(null, 'enc-mask %s ', word, r => mask(r.ealgos)),
  field(null, 'auth-mask %s ', word, r => mask(r.aalgos)),
  field(null, 'comp-mask %s', word, r => mask(r.calgos)),
];

const mask = (value: number): string => value.toString(16).padStart(8, '0');

const limit = (value: bigint): string => (value === XFRM_INF ? '(INF)' : String(value));

const limitFields = (indent: string): readonly Field<XfrmLimits>[] => [
  line(`${indent}\t`),
  literal('lifetime config:'),
  line(`${indent}\t  `),
  field(null, '%s', word, r => `limit: soft ${limit(r.softByteLimit)}(bytes), hard ${limit(r.hardByteLimit)}(bytes)`),
  line(`${indent}\t  `),
  field(
    null,
    '%s',
    word,
    r => `limit: soft ${limit(r.softPacketLimit)}(packets), hard ${limit(r.hardPacketLimit)}(packets)`,
  ),
  line(`${indent}\t  `),
  field(
    null,
    '%s',
    word,
    r => `expire add: soft ${r.softAddExpiresSeconds}(sec), hard ${r.hardAddExpiresSeconds}(sec)`,
  ),
  line(`${indent}\t  `),
  field(
    null,
    '%s',
    word,
    r => `expire use: soft ${r.softUseExpiresSeconds}(sec), hard ${r.hardUseExpiresSeconds}(sec)`,
  ),
];

/** Local time of day and date; `-` for never. */
export function moment(seconds: bigint): string {
  if (seconds === 0n) return '-';
  const d = new Date(Number(seconds) * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${date} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

const usageFields = (indent: string): readonly Field<XfrmUsage>[] => [
  line(`${indent}\t`),
  literal('lifetime current:'),
  line(`${indent}\t  `),
  field(null, '%s', word, r => `${r.bytes}(bytes), ${r.packets}(packets)`),
  line(`${indent}\t  `),
  field(null, '%s', word, r => `add ${moment(r.addTime)} use ${moment(r.useTime)}`),
];

/** Limits and what was used of them. */
export function lifetimeFields(indent = ''): readonly Field<{readonly lft: XfrmLimits; readonly curlft: XfrmUsage}>[] {
  return [
    when(
      (_, c) => isLong(c),
      [group(null, limitFields(indent), r => r.lft), group(null, usageFields(indent), r => r.curlft)],
    ),
  ];
}

/** Ends of a transform: one line without its indent. */
export interface Ends {
  readonly id: {readonly daddr: Uint8Array};
  readonly saddr: Uint8Array;
  readonly family: number;
}

/** Ends of a transform. */
export const endFields: readonly Field<Ends>[] = [
  field(null, 'src %s', unresolved, r => unpackAddress(r.saddr, r.family)),
  field(null, ' dst %s', unresolved, r => unpackAddress(r.id.daddr, r.family)),
];

/** How packets are to be transformed: lines with their beginnings. */
export function templateFields(indent: string): readonly Field<XfrmTemplate>[] {
  return [
    line(`${indent}\t`),
    literal('tmpl '),
    ...endFields,
    line(`${indent}\t\t`),
    ...transformFields,
    when(
      (r, c) => isLong(c) || r.optional !== 0,
      [line(`${indent}\t\t`), field(null, 'level %s ', word, r => (r.optional === 0 ? 'required' : 'use'))],
    ),
    field(null, 'share %s ', word, r => shareName(r.share), {when: isLong}),
    when((_, c) => isLong(c), [line(`${indent}\t\t`), ...maskFields]),
  ];
}
