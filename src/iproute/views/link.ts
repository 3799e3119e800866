import {IpAddress} from '../../addr/ip.js';
import type {LinkRow} from '../../ops/linkRows.js';
import {OPER_STATES} from '../../rtnetlink/words.js';
import type {ColourOf, Field} from '../../view/field.js';
import {custom, field, flags, line, literal, view, when} from '../../view/field.js';
import {enumerated, hex, ifname, int, type Kind, lladdr, named, text, uint} from '../../view/kinds.js';
import {detailFields} from './linkDetails.js';
import {events, hasIpAddress, linkFlags, linkModes, linkTypeText, type Words} from './linkNames.js';
import {statisticsFields} from './linkStatistics.js';
import {vfField} from './linkVf.js';
import {xdpField, xdpPrograms} from './linkXdp.js';

export type {LinkRow} from '../../ops/linkRows.js';

const IFF_POINTOPOINT = 0x10;
const OPER_DOWN = 2;
const OPER_UP = 6;

/** `eth0@eth1`, `eth0@if7` for a device in another namespace, `eth0@NONE`. */
const nameAndLower: Kind<LinkRow> = {
  text(out, {link}, c) {
    out.text(link.ifname ?? '');
    if (link.link === undefined) return;
    out.byte(64);
    if (link.link === 0) out.ascii('NONE');
    else if (link.linkNetnsid !== undefined) out.ascii(`if${link.link}`);
    else out.text(c.ifname(link.link));
  },
  json: (json, {link}) => json.string(link.ifname ?? ''),
};

/** `"link":"eth1"`, `"link":null`, or `"link_index":7` for a device in another namespace. */
const lower = custom<LinkRow>(null, (json, {link}, c) => {
  if (link.link === undefined) return;
  if (link.link !== 0 && link.linkNetnsid !== undefined) {
    json.key('link_index');
    json.uint(link.link);
    return;
  }
  json.key('link');
  if (link.link === 0) json.null();
  else json.string(c.ifname(link.link));
});

const stateColour: ColourOf<LinkRow, number> = state =>
  state === OPER_UP ? 'up' : state === OPER_DOWN ? 'down' : undefined;

/** A link-layer address in the form of its link type. */
interface Hardware {
  readonly type: number;
  readonly bytes: Uint8Array;
}

const hardware: Kind<Hardware> = {
  text(out, {type, bytes}, c) {
    if (hasIpAddress(type, bytes)) out.address(addressOf(bytes));
    else lladdr.text(out, bytes, c);
  },
  json(json, {type, bytes}, c) {
    if (hasIpAddress(type, bytes)) json.word(addressOf(bytes).toString());
    else lladdr.json(json, bytes, c);
  },
};

function addressOf(bytes: Uint8Array): IpAddress {
  return IpAddress.fromBytes(bytes, 0, bytes.length === 4 ? 4 : 16);
}

function hardwareOf(row: LinkRow, bytes: Uint8Array | undefined): Hardware | undefined {
  return bytes === undefined ? undefined : {type: row.link.type, bytes};
}

const isPointToPoint = ({link}: LinkRow): boolean => (link.flags & IFF_POINTOPOINT) !== 0;

/** Flags and `M-DOWN`, whose comma stands there without flags too: `<,M-DOWN> `, `<> `. */
const flagField = (): Field<LinkRow> =>
  custom(
    (out, {link, isLowerDown}) => {
      const words = linkFlags(link.flags);
      out.byte(60);
      for (let i = 0; i < words.length; i++) {
        if (i > 0) out.byte(44);
        out.ascii(words[i] as string);
      }
      out.ascii(isLowerDown ? ',M-DOWN> ' : '> ');
    },
    (json, {link, isLowerDown}) => {
      const words = linkFlags(link.flags);
      json.key('flags');
      json.words(isLowerDown ? [...words, 'M-DOWN'] : words);
    },
  );

const linkType = (row: LinkRow, isNumeric: boolean): string => linkTypeText(row.link.type, isNumeric);

/** Device below, name and flags: `2: eth0@eth1: <BROADCAST,UP> `. */
const identity = (): readonly Field<LinkRow>[] => [
  field('ifindex', '%s: ', int, r => r.link.index),
  lower,
  field('ifname', '%s: ', nameAndLower, r => r, {colour: 'ifname'}),
  flagField(),
];

/** Namespace of the device below. */
const linkNetns = (): Field<LinkRow> =>
  custom(
    (out, {link: {linkNetnsid}, netnsName}) => {
      if (linkNetnsid === undefined) return;
      if (netnsName !== undefined) out.text(` link-netns ${netnsName}`);
      else out.ascii(linkNetnsid < 0 ? ' link-netnsid unknown' : ` link-netnsid ${linkNetnsid}`);
    },
    (json, {link: {linkNetnsid}}) => {
      if (linkNetnsid === undefined) return;
      json.key('link_netnsid');
      json.int(linkNetnsid);
    },
  );

const queueLength = (): Field<LinkRow> =>
  field('txqlen', 'qlen %s', int, r => (r.link.txqlen === 0 ? undefined : signed(r.link.txqlen)));

const hasXdp = ({link}: LinkRow): boolean => (link.xdp?.attached ?? 0) !== 0;

/** First line: `ip link` shows the link mode, `ip monitor` no queue length. */
function firstLine(isLink: boolean, hasQueue = true): readonly Field<LinkRow>[] {
  return [
    ...identity(),
    field('mtu', 'mtu %s ', uint, r => r.link.mtu),
    when(hasXdp, () => [xdpField]),
    field('qdisc', 'qdisc %s ', text, r => r.link.qdisc),
    field('master', 'master %s ', ifname, r => r.link.master),
    ...stateFields('state %s '),
    ...(isLink ? modeFields() : []),
    field('group', 'group %s ', named('group'), r => r.link.group),
    ...(hasQueue ? [queueLength()] : []),
    field('event', 'event %s ', enumerated(events), r => (r.link.event === 0 ? undefined : r.link.event)),
  ];
}

/** The value where it has a word. */
function known(value: number | undefined, words: Words): number | undefined {
  return value === undefined || words[value] === undefined ? undefined : value;
}

/** The value where it has none. */
function unknown(value: number | undefined, words: Words): number | undefined {
  return value === undefined || words[value] !== undefined ? undefined : value;
}

const hexIndex: Kind<number> = {text: hex.text, json: uint.json};

/** The operational state; the reference forgets the blank behind one without a word. */
function stateFields(template: string): readonly Field<LinkRow>[] {
  return [
    field('operstate', template, enumerated(OPER_STATES), r => known(r.link.operstate, OPER_STATES), {
      colour: stateColour,
    }),
    field('operstate_index', 'state %s', hexIndex, r => unknown(r.link.operstate, OPER_STATES)),
  ];
}

const modeFields = (): readonly Field<LinkRow>[] => [
  field('linkmode', 'mode %s ', enumerated(linkModes), r => known(r.link.linkmode, linkModes)),
  field('linkmode_index', 'mode %s ', uint, r => unknown(r.link.linkmode, linkModes)),
];

function signed(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value | 0;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Set bits of the reasons that keep the device down; undefined for none. */
function reasonsOf({link}: LinkRow): readonly string[] | undefined {
  const mask = link.protoDownReason?.value ?? 0;
  if (mask === 0) return undefined;
  const reasons: string[] = [];
  for (let bit = 0; bit < 32; bit++) if (((mask >>> bit) & 1) !== 0) reasons.push(String(bit));
  return reasons;
}

/** `link/ether ADDRESS brd ADDRESS`, and what may stand behind it without `-d`. */
export const secondLine = (): readonly Field<LinkRow>[] => [
  line('    '),
  custom(
    (out, r, c) => out.ascii(`link/${linkType(r, c.numeric)} `),
    (json, r, c) => {
      json.key('link_type');
      json.word(linkType(r, c.numeric));
    },
  ),
  field('address', '%s', hardware, r => hardwareOf(r, r.link.address), {colour: 'mac'}),
  when(
    r => isPointToPoint(r) && r.link.broadcast !== undefined,
    [
      custom(null, json => {
        json.key('link_pointtopoint');
        json.bool(true);
      }),
      literal(' peer '),
    ],
  ),
  when(r => !isPointToPoint(r) && r.link.broadcast !== undefined, [literal(' brd ')]),
  field('broadcast', '%s', hardware, r => hardwareOf(r, r.link.broadcast), {colour: 'mac'}),
  literalIf(r => permAddress(r) !== undefined, ' permaddr '),
  field('permaddr', '%s', hardware, r => hardwareOf(r, permAddress(r)), {colour: 'mac'}),
  linkNetns(),
  field(null, ' new-netnsid %s', int, r => r.link.newNetnsid),
  field(null, ' new-ifindex %s', int, r => r.link.newIfindex),
  when(
    r => r.link.protoDown === 1,
    [
      custom(
        out => out.ascii(' protodown on '),
        json => {
          json.key('proto_down');
          json.bool(true);
        },
      ),
    ],
  ),
  flags('proto_down_reason', ['protodown_reason <', ',', '>'], reasonsOf),
];

function literalIf(condition: (row: LinkRow) => boolean, words: string): Field<LinkRow> {
  return when(condition, [literal(words)]);
}

/** The address the hardware came with, where another one is in use. */
function permAddress({link}: LinkRow): Uint8Array | undefined {
  return sameBytes(link.permAddress, link.address) ? undefined : link.permAddress;
}

/** The name an administrator gave, on a line of its own. */
const alias = (): readonly Field<LinkRow>[] => [
  when(r => r.link.ifalias !== undefined, [line('    ')]),
  field('ifalias', 'alias %s', text, r => r.link.ifalias),
];

/** Alternative names, a line each. */
const altnames = (): readonly Field<LinkRow>[] => [
  custom(
    (out, {link}, c) => {
      for (const name of link.altnames) {
        out.byte(c.oneline ? 92 : 10);
        out.ascii('    altname ');
        out.text(name);
      }
    },
    (json, {link}) => {
      if (link.propList === undefined) return;
      json.openArray('altnames');
      for (const name of link.altnames) json.string(name);
      json.closeArray();
    },
  ),
];

/** `-br`: name, state, address, flags. */
const brief = (): readonly Field<LinkRow>[] => [
  lower,
  field('ifname', '%-16s ', nameAndLower, r => r, {colour: 'ifname'}),
  ...stateFields('%-14s '),
];

/** Behind the second line of `ip link`. */
const afterSecondLine = (): readonly Field<LinkRow>[] => [
  ...alias(),
  when(
    (_, c) => c.statistics > 0,
    () => [line('    '), ...statisticsFields],
  ),
  when(
    r => r.link.vfinfoList !== undefined,
    () => [vfField],
  ),
  ...altnames(),
];

/** One link of `ip link`; without the end of the last line. */
export const linkView = view<LinkRow>(
  () => [
    ...firstLine(true),
    ...secondLine(),
    when(
      (_, c) => c.details > 0,
      () => detailFields(true),
    ),
    when(hasXdp, () => [xdpPrograms]),
    ...afterSecondLine(),
  ],
  () => [
    ...brief(),
    field('address', '%s ', hardware, r => hardwareOf(r, r.link.address), {colour: 'mac'}),
    flagField(),
  ],
);

/** What `ip addr` and `ip monitor` show behind the first line. */
const afterFirstLine = (): readonly Field<LinkRow>[] => [
  ...secondLine(),
  when(
    (_, c) => c.details > 0,
    () => [...detailFields(false), ...alias()],
  ),
  ...altnames(),
];

/** The lines of `ip addr` before the addresses; brief without the link-layer address and flags. */
export const addressLinkView = view<LinkRow>(() => [...firstLine(false), ...afterFirstLine()], brief);

/** A link of `ip monitor`. */
export const monitorLinkView = view<LinkRow>(() => [...firstLine(false, false), ...afterFirstLine()], brief);

/** Without the second line, for a listing of one family: `ip -4 addr`. */
export const addressFirstLineView = view<LinkRow>(() => [...firstLine(false), linkNetns(), ...altnames()], brief);

/** `ip -0 addr`: links alone. */
export const linkOnlyView = view<LinkRow>(
  () => addressLinkView.fields,
  () => linkView.briefFields,
);

/** The lines of `ip addr` behind `ip link` in a batch. */
export const wholeLinkView = view<LinkRow>(() => linkView.fields, brief);

/** The same without the second line. */
export const wholeFirstLineView = view<LinkRow>(() => [...firstLine(true), linkNetns(), ...afterSecondLine()], brief);

/** The counters of `ip -s addr`, behind the addresses. */
export const linkStatisticsView = view<LinkRow>(() => statisticsFields);
