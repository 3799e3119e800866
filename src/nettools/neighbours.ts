import type {IpAddress} from '../addr/ip.js';
import type {KernelSession} from '../ops/session.js';
import {AF_INET, NTF_PROXY, NUD_NOARP} from '../rtnetlink/constants.js';
import {linkNameRequest} from '../rtnetlink/link/name.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';

/** One line of the ARP cache. */
export interface ArpEntry {
  readonly dst: IpAddress;
  /** NUD_* bits; none of an entry that answers for others. */
  readonly state: number;
  /** Answers for another host: a proxy entry. */
  readonly isPublic: boolean;
  readonly lladdr: Uint8Array | undefined;
  /** ARPHRD_ number of the device, 0 without one. */
  readonly arphrd: number;
  /** `*` for a proxy entry of all devices. */
  readonly ifname: string;
}

/**
 * The ARP cache: `ip -4 neigh`, then `ip -4 neigh show proxy`. Addresses that need no ARP, such as groups, are left out.
 * @throws {NetlinkError}
 */
export function listArp(session: KernelSession, each: (entry: ArpEntry) => void): void {
  const connection = session.connection();
  const devices = new Map<number, {readonly ifname: string; readonly arphrd: number}>();
  const lookUp = (): void => {
    connection.dump(linkNameRequest(), ({index, ifname = '', type}) => devices.set(index, {ifname, arphrd: type}));
  };
  const found: Neighbour[] = [];
  connection.dump(neighbourRequests.list({family: AF_INET}), record => {
    if ((record.state & ~NUD_NOARP) !== 0) found.push(record);
  });
  connection.dump(neighbourRequests.list({family: AF_INET, proxy: true}), record => found.push(record));
  if (found.length > 0) lookUp();
  for (const {dst, state, flags, lladdr, ifindex} of found) {
    if (dst === undefined) continue;
    const device = devices.get(ifindex);
    each({
      dst,
      state,
      isPublic: (flags & NTF_PROXY) !== 0,
      lladdr,
      arphrd: device?.arphrd ?? 0,
      ifname: device?.ifname ?? '*',
    });
  }
}
