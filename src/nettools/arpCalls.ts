/** SIOCSARP and SIOCDARP, made of netlink requests. What they refuse, and with which errno, is the ioctl's. */

import {IpAddress} from '../addr/ip.js';
import {Prefix} from '../addr/prefix.js';
import {NetlinkError} from '../errors.js';
import type {SyncConnection} from '../netlink/sync.js';
import type {KernelSession} from '../ops/session.js';
import {
  AF_INET,
  NTF_PROXY,
  NUD_NOARP,
  NUD_PERMANENT,
  NUD_STALE,
  RT_SCOPE_LINK,
  RT_TABLE_MAIN,
  RTM_GETLINK,
  RTN_UNICAST,
} from '../rtnetlink/constants.js';
import {linkNameRequest} from '../rtnetlink/link/name.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import {makeRequest} from '../rtnetlink/request.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {Route} from '../rtnetlink/route/schema.js';
import {interfaceMessage} from './interfaces.js';
import type {NamedLink} from './oldCalls.js';
import {checkPermission} from './permission.js';

export const ENOENT = 2;
export const ENXIO = 6;
const ENODEV = 19;
const EINVAL = 22;
const ENETUNREACH = 101;

/** The fields of struct arpreq. Source: uapi linux/if_arp.h. */
export interface ArpRequest {
  readonly address: IpAddress;
  /** Name of the device; undefined: the one a route leads to. */
  readonly dev: string | undefined;
  /** ARPHRD_ number and bytes of the hardware address. */
  readonly arphrd: number;
  readonly lladdr: Uint8Array;
  /** ATF_PERM: stays for ever. */
  readonly isPermanent: boolean;
  /** ATF_PUBL: answer for the host. */
  readonly isPublic: boolean;
  /** ATF_DONTPUB, which no kernel knows any more. */
  readonly isPrivate: boolean;
  /** ATF_NETMASK: a mask other than that of a host. */
  readonly mask: IpAddress | undefined;
}

/** @throws {NetlinkError} EPERM, EINVAL, ENODEV */
function deviceOf(request: ArpRequest, session: KernelSession): NamedLink | undefined {
  const {dev, isPublic, isPrivate, mask} = request;
  checkPermission('SIOCSARP', session);
  if (!isPublic && (isPrivate || mask !== undefined)) throw new NetlinkError(EINVAL, 'SIOCSARP');
  if (dev === undefined) return undefined;
  return session.connection().get(linkNameRequest(dev));
}

/**
 * The device whose network has the address: a route without a gateway leads there.
 * @throws {NetlinkError} ENETUNREACH
 */
function routedDevice(address: IpAddress, session: KernelSession): NamedLink {
  const connection = session.connection();
  const oif = reached(address, connection) ?? onLink(address, connection);
  if (oif === undefined) throw new NetlinkError(ENETUNREACH, 'SIOCSARP');
  return connection.get(linkNameRequest(oif));
}

/** What the kernel says, if that is no gateway. */
function reached(address: IpAddress, connection: SyncConnection): number | undefined {
  try {
    const {oif, gateway, via} = connection.get(routeRequests.get({dst: address}));
    return gateway === undefined && via === undefined ? oif : undefined;
  } catch (error) {
    if (error instanceof NetlinkError) return undefined;
    throw error;
  }
}

/** Where routes through a gateway and refusing ones hide those that the old call looks at. */
function onLink(address: IpAddress, connection: SyncConnection): number | undefined {
  let found: Route | undefined;
  connection.dump(routeRequests.list({family: AF_INET, table: RT_TABLE_MAIN}), route => {
    const {type, scope, dst, dstLen, priority = 0} = route;
    if (type !== RTN_UNICAST || scope < RT_SCOPE_LINK) return;
    if (!new Prefix(dst ?? IpAddress.inet(0), dstLen).contains(address)) return;
    const nearer = found === undefined ? 1 : dstLen - found.dstLen || (found.priority ?? 0) - priority;
    if (nearer > 0) found = route;
  });
  return found?.oif;
}

/** The device with a hardware address. @throws {NetlinkError} ENODEV */
function deviceWith({arphrd, lladdr}: ArpRequest, session: KernelSession): number {
  let found: number | undefined;
  session.connection().dump(makeRequest(interfaceMessage, RTM_GETLINK, 0, {}), ({index, type, address}) => {
    if (type === arphrd && (address?.every((byte, i) => byte === lladdr[i]) ?? true)) found ??= index;
  });
  if (found === undefined) throw new NetlinkError(ENODEV, 'SIOCSARP');
  return found;
}

/**
 * SIOCSARP: `ip neigh replace`, of a proxy entry for a published one.
 * @throws {NetlinkError}
 */
export function setArp(request: ArpRequest, session: KernelSession): void {
  const {address, arphrd, lladdr, isPermanent, isPublic, mask} = request;
  let device = deviceOf(request, session);
  if (device !== undefined && device.type !== arphrd) throw new NetlinkError(EINVAL, 'SIOCSARP');
  if (isPublic) {
    if (mask !== undefined && !mask.isUnspecified) throw new NetlinkError(EINVAL, 'SIOCSARP');
    const ifindex = device?.index ?? deviceWith(request, session);
    session.connection().request(neighbourRequests.replace({dst: address, ifindex, flags: NTF_PROXY, state: 0}));
    return;
  }
  device ??= routedDevice(address, session);
  if (device.type !== arphrd) throw new NetlinkError(EINVAL, 'SIOCSARP');
  const state = isPermanent ? NUD_PERMANENT : NUD_STALE;
  session.connection().request(neighbourRequests.replace({dst: address, ifindex: device.index, lladdr, state}));
}

/**
 * SIOCDARP: `ip neigh del`.
 * @throws {NetlinkError} ENXIO for an entry that is not there, ENOENT for a published one
 */
export function deleteArp(request: ArpRequest, session: KernelSession): void {
  const {address, isPublic, mask} = request;
  const device = deviceOf(request, session);
  if (isPublic) {
    if (mask !== undefined) throw new NetlinkError(EINVAL, 'SIOCDARP');
    const ifindex = device?.index ?? 0;
    session.connection().request(neighbourRequests.delete({dst: address, ifindex, flags: NTF_PROXY, state: 0}));
    return;
  }
  const {index} = device ?? routedDevice(address, session);
  try {
    const {state} = session.connection().get(neighbourRequests.get({dst: address, ifindex: index}));
    // Addresses that need no ARP are left alone.
    if ((state & ~NUD_NOARP) === 0) throw new NetlinkError(ENXIO, 'SIOCDARP');
    session.connection().request(neighbourRequests.delete({dst: address, ifindex: index, state: 0}));
  } catch (error) {
    throw error instanceof NetlinkError && error.errno === ENOENT ? new NetlinkError(ENXIO, 'SIOCDARP') : error;
  }
}
