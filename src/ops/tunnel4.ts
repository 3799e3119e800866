import type {IpAddress} from '../addr/ip.js';
import {IpAddress as Address} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {refuse, wrong} from '../grammar/errors.js';
import {choice, clause, keyword, type Parsed, prefix, type ValueType} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {
  GRE_KEY,
  IPPROTO_GRE,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  TUNNEL_OWN,
  type TunnelParms,
} from '../rtnetlink/link/tunnelParms.js';
import {deviceIndex} from './device.js';
import type {IpSession} from './session.js';
import {address4, commonTerms, greParms, type TunnelEnv, ttlValue} from './tunnelValues.js';

/** Inner protocol, and whether the mode is ISATAP or VTI, which share one with others. */
export interface Mode {
  readonly protocol: number;
  readonly isOwn: boolean;
}

const modes: Readonly<Record<string, Mode>> = {
  ipip: {protocol: IPPROTO_IPIP, isOwn: false},
  'ip/ip': {protocol: IPPROTO_IPIP, isOwn: false},
  gre: {protocol: IPPROTO_GRE, isOwn: false},
  'gre/ip': {protocol: IPPROTO_GRE, isOwn: false},
  sit: {protocol: IPPROTO_IPV6, isOwn: false},
  'ipv6/ip': {protocol: IPPROTO_IPV6, isOwn: false},
  isatap: {protocol: IPPROTO_IPV6, isOwn: true},
  vti: {protocol: IPPROTO_IPIP, isOwn: true},
};

/** A name that begins as a mode is called stands for it: `gre5`. */
function modeOfName(name = ''): Mode | undefined {
  return modes[Object.keys(modes).find(word => name.startsWith(word)) ?? ''];
}

const mode: ValueType<Mode> = {
  label: '{ gre | ipip | isatap | sit | vti }',
  complete: ['gre', 'ipip', 'isatap', 'sit', 'vti'],
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const found = Object.hasOwn(modes, word) ? modes[word] : undefined;
    if (found === undefined) throw refuse(`Unknown tunnel mode "${word}"`);
    const before = spec.mode?.protocol ?? (spec.base as TunnelParms | undefined)?.protocol ?? 0;
    if (before !== 0 && before !== found.protocol) {
      throw refuse('You managed to ask for more than one tunnel mode.');
    }
    return {protocol: found.protocol, isOwn: found.isOwn || spec.mode?.isOwn === true};
  },
  format: value => [
    Object.keys(modes).find(word => modes[word]?.protocol === value.protocol && modes[word]?.isOwn === value.isOwn) ??
      '',
  ],
};

/** `inherit`, a name or hexadecimal number, or `inherit/NUMBER`; the lowest bit is for inheriting. */
const tos: ValueType<number> = {
  label: 'TOS',
  complete: 'dsfield',
  parse(cursor, _keyword, env) {
    const word = cursor.next();
    if (word === 'inherit') return 1;
    const [first = '', ...others] = word.split('/');
    const isBoth = first === 'inherit';
    // What stands behind another word's slash is passed over.
    const text = isBoth ? others.join('/') : first;
    const value = env.names.dsfield.toNumber(text) ?? unsigned(text, 255, 16);
    if (value === undefined) throw wrong(first, 'bad TOS value');
    return isBoth ? value | 1 : value;
  },
  format: (value, env) => {
    const name = env.names.dsfield.name(value & ~1) ?? (value & ~1).toString(16);
    return [value === 1 ? 'inherit' : (value & 1) === 1 ? `inherit/${name}` : name];
  },
};

/** Words about an IPv4 tunnel. */
export const tunnel4Clause = clause(
  () => ({
    mode: keyword('mode', mode),
    pmtudisc: choice({nopmtudisc: false, pmtudisc: true}),
    remote: keyword('remote', address4),
    local: keyword('local', address4),
    ttl: keyword('ttl', ttlValue('\n', true), {as: ['hoplimit', 'hlim']}),
    tos: keyword('tos', tos, {as: ['tclass', prefix('dsfield')]}),
    ...commonTerms,
  }),
  {
    begin(cursor, env: TunnelEnv) {
      env.first = cursor.position;
    },
  },
);

/** What the user said about an IPv4 tunnel. */
export type Tunnel4Spec = Parsed<typeof tunnel4Clause> & {readonly base?: TunnelParms};

/** Source: RFC 791, the flag that forbids fragments. */
export const IP_DF = 0x4000;
const VERSION_LENGTH = 0x45;

/** Fields of a request. */
export interface Parms4 {
  readonly name: string;
  readonly link: number;
  readonly iFlags: number;
  readonly oFlags: number;
  readonly iKey: number;
  readonly oKey: number;
  readonly versionLength: number;
  readonly tos: number;
  readonly fragOff: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly saddr: IpAddress;
  readonly daddr: IpAddress;
}

/** Name of the device through which a mode is configured; empty without one. */
export function baseDevice4({protocol, iFlags}: Parms4): string {
  if (protocol === IPPROTO_IPIP) return (iFlags & TUNNEL_OWN) !== 0 ? 'ip_vti0' : 'tunl0';
  if (protocol === IPPROTO_GRE) return 'gre0';
  return protocol === IPPROTO_IPV6 ? 'sit0' : '';
}

/**
 * The tunnel that the words describe, on top of the one they change.
 * @throws {UsageError} for words that do not go together
 */
export function parms4(spec: Tunnel4Spec, session: IpSession): Parms4 {
  const {base} = spec;
  const own = spec.mode ?? (base === undefined ? modeOfName(spec.name) : undefined);
  const protocol = own?.protocol ?? base?.protocol ?? 0;
  let {iFlags, oFlags, iKey, oKey} = greParms(spec, base);
  if (own?.isOwn === true) iFlags |= TUNNEL_OWN;
  const isVti = protocol === IPPROTO_IPIP && (iFlags & TUNNEL_OWN) !== 0;
  if (protocol !== IPPROTO_GRE && !isVti && ((iFlags | oFlags) & GRE_KEY) !== 0) {
    throw new UsageError(1, 'Keys are not allowed with ipip and sit tunnels');
  }
  const link = spec.dev === undefined ? (base?.link ?? 0) : deviceIndex(spec.dev, session);
  const daddr = spec.remote ?? base?.daddr ?? Address.inet(0);
  const saddr = spec.local ?? base?.saddr ?? Address.inet(0);
  if (daddr.a >>> 28 === 0xe) {
    // A group is told apart by its address.
    if (iKey === 0) {
      iKey = daddr.a;
      iFlags |= GRE_KEY;
    }
    if (oKey === 0) {
      oKey = daddr.a;
      oFlags |= GRE_KEY;
    }
    if (saddr.isUnspecified) throw new UsageError(1, 'A broadcast tunnel requires a source address');
  }
  const fragOff = spec.pmtudisc === undefined ? (base?.fragOff ?? IP_DF) : spec.pmtudisc ? IP_DF : 0;
  return {
    name: base?.name ?? spec.name ?? '',
    link,
    iFlags,
    oFlags,
    iKey,
    oKey,
    versionLength: base?.versionLength ?? VERSION_LENGTH,
    tos: spec.tos ?? base?.tos ?? 0,
    fragOff,
    ttl: spec.ttl ?? base?.ttl ?? 0,
    protocol,
    saddr,
    daddr,
  };
}

/** Whether a tunnel is one that the words of a listing describe; zero fits everything. */
export function fits4(found: TunnelParms, wanted: Parms4): boolean {
  return (
    (wanted.name === '' || wanted.name === found.name) &&
    (wanted.link === 0 || wanted.link === found.link) &&
    (wanted.daddr.isUnspecified || wanted.daddr.equals(found.daddr)) &&
    (wanted.saddr.isUnspecified || wanted.saddr.equals(found.saddr)) &&
    (wanted.iKey === 0 || wanted.iKey === found.iKey)
  );
}
