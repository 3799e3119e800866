import {Protocols} from '../../names/services.js';
import {
  AF_INET6,
  FIB_RULE_IIF_DETACHED,
  FIB_RULE_INVERT,
  FIB_RULE_OIF_DETACHED,
  FIB_RULE_UNRESOLVED,
  FR_ACT_GOTO,
  FR_ACT_NOP,
  FR_ACT_TO_TBL,
  RTN_NAT,
  RTPROT_KERNEL,
} from '../../rtnetlink/constants.js';
import type {Rule} from '../../rtnetlink/rule/schema.js';
import {ROUTE_TYPES} from '../../rtnetlink/words.js';
import type {Role} from '../../view/colour.js';
import {type Field, field, literal, type ViewContext, view, when} from '../../view/field.js';
import {counter64, dsfield, int, type Kind, named, present, text, uint, unresolved, word} from '../../view/kinds.js';

/** A number that C prints with `%#x`: zero has no `0x`. */
const bits: Kind<number> = {
  text: (out, value) => out.ascii(hexOf(value)),
  json: (json, value) => json.word(hexOf(value)),
};

function hexOf(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`;
}

let protocols: Protocols | undefined;

/** A name of /etc/protocols, or `ipproto-6`. */
const ipProtocol: Kind<number> = {
  text: (out, value, c) => out.text(protocolText(value, c.numeric)),
  json: (json, value, c) => json.string(protocolText(value, c.numeric)),
};

function protocolText(value: number, numeric: boolean): string {
  protocols ??= new Protocols();
  return (numeric ? undefined : protocols.name(value)) ?? `ipproto-${value}`;
}

/** The word of a route type; with `-N` the number, which JSON has as text too. */
const action: Kind<number> = {
  text: (out, value, c) => out.ascii(actionText(value, c.numeric)),
  json: (json, value, c) => json.word(actionText(value, c.numeric)),
};

function actionText(value: number, numeric: boolean): string {
  return (numeric ? undefined : ROUTE_TYPES[value]) ?? String(value);
}

function familyRole(_value: unknown, r: Rule): Role {
  return r.family === AF_INET6 ? 'inet6' : 'inet';
}

/** `from 10.0.0.0/8`. */
function prefixFields(
  [key, lengthKey]: readonly [key: string, lengthKey: string],
  before: string,
  address: (r: Rule) => Rule['src'],
  length: (r: Rule) => number,
): Field<Rule> {
  return when(
    r => address(r) !== undefined,
    [
      literal(before),
      field(key, '%s', unresolved, address, {colour: familyRole}),
      field(lengthKey, '/%s', uint, r => (length(r) === address(r)?.bits ? undefined : length(r))),
    ],
  );
}

const ALL_PORT_BITS = 0xffff;
const ALL_DSCP_BITS = 63;
const ALL_FLOW_BITS = 0xfffff;

/** A mask, unless it is the one that stands for none. */
function partOf(mask: number | undefined, all: number): number | undefined {
  return mask === all ? undefined : mask;
}

/** `sport 5`, `sport 0x5/0xff`, `sport 5-9`. */
function portFields(
  name: string,
  range: (r: Rule) => Rule['sportRange'],
  anyMask: (r: Rule) => number | undefined,
): Field<Rule>[] {
  const single = (r: Rule): boolean => range(r)?.start === range(r)?.end;
  const mask = (r: Rule): number | undefined => partOf(anyMask(r), ALL_PORT_BITS);
  return [
    field(name, ` ${name} %s`, uint, r => (single(r) && mask(r) === undefined ? range(r)?.start : undefined)),
    field(name, ` ${name} %s`, bits, r => (mask(r) === undefined ? undefined : range(r)?.start)),
    field(`${name}_mask`, '/%s', bits, mask),
    field(`${name}_start`, ` ${name} %s`, uint, r => (single(r) ? undefined : range(r)?.start)),
    field(`${name}_end`, '-%s', uint, r => (single(r) ? undefined : range(r)?.end)),
  ];
}

/** The name of a code point, or its number. */
const codePoint: Kind<number> = {
  text: (out, value, c) => out.text(codePointText(value, c)),
  json: (json, value, c) => json.string(codePointText(value, c)),
};

/** Names are those of the whole field, with two bits more. */
function codePointText(value: number, {numeric, names}: ViewContext): string {
  const field = value << 2;
  const text = names.dsfield.toText(field, numeric);
  return text === String(field) ? String(value) : text;
}

function dscpMask(r: Rule): number | undefined {
  return partOf(r.dscpMask, ALL_DSCP_BITS);
}

/** What is there when a bit of the rule's flags is set. */
function flagField(key: string, before: string, bit: number): Field<Rule> {
  return field(key, before, present, r => ((r.flags & bit) === 0 ? undefined : true));
}

const ALL_BITS = 0xffffffff;

function hasMask(r: Rule): boolean {
  return r.fwmask !== undefined && r.fwmask !== ALL_BITS;
}

/** -1 stands for nothing to suppress. */
function notMinus(value: number | undefined): number | undefined {
  return value === -1 ? undefined : value;
}

/** One rule of `ip rule`, without the end of its line. */
export const ruleView = view<Rule>([
  field('priority', '%s:\t', uint, r => r.priority ?? 0),
  flagField('not', 'not ', FIB_RULE_INVERT),
  prefixFields(
    ['src', 'srclen'],
    'from ',
    r => r.src,
    r => r.srcLen,
  ),
  field('src', 'from %s', word, r => (r.src === undefined ? 'all' : undefined)),
  prefixFields(
    ['dst', 'dstlen'],
    ' to ',
    r => r.dst,
    r => r.dstLen,
  ),
  field('tos', ' tos %s', dsfield, r => r.tos || undefined),
  field('fwmark', ' fwmark %s', bits, r => (hasMask(r) ? (r.fwmark ?? 0) : r.fwmark || undefined)),
  field('fwmask', '/%s', bits, r => (hasMask(r) ? r.fwmask : undefined)),
  field('iif', ' iif %s', text, r => r.iifname, {colour: 'ifname'}),
  flagField('iif_detached', ' [detached]', FIB_RULE_IIF_DETACHED),
  field('oif', ' oif %s', text, r => r.oifname, {colour: 'ifname'}),
  flagField('oif_detached', ' [detached]', FIB_RULE_OIF_DETACHED),
  field('l3mdev', ' lookup [l3mdev-table]', present, r => r.l3mdev || undefined),
  field('uid_start', ' uidrange %s', uint, r => r.uidRange?.start),
  field('uid_end', '-%s', uint, r => r.uidRange?.end),
  field('ipproto', ' ipproto %s', ipProtocol, r => r.ipProto),
  ...portFields(
    'sport',
    r => r.sportRange,
    r => r.sportMask,
  ),
  ...portFields(
    'dport',
    r => r.dportRange,
    r => r.dportMask,
  ),
  field('dscp', ' dscp %s', codePoint, r => (dscpMask(r) === undefined ? r.dscp : undefined)),
  field('dscp', ' dscp %s', bits, r => (dscpMask(r) === undefined ? undefined : r.dscp)),
  field('dscp_mask', '/%s', bits, dscpMask),
  field('flowlabel', ' flowlabel %s', bits, r => r.flowlabel),
  field('flowlabel_mask', '/%s', bits, r => partOf(r.flowlabelMask, ALL_FLOW_BITS)),
  field('tun_id', ' tun_id %s', counter64, r => r.tunId),
  when(
    r => r.tableId !== 0,
    [
      field('table', ' lookup %s', named('table'), r => r.tableId),
      field('suppress_prefixlen', ' suppress_prefixlength %s', int, r => notMinus(r.suppressPrefixlen)),
      field('suppress_ifgroup', ' suppress_ifgroup %s', named('group'), r => notMinus(r.suppressIfgroup)),
    ],
  ),
  when(
    r => (r.flow ?? 0) !== 0,
    [
      literal(' realms '),
      field('flow_from', '%s/', named('realm'), r => (r.flow ?? 0) >>> 16 || undefined),
      field('flow_to', '%s', named('realm'), r => (r.flow ?? 0) & 0xffff),
    ],
  ),
  field('masquerade', ' masquerade', present, r => (r.action === RTN_NAT ? true : undefined)),
  when(
    r => r.action === FR_ACT_GOTO,
    [field('goto', ' goto %s', uint, r => r.goto), flagField('unresolved', ' [unresolved]', FIB_RULE_UNRESOLVED)],
  ),
  field('nop', ' nop', present, r => (r.action === FR_ACT_NOP ? true : undefined)),
  field('action', ' %s', action, r => (hasOwnWord(r.action) ? undefined : r.action)),
  field('protocol', ' proto %s', named('protocol'), (r, c) => {
    const protocol = r.protocol ?? 0;
    return c.details > 0 || (protocol !== 0 && protocol !== RTPROT_KERNEL) ? r.protocol : undefined;
  }),
]);

/** Actions that are said in words of their own, or by the table. */
function hasOwnWord(value: number): boolean {
  return value === FR_ACT_TO_TBL || value === FR_ACT_GOTO || value === FR_ACT_NOP || value === RTN_NAT;
}
