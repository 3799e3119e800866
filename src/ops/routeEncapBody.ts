import {IpAddress} from '../addr/ip.js';
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
} from '../rtnetlink/constants.js';
import type {RouteRequest} from '../rtnetlink/route/schema.js';
import {encodeRpl, encodeSrh} from '../rtnetlink/route/srh.js';
import {deviceIndex} from './device.js';
import type {EncapSpec} from './routeEncap.js';
import type {KernelSession} from './session.js';

type Body = RouteRequest['encap'];
// biome-ignore lint/suspicious/noExplicitAny: the type of the encapsulation tells the options
type Any = any;

const TYPES: Readonly<Record<string, number>> = {
  mpls: LWTUNNEL_ENCAP_MPLS,
  ip: LWTUNNEL_ENCAP_IP,
  ila: LWTUNNEL_ENCAP_ILA,
  ip6: LWTUNNEL_ENCAP_IP6,
  seg6: LWTUNNEL_ENCAP_SEG6,
  bpf: LWTUNNEL_ENCAP_BPF,
  seg6local: LWTUNNEL_ENCAP_SEG6_LOCAL,
  rpl: LWTUNNEL_ENCAP_RPL,
  ioam6: LWTUNNEL_ENCAP_IOAM6,
  xfrm: LWTUNNEL_ENCAP_XFRM,
};

/** Number of an encapsulation. */
export function encapTypeOf(spec: EncapSpec): number {
  return TYPES[spec.type] ?? 0;
}

/** Attributes of an encapsulation, in the order of its words. */
export function encapBody({type, options}: EncapSpec, session: KernelSession): Body {
  return bodyOf(type, options, session);
}

function bodyOf(type: string, options: Any, session: KernelSession): Any {
  switch (type) {
    case 'ip':
    case 'ip6': {
      const {key, csum, seq, ...body} = options;
      const flags = (csum ? 1 : 0) | (key ? 4 : 0) | (seq ? 8 : 0);
      return flags === 0 ? body : {...body, flags};
    }
    case 'mpls':
      return {dst: options.labels, ttl: options.ttl};
    case 'seg6':
      return {srh: seg6Srh(options), ...(options.tunsrc !== undefined && {src: options.tunsrc})};
    case 'seg6local':
      return seg6localBody(options, session);
    case 'rpl':
      return {srh: encodeRpl(options.segs ?? [])};
    case 'ioam6':
      return ioam6Body(options);
    case 'xfrm':
      return {ifId: options.ifId, ...(options.link !== undefined && {link: deviceIndex(options.link, session, 255)})};
    default:
      return options;
  }
}

const INLINE = 0;
const NO_SEGMENTS: readonly IpAddress[] = [];

/** A mode and a header; without segments a single empty one. */
function seg6Srh({mode, segs, hmac}: {mode?: number; segs?: readonly IpAddress[]; hmac?: number}): Uint8Array {
  const segments = segs ?? [IpAddress.inet6(0, 0, 0, 0)];
  const header = encodeSrh({segments, hmac: hmac ?? 0}, mode === INLINE && segs !== undefined);
  const bytes = new Uint8Array(4 + header.length);
  new Uint32Array(bytes.buffer, 0, 1)[0] = mode ?? 0;
  bytes.set(header, 4);
  return bytes;
}

const ACTION_B6 = 9;

function seg6localBody(options: Any, session: KernelSession): Any {
  const body: Record<string, unknown> = {action: options.action};
  for (const key in options) {
    const value = options[key];
    if (key === 'iif' || key === 'oif') body[key] = deviceIndex(value, session, 255);
    else if (key === 'count') body.counters = {packets: 0n, bytes: 0n, errors: 0n};
    else if (key === 'srh') {
      const segments = value.segs ?? NO_SEGMENTS;
      body.srh = encodeSrh({segments, hmac: value.hmac ?? 0}, options.action === ACTION_B6);
    } else if (key === 'flavors') {
      body.flavors = {operation: value.bits, lcblockBits: value.lblen, lcnodeFnBits: value.nflen};
    } else body[key] = value;
  }
  return body;
}

function ioam6Body({freq, mode, tunsrc, tundst, type, ns, size}: Any): Any {
  const [freqK, freqN] = freq ?? [1, 1];
  return {
    freqK,
    freqN,
    mode: mode ?? 1,
    ...(tunsrc !== undefined && {src: tunsrc}),
    ...(tundst !== undefined && {dst: tundst}),
    trace: {namespaceId: ns, nodelenOverflow: 0, remlen: size >>> 2, type: (type << 8) >>> 0},
  };
}
