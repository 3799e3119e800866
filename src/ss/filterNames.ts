import {statSync} from 'node:fs';
import {AF_INET, AF_INET6, IpAddress} from '../addr/ip.js';
import {errnoText} from '../errno.js';
import type {Io} from '../io.js';
import {etherType} from '../names/etherTypes.js';
import {NetlinkProtocols} from '../names/netlinkProtocols.js';
import {Services} from '../names/services.js';
import {native, readWholeFile} from '../native.js';
import {NETLINK_ROUTE} from '../netlink/constants.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import type {FilterNames} from '../sockdiag/filter/hosts.js';
import {TABLE} from './tables.js';

/** Names in a filter, looked up where the system keeps them. @param tables bits of TABLE: whose services are meant */
export function filterNames(tables: number, io: Io): FilterNames {
  const links = new LinkCache(() => io.open(NETLINK_ROUTE));
  return {
    service: name => servicePort(name, tables),
    resolve: addressesOf,
    // `if7` and names that exist; 0 is no interface.
    ifindex: name => links.index(name) || undefined,
    cgroup: cgroupId,
    netlinkProtocol: word => new NetlinkProtocols().number(word),
    etherProtocol: etherType,
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/**
 * TCP's port when TCP is listed and has the service, else UDP's. A service that only UDP has comes out as the port of the
 * file's last line when both are listed: the reference looks UDP up first and keeps the answer where the second look-up
 * writes.
 */
function servicePort(name: string, tables: number): number | undefined {
  const services = new Services();
  const udp = (tables & TABLE.udp) === 0 ? undefined : services.port(name, 'udp');
  if ((tables & TABLE.tcp) === 0) return udp;
  return services.port(name, 'tcp') ?? (udp === undefined ? undefined : services.last);
}

/** IPv4 first, as the reference asks. */
function addressesOf(name: string, family: number): readonly IpAddress[] {
  const found: IpAddress[] = [];
  for (const one of [AF_INET, AF_INET6]) {
    if (family !== 0 && family !== one) continue;
    for (const bytes of native().addrinfo(name, one)) {
      found.push(IpAddress.fromBytes(bytes, 0, one === AF_INET ? 4 : 16));
    }
  }
  return found;
}

/**
 * Number of a control group: its inode. A path is taken as it is, else from where the hierarchy is mounted.
 * @returns the text of errno when there is none
 * Source: cgroups(7); sock_diag's INET_DIAG_CGROUP_ID.
 */
function cgroupId(path: string): bigint | string {
  const first = inodeOf(path);
  if (typeof first === 'bigint') return first;
  const mounts = readWholeFile('/proc/mounts');
  for (const line of mounts === undefined ? [] : text(mounts).split('\n')) {
    const [, mounted, type] = line.split(' ');
    if (type === 'cgroup2' && mounted !== undefined) return inodeOf(`${mounted}/${path}`);
  }
  return first;
}

function inodeOf(path: string): bigint | string {
  try {
    return statSync(path, {bigint: true}).ino;
  } catch (error) {
    return errnoText(-((error as NodeJS.ErrnoException).errno ?? 0));
  }
}
