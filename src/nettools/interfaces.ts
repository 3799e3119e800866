import {NetlinkError} from '../errors.js';
import {type Decoded, message} from '../netlink/schema.js';
import type {KernelSession} from '../ops/session.js';
import {inet6Places} from '../procfs/inet6Addresses.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {AF_INET, AF_INET6, IFF_UP, RTM_GETLINK} from '../rtnetlink/constants.js';
import {counterAttributes} from '../rtnetlink/link/counters.js';
import {linkHeader} from '../rtnetlink/link/name.js';
import {plainLinkAttributes} from '../rtnetlink/link/plain.js';
import {makeRequest} from '../rtnetlink/request.js';
import {linkOf, sortByName} from './interfaceNames.js';

const {ifname, address, mtu, txqlen} = plainLinkAttributes;

/** What the listings of interfaces show of a link. */
export const interfaceMessage = message('interface', linkHeader, {
  ifname,
  address,
  mtu,
  txqlen,
  ...counterAttributes,
});

/** A link as ifconfig needs it. */
export type InterfaceLink = Decoded<typeof interfaceMessage>;

/** One interface of a listing: a link, or an alias, which is an IPv4 address with a label of its own. */
export interface Interface {
  /** Name of the link, label of the alias, or the alternative name that was asked for. */
  readonly name: string;
  readonly link: InterfaceLink;
  /** First IPv4 address with this label; the old ioctls know no more. */
  readonly inet: Address | undefined;
  /** IPv6 addresses have no labels and stand with the link. */
  readonly inet6: readonly Address[];
  /** Counters are those of links. */
  readonly isLink: boolean;
}

/**
 * One interface by name, alias or alternative name.
 * @throws {NetlinkError} ENODEV
 */
export function getInterface(name: string, session: KernelSession): Interface {
  const connection = session.connection();
  const link = connection.get(makeRequest(interfaceMessage, RTM_GETLINK, 0, {ifname: linkOf(name)}));
  let inet: Address | undefined;
  const inet6: Address[] = [];
  const isLink = link.ifname === name;
  connection.dump(addressRequests.list({family: AF_INET, index: link.index}), record => {
    if (record.label === name) inet ??= record;
  });
  if (isLink) {
    dumpInet6(link.index, session, record => inet6.push(record));
  }
  sortInet6([inet6]);
  return {name, link, inet, inet6, isLink};
}

/** Puts the IPv6 addresses of each link in the order of /proc, as the reference has them. */
function sortInet6(links: Iterable<Address[]>): void {
  let place: ReturnType<typeof inet6Places> | undefined;
  for (const addresses of links) {
    if (addresses.length < 2) continue;
    place ??= inet6Places();
    const rank = place;
    const of = ({index, local, address}: Address): number => rank(index, local ?? address);
    addresses.sort((a, b) => of(a) - of(b));
  }
}

/** A kernel without IPv6 has no such addresses. */
function dumpInet6(index: number, session: KernelSession, each: (record: Address) => void): void {
  const EOPNOTSUPP = 95;
  try {
    session.connection().dump(addressRequests.list({family: AF_INET6, index}), record => {
      if (record.family === AF_INET6) each(record);
    });
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.errno !== EOPNOTSUPP) throw error;
  }
}

/** A label whose link does not exist: labels are cut to 15 characters, and links can be renamed. */
export interface LostLabel {
  readonly name: string;
  readonly link: undefined;
}

/** All interfaces in the order of their names. @param all those that are down too */
export function listInterfaces(all: boolean, session: KernelSession): (Interface | LostLabel)[] {
  const connection = session.connection();
  const links: InterfaceLink[] = [];
  connection.dump(makeRequest(interfaceMessage, RTM_GETLINK, 0, {}), record => links.push(record));
  const labels = new Map<string, Address>();
  connection.dump(addressRequests.list({family: AF_INET}), record => {
    const {label} = record;
    if (label !== undefined && !labels.has(label)) labels.set(label, record);
  });
  const inet6 = new Map<number, Address[]>();
  dumpInet6(0, session, record => {
    const known = inet6.get(record.index);
    if (known === undefined) inet6.set(record.index, [record]);
    else known.push(record);
  });
  sortInet6(inet6.values());
  const found: (Interface | LostLabel)[] = [];
  const byName = new Map<string, InterfaceLink>();
  for (const link of links) {
    const {ifname: name = '', index} = link;
    byName.set(name, link);
    if (!all && (link.flags & IFF_UP) === 0) continue;
    found.push({name, link, inet: labels.get(name), inet6: inet6.get(index) ?? [], isLink: true});
  }
  for (const [name, inet] of labels) {
    if (byName.has(name)) continue;
    const link = byName.get(linkOf(name));
    if (link === undefined) found.push({name, link});
    else if (all || (link.flags & IFF_UP) !== 0) found.push({name, link, inet, inet6: [], isLink: false});
  }
  return sortByName(found);
}
