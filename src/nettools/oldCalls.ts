/** The calls of the old ioctl interface, made of netlink requests. What each refuses, and with which errno, is the ioctl's. */

import {IpAddress} from '../addr/ip.js';
import {NetlinkError} from '../errors.js';
import type {Decoded} from '../netlink/schema.js';
import type {KernelSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address, AddressRequest} from '../rtnetlink/address/schema.js';
import {
  AF_INET,
  IFA_F_MCAUTOJOIN,
  IFA_F_NOPREFIXROUTE,
  IFF_BROADCAST,
  IFF_POINTOPOINT,
  IFF_UP,
  RT_SCOPE_HOST,
  RT_SCOPE_UNIVERSE,
} from '../rtnetlink/constants.js';
import {type linkNameMessage, linkNameRequest} from '../rtnetlink/link/name.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {LinkRequest} from '../rtnetlink/link/schema.js';
import {linkOf} from './interfaceNames.js';

const EINVAL = 22;
const EADDRNOTAVAIL = 99;
/** Lifetime without an end. */
const FOREVER = 0xffffffff;
/** Flags of an address that its owner chose; the kernel makes the others. */
const OWN_FLAGS = IFA_F_NOPREFIXROUTE | IFA_F_MCAUTOJOIN;

/** Name, index, type and flags of a link. */
export type NamedLink = Decoded<typeof linkNameMessage>;

/**
 * The link of an interface or alias: SIOCGIFFLAGS and its kin.
 * @throws {NetlinkError} ENODEV
 */
export function getLink(name: string, session: KernelSession): NamedLink {
  return session.connection().get(linkNameRequest(linkOf(name)));
}

/**
 * Changes a link: SIOCSIFMTU, SIOCSIFTXQLEN, SIOCSIFNAME.
 * @throws {NetlinkError}
 */
export function changeLink(index: number, body: LinkRequest, session: KernelSession): void {
  session.connection().request(linkRequests.set({index, ...body}));
}

/**
 * SIOCSIFFLAGS. For an alias only `up` and `down` mean something: it is an address, and goes when it is not up.
 * @param link as read just before
 * @throws {NetlinkError} EADDRNOTAVAIL for an alias that is not there
 */
export function setFlags(name: string, link: NamedLink, bits: number, on: boolean, session: KernelSession): void {
  if (name.includes(':')) {
    const address = findAddress(name, link, session);
    if (address === undefined) throw new NetlinkError(EADDRNOTAVAIL, 'SIOCSIFFLAGS');
    const flags = on ? link.flags | bits : link.flags & ~bits;
    if ((flags & IFF_UP) === 0) session.connection().request(addressRequests.deleteRecord(address));
    return;
  }
  session.connection().request(linkRequests.set({index: link.index, flags: on ? bits : 0, change: bits}));
}

/** The address an old call means: the first with the interface's name as its label. */
export function findAddress(name: string, link: NamedLink, session: KernelSession): Address | undefined {
  let found: Address | undefined;
  session.connection().dump(addressRequests.list({family: AF_INET, index: link.index}), record => {
    if (record.label === name) found ??= record;
  });
  return found;
}

/** Bits of the network part by the class of an address; undefined for a group's. Source: RFC 791, section 3.2. */
export function classLength(address: IpAddress): number | undefined {
  const word = address.w0;
  if (word === 0 || word === -1) return 0;
  if (word >= 0) return 8;
  const top = word >>> 28;
  return top < 12 ? 16 : top < 14 ? 24 : top === 14 ? undefined : 32;
}

function maskOf(length: number): number {
  return length === 0 ? 0 : -1 << (32 - length);
}

/** The last address of a network, where it has room for one. */
function broadcastOf(local: IpAddress, length: number, flags: number): IpAddress | undefined {
  return (flags & IFF_BROADCAST) === 0 || length > 30 ? undefined : IpAddress.inet(local.w0 | ~maskOf(length));
}

/**
 * SIOCSIFADDR: the address of a label, with mask and broadcast address of its class; 0.0.0.0 takes it away.
 * @throws {NetlinkError} EINVAL for a group's address; EEXIST, with the old address gone
 */
export function setAddress(name: string, local: IpAddress, session: KernelSession): void {
  const link = getLink(name, session);
  const classful = classLength(local);
  if (classful === undefined) throw new NetlinkError(EINVAL, 'SIOCSIFADDR');
  const old = findAddress(name, link, session);
  if (old?.local?.equals(local)) return;
  const prefixlen = (link.flags & IFF_POINTOPOINT) === 0 ? classful : 32;
  const changed: AddressRequest = {
    local,
    address: local,
    prefixlen,
    broadcast: broadcastOf(local, prefixlen, link.flags),
    scope: local.a >>> 24 === 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
    cacheinfo: undefined,
  };
  if (old !== undefined) session.connection().request(addressRequests.deleteRecord(old));
  if (local.isUnspecified) return;
  const kept = old === undefined ? {index: link.index, label: name.includes(':') ? name : link.ifname} : bodyOf(old);
  session.connection().request(addressRequests.add({...kept, ...changed}));
}

/**
 * SIOCSIFNETMASK. A broadcast address that fits the old mask is made to fit the new one.
 * @throws {NetlinkError} EADDRNOTAVAIL, EINVAL for a mask with holes
 */
export function setNetmask(name: string, mask: IpAddress, session: KernelSession): void {
  const {link, old} = existing(name, 'SIOCSIFNETMASK', session);
  const gap = ~mask.w0;
  if ((gap & (gap + 1)) !== 0) throw new NetlinkError(EINVAL, 'SIOCSIFNETMASK');
  const prefixlen = Math.clz32(gap);
  if (prefixlen === old.prefixlen || old.local === undefined) return;
  const fits = old.broadcast?.w0 === (old.local.w0 | ~maskOf(old.prefixlen));
  const broadcast = fits ? (broadcastOf(old.local, prefixlen, link.flags) ?? old.broadcast) : old.broadcast;
  replace(old, {prefixlen, broadcast}, session);
}

/** SIOCSIFBRDADDR. @throws {NetlinkError} EADDRNOTAVAIL */
export function setBroadcast(name: string, broadcast: IpAddress, session: KernelSession): void {
  const {old} = existing(name, 'SIOCSIFBRDADDR', session);
  if (broadcast.w0 === (old.broadcast?.w0 ?? 0)) return;
  replace(old, {broadcast: broadcast.isUnspecified ? undefined : broadcast}, session);
}

/** SIOCSIFDSTADDR: the other end. @throws {NetlinkError} EADDRNOTAVAIL, EINVAL for a group's address */
export function setDestination(name: string, address: IpAddress, session: KernelSession): void {
  const {old} = existing(name, 'SIOCSIFDSTADDR', session);
  if (address.w0 === (old.address?.w0 ?? 0)) return;
  if (classLength(address) === undefined) throw new NetlinkError(EINVAL, 'SIOCSIFDSTADDR');
  replace(old, {address}, session);
}

function existing(name: string, call: string, session: KernelSession): {link: NamedLink; old: Address} {
  const link = getLink(name, session);
  const old = findAddress(name, link, session);
  if (old === undefined) throw new NetlinkError(EADDRNOTAVAIL, call);
  return {link, old};
}

/** An address is never changed in place: it goes and comes again, behind those that are there. */
function replace(old: Address, changed: AddressRequest, session: KernelSession): void {
  session.connection().request(addressRequests.deleteRecord(old));
  session.connection().request(addressRequests.add({...bodyOf(old), ...changed}));
}

/** What an address takes along when it is made again. */
function bodyOf(old: Address): AddressRequest {
  const {index, local, address, prefixlen, broadcast, label, scope, rtPriority, proto, cacheinfo} = old;
  const flags = old.flagBits & OWN_FLAGS;
  const forever = cacheinfo === undefined || (cacheinfo.valid === FOREVER && cacheinfo.prefered === FOREVER);
  return {
    index,
    local,
    // None in the record is 0.0.0.0; none in a request would be the local address.
    address: address ?? IpAddress.inet(0),
    prefixlen,
    broadcast,
    label,
    scope,
    rtPriority,
    proto,
    ...(flags !== 0 && {flags}),
    ...(!forever && {cacheinfo}),
  };
}
