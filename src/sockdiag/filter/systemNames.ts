import {statfsSync, statSync} from 'node:fs';
import {AF_INET, AF_INET6, IpAddress} from '../../addr/ip.js';
import {errnoText} from '../../errno.js';
import {etherType} from '../../names/etherTypes.js';
import {NetlinkProtocols} from '../../names/netlinkProtocols.js';
import {Services} from '../../names/services.js';
import {native, readWholeFile} from '../../native.js';
import type {FilterNames} from './hosts.js';

/** Transports whose services are meant. */
export interface ServiceTransports {
  readonly tcp: boolean;
  readonly udp: boolean;
}

/**
 * Names in a filter, looked up where the system keeps them.
 * @param ifindex index of an interface by its name
 */
export function systemNames(transports: ServiceTransports, ifindex: (name: string) => number | undefined): FilterNames {
  return {
    service: name => servicePort(name, transports),
    resolve: addressesOf,
    ifindex,
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
function servicePort(name: string, transports: ServiceTransports): number | undefined {
  const services = new Services();
  const udp = transports.udp ? services.port(name, 'udp') : undefined;
  if (!transports.tcp) return udp;
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

/** Types of file systems whose handles the reference takes for the number of a control group. Source: uapi linux/magic.h. */
const CGROUP2 = 0x63677270;
const EXT4 = 0xef53;

/**
 * Number of a control group: its inode. A path is taken as it is, else from where the hierarchy is mounted.
 * @returns a sentence when there is none
 * Source: cgroups(7); sock_diag's INET_DIAG_CGROUP_ID.
 */
function cgroupId(path: string): bigint | string {
  if (path === '') return 'Invalid cgroup2 path';
  const type = typeOf(path);
  if (type === CGROUP2 || type === EXT4) return statSync(path, {bigint: true}).ino;
  const mounts = text(readWholeFile('/proc/mounts') ?? new Uint8Array());
  for (const line of mounts.split('\n')) {
    const [, mounted, kind] = line.split(' ');
    if (kind !== 'cgroup2' || mounted === undefined) continue;
    if (typeOf(mounted) !== CGROUP2) return 'Failed to open cgroup2 mount';
    try {
      return statSync(`${mounted}/${path}`, {bigint: true}).ino;
    } catch (error) {
      return `Failed to get cgroup2 ID: ${errnoText(-((error as NodeJS.ErrnoException).errno ?? 0))}`;
    }
  }
  return 'Failed to find cgroup2 mount';
}

/** Type of the file system a path is on; undefined when there is no such path. */
function typeOf(path: string): number | undefined {
  try {
    return statfsSync(path).type;
  } catch {
    return undefined;
  }
}
