import {IpAddress} from '../addr/ip.js';
import {refuse, wrong} from '../grammar/errors.js';
import {choice, clause, keyword, type Parsed, prefix, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {addressOf} from '../grammar/values.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {
  IP6_TNL_F_ALLOW_LOCAL_REMOTE,
  IP6_TNL_F_IGN_ENCAP_LIMIT,
  IP6_TNL_F_RCV_DSCP_COPY,
  IP6_TNL_F_USE_ORIG_FLOWLABEL,
  IP6_TNL_F_USE_ORIG_TCLASS,
  IPPROTO_GRE,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  TUNNEL_OWN,
  type TunnelParms6,
} from '../rtnetlink/link/tunnelParms.js';
import {deviceIndex} from './device.js';
import {inheritOnly} from './kinds/tunnelIp6.js';
import type {IpSession} from './session.js';
import {commonTerms, greParms, type TunnelEnv, ttlValue} from './tunnelValues.js';

/** A mode of tunnels. */
export interface Mode {
  readonly proto: number;
  readonly isVti: boolean;
}

const modes: Readonly<Record<string, Mode>> = {
  ip6ip6: {proto: IPPROTO_IPV6, isVti: false},
  'ipv6/ipv6': {proto: IPPROTO_IPV6, isVti: false},
  vti6: {proto: IPPROTO_IPV6, isVti: true},
  ipip6: {proto: IPPROTO_IPIP, isVti: false},
  ip4ip6: {proto: IPPROTO_IPIP, isVti: false},
  'ip/ipv6': {proto: IPPROTO_IPIP, isVti: false},
  'ipv4/ipv6': {proto: IPPROTO_IPIP, isVti: false},
  ip6gre: {proto: IPPROTO_GRE, isVti: false},
  'gre/ipv6': {proto: IPPROTO_GRE, isVti: false},
  any: {proto: 0, isVti: false},
  'any/ipv6': {proto: 0, isVti: false},
};

/** Whether the words are about an IPv6 tunnel by the first mode they name, whatever the family. */
export function namesMode6(argv: readonly string[]): boolean {
  const at = argv.indexOf('mode');
  return at >= 0 && Object.hasOwn(modes, argv[at + 1] ?? '');
}

const mode: ValueType<Mode> = {
  label: '{ ip6ip6 | ipip6 | ip6gre | vti6 | any }',
  complete: ['ip6ip6', 'ipip6', 'ip6gre', 'vti6', 'any'],
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const found = Object.hasOwn(modes, word) ? modes[word] : undefined;
    if (found === undefined) throw refuse(`Unknown tunnel mode "${word}"`);
    return {proto: found.proto, isVti: found.isVti || spec.mode?.isVti === true};
  },
  format: value => [
    Object.keys(modes).find(word => modes[word]?.proto === value.proto && modes[word]?.isVti === value.isVti) ?? '',
  ],
};

const address6: ValueType<IpAddress> = {
  label: 'ADDR',
  complete: 'address',
  parse(cursor) {
    const word = cursor.next();
    return word === 'any' || word === 'all' ? IpAddress.inet6(0, 0, 0, 0) : addressOf(word, AF_INET6);
  },
  format: value => [String(value)],
};

/** A number up to `max` in hexadecimal, or `inherit`. */
function inheritable(label: string, what: string, max: number): ValueType<number | 'inherit'> {
  return {
    label,
    parse(cursor) {
      const word = cursor.next();
      if (word === 'inherit') return word;
      const value = unsigned(word, max, 16);
      if (value === undefined) throw wrong(word, `invalid ${what}`);
      return value;
    },
    format: value => [value === 'inherit' ? value : `0x${value.toString(16)}`],
  };
}

/** `none`, or a number; the reference takes what is no number up to 255 for 0. */
const encapLimit: ValueType<number | 'none'> = {
  label: 'ELIM',
  complete: ['none'],
  parse(cursor) {
    const word = cursor.next();
    return word === 'none' ? word : (unsigned(word, 255) ?? 0);
  },
  format: value => [String(value)],
};

/** Words about an IPv6 tunnel. */
export const tunnel6Clause = clause(
  () => ({
    mode: keyword('mode', mode),
    remote: keyword('remote', address6),
    local: keyword('local', address6),
    encapLimit: keyword('encaplimit', encapLimit),
    hopLimit: keyword('hoplimit', ttlValue('', false), {as: ['ttl', 'hlim']}),
    tclass: keyword('tclass', inheritable('TCLASS', 'TClass', 0xff), {as: ['tc', 'tos', prefix('dsfield')]}),
    flowlabel: keyword('flowlabel', inheritable('FLOWLABEL', 'Flowlabel', 0xfffff), {as: ['fl']}),
    dscp: keyword('dscp', inheritOnly),
    localRemote: choice({'allow-localremote': true, 'noallow-localremote': false}),
    ...commonTerms,
  }),
  {
    begin(cursor, env: TunnelEnv) {
      env.first = cursor.position;
    },
  },
);

/** What the user said about an IPv6 tunnel. */
export type Tunnel6Spec = Parsed<typeof tunnel6Clause> & {readonly base?: TunnelParms6};

/** Fields of a request. */
export type Parms6 = {
  readonly [K in
    | 'name'
    | 'link'
    | 'proto'
    | 'encapLimit'
    | 'hopLimit'
    | 'flowinfo'
    | 'flags'
    | 'laddr'
    | 'raddr'
    | 'iFlags'
    | 'oFlags'
    | 'iKey'
    | 'oKey']: TunnelParms6[K];
};

/** Name of the device through which a mode is configured. */
export function baseDevice6({proto, iFlags}: Parms6): string {
  if ((iFlags & TUNNEL_OWN) !== 0) return 'ip6_vti0';
  return proto === IPPROTO_GRE ? 'ip6gre0' : 'ip6tnl0';
}

/** Source: RFC 2473, and the reference's own. */
const DEFAULTS = {proto: IPPROTO_IPV6, encapLimit: 4, hopLimit: 64};
const TCLASS_SHIFT = 20;
const TCLASS_MASK = 0xff << TCLASS_SHIFT;
const FLOWLABEL_MASK = 0xfffff;

/** Sets or clears a flag. */
function withFlag(flags: number, bit: number, isSet: boolean | undefined): number {
  return isSet === undefined ? flags : isSet ? flags | bit : flags & ~bit;
}

/**
 * The tunnel that the words describe, on top of the one they change.
 * @param isListing what is not said then fits everything
 */
export function parms6(spec: Tunnel6Spec, isListing: boolean, session: IpSession): Parms6 {
  const base = spec.base ?? (isListing ? {proto: 0, encapLimit: 0, hopLimit: 0} : DEFAULTS);
  const {base: old, encapLimit: limit, tclass, flowlabel} = spec;
  const gre = greParms(spec, old);
  let flags = old?.flags ?? 0;
  let flowinfo = old?.flowinfo ?? 0;
  if (limit !== undefined) flags = withFlag(flags, IP6_TNL_F_IGN_ENCAP_LIMIT, limit === 'none');
  if (tclass !== undefined) {
    flowinfo = (flowinfo & ~TCLASS_MASK) | (tclass === 'inherit' ? 0 : tclass << TCLASS_SHIFT);
    flags = withFlag(flags, IP6_TNL_F_USE_ORIG_TCLASS, tclass === 'inherit');
  }
  if (flowlabel !== undefined) {
    flowinfo = (flowinfo & ~FLOWLABEL_MASK) | (flowlabel === 'inherit' ? 0 : flowlabel);
    flags = withFlag(flags, IP6_TNL_F_USE_ORIG_FLOWLABEL, flowlabel === 'inherit');
  }
  flags = withFlag(flags, IP6_TNL_F_RCV_DSCP_COPY, spec.dscp);
  flags = withFlag(flags, IP6_TNL_F_ALLOW_LOCAL_REMOTE, spec.localRemote);
  return {
    name: old?.name ?? spec.name ?? '',
    link: spec.dev === undefined ? (old?.link ?? 0) : deviceIndex(spec.dev, session),
    proto: spec.mode?.proto ?? base.proto,
    encapLimit: limit === undefined || limit === 'none' ? base.encapLimit : limit,
    hopLimit: spec.hopLimit ?? base.hopLimit,
    flowinfo: flowinfo >>> 0,
    flags,
    laddr: spec.local ?? old?.laddr ?? IpAddress.inet6(0, 0, 0, 0),
    raddr: spec.remote ?? old?.raddr ?? IpAddress.inet6(0, 0, 0, 0),
    ...gre,
    iFlags: spec.mode?.isVti === true ? gre.iFlags | TUNNEL_OWN : gre.iFlags,
  };
}

/** Whether a tunnel is one that the words of a listing describe; zero fits everything. */
export function fits6(found: TunnelParms6, wanted: Parms6): boolean {
  return (
    (wanted.name === '' || wanted.name === found.name) &&
    (wanted.link === 0 || wanted.link === found.link) &&
    (wanted.raddr.isUnspecified || wanted.raddr.equals(found.raddr)) &&
    (wanted.laddr.isUnspecified || wanted.laddr.equals(found.laddr)) &&
    (wanted.proto === 0 || found.proto === 0 || wanted.proto === found.proto) &&
    (wanted.hopLimit === 0 || wanted.hopLimit === found.hopLimit)
  );
}
