import {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {choice, clause, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {formatPrefix, prefixOf} from '../grammar/values.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {Link} from '../rtnetlink/link/schema.js';
import {
  IPPROTO_IPV6,
  type PotentialRouter,
  potentialRouter,
  type RapidDeployment,
  rapidDeployment,
  readStruct,
  structBytes,
  TUNNEL_OWN,
  type TunnelParms,
  type TunnelParms6,
  tunnelParms,
  tunnelParms6,
} from '../rtnetlink/link/tunnelParms.js';
import {deviceName} from './newName.js';
import type {IpSession} from './session.js';
import {baseDevice4, fits4, type Parms4, parms4, type Tunnel4Spec, tunnel4Clause} from './tunnel4.js';
import {baseDevice6, fits6, parms6, type Tunnel6Spec, tunnel6Clause} from './tunnel6.js';
import {
  change,
  getFailure,
  ioctlFailure,
  lookUp,
  SIOCADD6RD,
  SIOCADDPRL,
  SIOCADDTUNNEL,
  SIOCCHGTUNNEL,
  SIOCDEL6RD,
  SIOCDELPRL,
  SIOCDELTUNNEL,
  SIOCGET6RD,
  SIOCGETPRL,
  SIOCGETTUNNEL,
  tellDevice,
  tunnelIoctl,
} from './tunnelIoctl.js';
import {address4} from './tunnelValues.js';

/** Source: uapi linux/if_tunnel.h. */
const PRL_DEFAULT = 1;
/** Routers the reference asks for. */
const PRL_ROOM = 15;
const PRL_SIZE = 16;

/** Source: uapi linux/if_arp.h, ARPHRD_*. */
const TUNNEL = 768;
const TUNNEL6 = 769;
const SIT = 776;
const IPGRE = 778;
const IP6GRE = 823;

/** One potential router to add or to forget: one of the words alone. */
const prlEntry: ValueType<IpAddress> = {
  ...address4,
  parse(cursor, keyword, env, spec) {
    const router = address4.parse(cursor, keyword, env, spec);
    if (['default', 'nodefault', 'delete'].some(key => key in spec)) throw refuse('One PRL entry at a time');
    return router;
  },
};

const mustHaveDevice = (spec: {readonly dev?: string}): void => {
  if (spec.dev === undefined) throw refuse('Must specify device');
};

const prl = clause(
  () => ({
    default: keyword('prl-default', prlEntry),
    nodefault: keyword('prl-nodefault', prlEntry),
    delete: keyword('prl-delete', prlEntry),
    dev: keyword('dev', deviceName),
  }),
  {unknown: word => refuse(`Invalid PRL parameter "${word}"`), finish: mustHaveDevice},
);

/** A prefix, after which the deployment is set; the last of several words says what is done. */
function deployed(family: number): ValueType<ParsedPrefix> {
  return {
    label: 'PREFIX',
    complete: 'prefix',
    parse(cursor, _keyword, _env, spec) {
      const found = prefixOf(cursor.next(), family);
      delete spec.reset;
      return found;
    },
    format: value => [formatPrefix(value)],
  };
}

const sixRd = clause(
  () => ({
    prefix: keyword('6rd-prefix', deployed(AF_INET6)),
    relayPrefix: keyword('6rd-relay_prefix', deployed(AF_INET)),
    reset: choice({'6rd-reset': true}),
    dev: keyword('dev', deviceName),
  }),
  {unknown: word => refuse(`Invalid 6RD parameter "${word}"`), finish: mustHaveDevice},
);

/** Verbs of `ip tunnel` for IPv4, in match order. */
export const tunnelVerbs = verbs(
  'tunnel',
  [
    verb('add', tunnel4Clause),
    verb('change', tunnel4Clause),
    verb('delete', tunnel4Clause),
    verb('show', tunnel4Clause, {as: ['lst', 'list']}),
    verb('prl', prl),
    verb('6rd', sixRd),
  ],
  {
    whenAbsent: 'show',
    unknown: (word, env) => refuse(`Command "${word}" is unknown, try "${env.program} tunnel help"`),
  },
);

/** Verbs of `ip -6 tunnel`. */
export const tunnelVerbs6 = verbs(
  '-f inet6 tunnel',
  [
    verb('add', tunnel6Clause),
    verb('change', tunnel6Clause),
    verb('delete', tunnel6Clause),
    verb('show', tunnel6Clause, {as: ['lst', 'list']}),
  ],
  {whenAbsent: 'show'},
);

/** A tunnel with what the view needs from elsewhere; counters only with `-s`. */
export interface TunnelRow<P> {
  readonly parms: P;
  readonly link?: Link | undefined;
  readonly routers?: readonly PotentialRouter[] | undefined;
  readonly deployment?: RapidDeployment | undefined;
}

/**
 * `ip tunnel add`, `change` and `del`. New tunnels are made through the device of their mode.
 * @throws {UsageError}
 */
export function changeTunnel4(name: 'add' | 'change' | 'delete', spec: Tunnel4Spec, session: IpSession): void {
  const parms = parms4(spec, session);
  const base = baseDevice4(parms);
  const data = (): Uint8Array => structBytes(tunnelParms, parms);
  if (name === 'delete') {
    change(SIOCDELTUNNEL, 'delete', parms.name || base, data(), AF_INET);
    return;
  }
  if (parms.ttl !== 0 && parms.fragOff === 0) throw new UsageError(1, 'ttl != 0 and nopmtudisc are incompatible');
  if (base === '') throw new UsageError(1, 'cannot determine tunnel mode (ipip, gre, vti or sit)');
  const isChange = name === 'change';
  const device = isChange && parms.name !== '' ? parms.name : base;
  change(isChange ? SIOCCHGTUNNEL : SIOCADDTUNNEL, 'add', device, data(), AF_INET);
}

/** The same for IPv6. */
export function changeTunnel6(name: 'add' | 'change' | 'delete', spec: Tunnel6Spec, session: IpSession): void {
  const parms = parms6(spec, false, session);
  const base = baseDevice6(parms);
  const data = structBytes(tunnelParms6, parms);
  if (name === 'delete') {
    change(SIOCDELTUNNEL, 'delete', parms.name || base, data, AF_INET6);
    return;
  }
  if (parms.name === '') session.io.err('Tunnel interface name not specified\n');
  const isChange = name === 'change';
  const device = isChange && parms.name !== '' ? parms.name : base;
  change(isChange ? SIOCCHGTUNNEL : SIOCADDTUNNEL, 'add', device, data, AF_INET6);
}

/** A tunnel with its routers and its rapid deployment, which only some kinds have. */
function rowOf(parms: TunnelParms, link: Link | undefined, session: IpSession): TunnelRow<TunnelParms> {
  if (parms.protocol !== IPPROTO_IPV6) return {parms, link};
  const isIsatap = (parms.iFlags & TUNNEL_OWN) !== 0;
  const routers = isIsatap ? routersOf(parms.name, session) : undefined;
  const deployment = lookUp(rapidDeployment, SIOCGET6RD, parms.name, {}, AF_INET);
  return {parms, link, routers, deployment: typeof deployment === 'number' ? undefined : deployment};
}

function routersOf(name: string, session: IpSession): PotentialRouter[] {
  const data = new Uint8Array((PRL_ROOM + 1) * PRL_SIZE);
  data.set(structBytes(potentialRouter, {datalen: PRL_ROOM * PRL_SIZE}));
  const result = tunnelIoctl(SIOCGETPRL, name, data, AF_INET);
  if (result < 0) {
    session.io.err(ioctlFailure(name, SIOCGETPRL, -result));
    return [];
  }
  const all: PotentialRouter[] = [];
  const end = Math.min(readStruct(potentialRouter, data, 0, PRL_SIZE).datalen, PRL_ROOM * PRL_SIZE);
  for (let at = PRL_SIZE; at <= end; at += PRL_SIZE) all.push(readStruct(potentialRouter, data, at, at + PRL_SIZE));
  return all;
}

/** The one tunnel that words with a mode ask for, by name or by what else they say; undefined where they list. */
export function oneTunnel4(spec: Tunnel4Spec, session: IpSession): TunnelRow<TunnelParms> | undefined {
  const parms = parms4(spec, session);
  const device = baseDevice4(parms) === '' ? '' : parms.name || baseDevice4(parms);
  if (device === '') return undefined;
  const found = lookUp(tunnelParms, SIOCGETTUNNEL, device, parms, AF_INET);
  if (typeof found === 'number') throw new UsageError(1, getFailure(device, found));
  return rowOf(found, undefined, session);
}

/** The one tunnel that words name; undefined where they list, as they always do with `-s`. */
export function oneTunnel6(spec: Tunnel6Spec, session: IpSession): TunnelRow<TunnelParms6> | undefined {
  const parms = parms6(spec, true, session);
  if (parms.name === '' || session.options.statistics > 0) return undefined;
  const found = lookUp(tunnelParms6, SIOCGETTUNNEL, parms.name, parms, AF_INET6);
  if (typeof found === 'number') throw new UsageError(1, getFailure(parms.name, found));
  return {parms: found};
}

/** Links of some hardware types, one of them by name. */
function linksOf(types: readonly number[], name: string, session: IpSession): Link[] {
  const found: Link[] = [];
  session.connection().dump(linkRequests.list(), link => {
    session.links.remember(link.index, link.ifname);
    if (types.includes(link.type) && (name === '' || link.ifname === name)) found.push(link);
  });
  return found;
}

/** The tunnels that words describe, in the kernel's order; those it does not tell about are complained of. */
export function eachTunnel4(spec: Tunnel4Spec, session: IpSession, take: (row: TunnelRow<TunnelParms>) => void): void {
  const wanted: Parms4 = parms4(spec, session);
  for (const link of linksOf([TUNNEL, SIT, IPGRE], wanted.name, session)) {
    const name = link.ifname ?? '';
    const found = lookUp(tunnelParms, SIOCGETTUNNEL, name, {}, AF_INET);
    if (typeof found === 'number') session.io.err(`${getFailure(name, found)}\n`);
    else if (fits4(found, wanted)) take(rowOf(found, counted(link, session), session));
  }
}

/** The same for IPv6. */
export function eachTunnel6(spec: Tunnel6Spec, session: IpSession, take: (row: TunnelRow<TunnelParms6>) => void): void {
  const wanted = parms6(spec, true, session);
  for (const link of linksOf([TUNNEL6, IP6GRE], wanted.name, session)) {
    const name = link.ifname ?? '';
    const found = lookUp(tunnelParms6, SIOCGETTUNNEL, name, {name: wanted.name}, AF_INET6);
    if (typeof found === 'number') session.io.err(`${getFailure(name, found)}\n`);
    else if (fits6(found, wanted)) take({parms: found, link: counted(link, session)});
  }
}

function counted(link: Link, {options}: IpSession): Link | undefined {
  return options.statistics > 0 ? link : undefined;
}

/** `ip tunnel prl`. @throws {UsageError} */
export function changeRouters(spec: Parsed<typeof prl>): void {
  const {dev = '', default: preferred, nodefault, delete: gone} = spec;
  const addr = preferred ?? nodefault ?? gone;
  const request = addr === undefined ? 0 : gone === undefined ? SIOCADDPRL : SIOCDELPRL;
  const flags = preferred === undefined ? 0 : PRL_DEFAULT;
  tellDevice(request, dev, structBytes(potentialRouter, {...(addr && {addr}), flags}));
}

/** `ip tunnel 6rd`. @throws {UsageError} */
export function changeDeployment({dev = '', prefix, relayPrefix, reset}: Parsed<typeof sixRd>): void {
  const isDeployed = prefix !== undefined || relayPrefix !== undefined;
  const request = reset === true ? SIOCDEL6RD : isDeployed ? SIOCADD6RD : 0;
  const values = {
    prefix: prefix?.address ?? IpAddress.inet6(0, 0, 0, 0),
    relayPrefix: relayPrefix?.address ?? IpAddress.inet(0),
    prefixlen: prefix?.length ?? 0,
    relayPrefixlen: relayPrefix?.length ?? 0,
  };
  tellDevice(request, dev, structBytes(rapidDeployment, values));
}
