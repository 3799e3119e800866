import type {IpAddress} from '../../addr/ip.js';
import {ioam6ModeNames} from '../../ops/routeEncapIoam6.js';
import {flavorNames, seg6Actions, seg6ModeNames} from '../../ops/routeEncapSeg6.js';
import {
  LWTUNNEL_ENCAP_BPF,
  LWTUNNEL_ENCAP_ILA,
  LWTUNNEL_ENCAP_IOAM6,
  LWTUNNEL_ENCAP_IP,
  LWTUNNEL_ENCAP_IP6,
  LWTUNNEL_ENCAP_MPLS,
  LWTUNNEL_ENCAP_RPL,
  LWTUNNEL_ENCAP_SEG6,
  LWTUNNEL_ENCAP_SEG6_LOCAL,
  LWTUNNEL_ENCAP_XFRM,
} from '../../rtnetlink/constants.js';
import {formatLocator, ilaCsumModes, ilaHookTypes, ilaIdentTypes, ilaWord} from '../../rtnetlink/ila.js';
import {decodeRpl, decodeSrh, type Srh} from '../../rtnetlink/route/srh.js';
import {type ColourOf, custom, type Field, field, flags, group, view} from '../../view/field.js';
import {address, counter64, hex, ifname, type Kind, named, text, uint, word} from '../../view/kinds.js';
import type {View} from '../../view/view.js';

// biome-ignore lint/suspicious/noExplicitAny: the encapsulation type tells the record
type Any = any;

const KEY = 4;
const CSUM = 1;
const SEQ = 8;

/** `key csum seq`: silent words in text, `true` in JSON. */
function tunnelFlag(key: string, bit: number): Field<Any> {
  return field(key, `${key} `, shown, r => ((r.flags ?? 0) & bit) !== 0 || undefined);
}
const shown: Kind<boolean> = {text: () => {}, json: (json, value) => json.bool(value)};

const coloured: {readonly colour: ColourOf<Any, IpAddress>} = {colour: 'family'};

/** An address whose colour begins before its label; `-r` does not touch it. */
function labelled(label: string): Kind<IpAddress> {
  return {
    text(out, value) {
      out.ascii(label);
      out.address(value);
    },
    json: (json, value) => json.word(value.toString()),
  };
}

const ip = (): Field<Any>[] => [
  field('id', 'id %s ', counter64, r => r.id),
  field('src', '%s ', labelled('src '), r => r.src, coloured),
  field('dst', '%s ', labelled('dst '), r => r.dst, coloured),
  field('ttl', 'ttl %s ', uint, r => r.ttl),
  field('tos', 'tos %s ', uint, r => r.tos),
  tunnelFlag('key', KEY),
  tunnelFlag('csum', CSUM),
  tunnelFlag('seq', SEQ),
];

const ip6 = (): Field<Any>[] => [
  field('id', 'id %s ', counter64, r => r.id),
  field('src', '%s ', labelled('src '), r => r.src, coloured),
  field('dst', '%s ', labelled('dst '), r => r.dst, coloured),
  field('hoplimit', 'hoplimit %s ', uint, r => r.hoplimit),
  field('tc', 'tc %s ', uint, r => r.tc),
  tunnelFlag('key', KEY),
  tunnelFlag('csum', CSUM),
  tunnelFlag('seq', SEQ),
];

/** Labels between slashes, up to the bottom of the stack. */
export function labelsText(labels: readonly number[]): string {
  return labels.map(label => String(label >>> 12)).join('/');
}

const mpls = (): Field<Any>[] => [
  field('dst', ' %s ', text, r => (r.dst === undefined ? undefined : labelsText(r.dst))),
  field('ttl', 'ttl %s ', uint, r => r.ttl),
];

/** Segments, each coloured, in brackets. */
const segments = (): Field<Srh> =>
  custom<Srh>(
    (out, srh, c) => {
      out.ascii('segs ');
      out.uint(srh.segments.length);
      out.ascii(' [ ');
      for (const segment of srh.segments) {
        if (c.colour !== undefined) out.ascii(c.colour.inet6);
        address.text(out, segment, c);
        out.byte(32);
        if (c.colour !== undefined) out.ascii('\x1b[0m');
      }
      out.ascii('] ');
    },
    (json, srh, c) => {
      json.openArray('segs');
      for (const segment of srh.segments) address.json(json, segment, c);
      json.closeArray();
    },
  );
const keyId: Kind<number> = {
  text: (out, value) => out.hex(value),
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};
const srhFields = (): Field<Srh>[] => [segments(), field('hmac', 'hmac %s ', keyId, r => r.hmac || undefined)];

const seg6 = (): Field<Any>[] => [
  field('mode', 'mode %s ', word, r => seg6ModeNames[r.srh?.[0]] ?? '<unknown>'),
  group(null, srhFields(), r => (r.srh === undefined ? undefined : decodeSrh(r.srh, 4))),
  field('tunsrc', '%s ', labelled('tunsrc '), r => r.src),
];

const seg6local = (): Field<Any>[] => [
  field('action', 'action %s ', word, r => seg6Actions[r.action] ?? '<unknown>'),
  group('srh', srhFields(), r => (r.srh === undefined ? undefined : decodeSrh(r.srh, 0))),
  field('table', 'table %s ', named('table'), r => r.table),
  field('vrftable', 'vrftable %s ', named('table'), r => r.vrftable),
  field('nh4', '%s ', labelled('nh4 '), r => r.nh4),
  field('nh6', '%s ', labelled('nh6 '), r => r.nh6),
  field('iif', 'iif %s ', ifname, r => r.iif),
  field('oif', 'oif %s ', ifname, r => r.oif),
  field('endpoint', 'endpoint %s ', text, r => r.bpf?.progName),
  group(
    'stats64',
    [
      field('packets', 'packets %s ', counter64, (r: Any) => r.packets),
      field('bytes', 'bytes %s ', counter64, (r: Any) => r.bytes),
      field('errors', 'errors %s ', counter64, (r: Any) => r.errors),
    ],
    (r, c) => (c.statistics > 0 ? r.counters : undefined),
  ),
  flags('flavors', ['flavors ', ',', ' '], r =>
    r.flavors === undefined
      ? undefined
      : flavorNames.filter(
          (name, bit): name is string => name !== undefined && ((r.flavors.operation >> bit) & 1) !== 0,
        ),
  ),
  field('lblen', 'lblen %s ', uint, r => r.flavors?.lcblockBits),
  field('nflen', 'nflen %s ', uint, r => r.flavors?.lcnodeFnBits),
];

const rpl = (): Field<Any>[] => [
  group(null, [segments()], r => (r.srh === undefined ? undefined : {segments: decodeRpl(r.srh), hmac: 0})),
];

const hexWord: Kind<number> = {
  text: (out, value) => {
    out.ascii('0x');
    out.ascii(value.toString(16).padStart(6, '0'));
  },
  json: (json, value) => json.word(`0x${value.toString(16).padStart(6, '0')}`),
};

const ioam6 = (): Field<Any>[] => [
  field('freq', 'freq %s ', word, r => (r.freqK === undefined ? undefined : `${r.freqK}/${r.freqN}`)),
  field('mode', 'mode %s ', word, r => ioam6ModeNames[r.mode] ?? 'unknown'),
  field('tunsrc', '%s ', labelled('tunsrc '), r => r.src),
  field('tundst', '%s ', labelled('tundst '), r => r.dst),
  field('trace', 'trace %s ', word, () => 'prealloc'),
  field('type', 'type %s ', hexWord, r => (r.trace === undefined ? undefined : r.trace.type >>> 8)),
  field('ns', 'ns %s ', uint, r => r.trace?.namespaceId),
  field('size', 'size %s ', uint, r => (r.trace === undefined ? undefined : r.trace.remlen * 4)),
];

const xfrm = (): Field<Any>[] => [
  field('if_id', 'if_id %s ', hex, r => r.ifId),
  field('link_dev', 'link_dev %s ', ifname, r => r.link),
];

const ila = (): Field<Any>[] => [
  field('locator', ' %s ', word, r => (r.locator === undefined ? undefined : formatLocator(r.locator))),
  field('csum_mode', ' csum-mode %s ', word, r => ilaWord(ilaCsumModes, r.csumMode)),
  field('ident_type', ' ident-type %s ', word, r => ilaWord(ilaIdentTypes, r.identType)),
  field('hook_type', ' hook-type %s ', word, r => ilaWord(ilaHookTypes, r.hookType)),
];

/** A tunnel's word, and what it shows. */
export interface EncapType {
  readonly name: string;
  readonly view: View<Any>;
}
const types: (EncapType | undefined)[] = [];

/** What is shown of one RTA_ENCAP_TYPE. */
export function encapTypeOf(number: number): EncapType {
  let found = types[number];
  if (found === undefined) {
    const [name, fields] = declared(number);
    found = {name, view: view(fields)};
    types[number] = found;
  }
  return found;
}

function declared(number: number): [name: string, fields: readonly Field<Any>[]] {
  switch (number) {
    case LWTUNNEL_ENCAP_MPLS:
      return ['mpls', mpls()];
    case LWTUNNEL_ENCAP_IP:
      return ['ip', ip()];
    case LWTUNNEL_ENCAP_ILA:
      return ['ila', ila()];
    case LWTUNNEL_ENCAP_IP6:
      return ['ip6', ip6()];
    case LWTUNNEL_ENCAP_SEG6:
      return ['seg6', seg6()];
    case LWTUNNEL_ENCAP_BPF:
      return ['bpf', []];
    case LWTUNNEL_ENCAP_SEG6_LOCAL:
      return ['seg6local', seg6local()];
    case LWTUNNEL_ENCAP_RPL:
      return ['rpl', rpl()];
    case LWTUNNEL_ENCAP_IOAM6:
      return ['ioam6', ioam6()];
    case LWTUNNEL_ENCAP_XFRM:
      return ['xfrm', xfrm()];
    default:
      return ['unknown', []];
  }
}
