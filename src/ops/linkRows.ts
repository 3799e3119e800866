import {NetlinkError} from '../errors.js';
import {type ListedLink, plainLinkRequests} from '../rtnetlink/link/plain.js';
import {netnsNames} from './linkNetns.js';
import type {IpSession} from './session.js';

const IFF_UP = 0x1;

/** A link with what its first lines need from elsewhere. */
export interface LinkRow {
  readonly link: ListedLink;
  /** The device below is in the same namespace and down. */
  readonly isLowerDown: boolean;
  /** Name of the namespace of the device below, where it has one. */
  readonly netnsName: string | undefined;
}

/**
 * Completes links for their view. No dump may be under way: devices below that are not among the links, and names of
 * namespaces, are asked for.
 */
export function linkRows(links: readonly ListedLink[], session: IpSession): LinkRow[] {
  const flags = new Map<number, number>();
  for (const link of links) {
    flags.set(link.index, link.flags);
    session.links.remember(link.index, link.ifname);
  }
  let names: ReadonlyMap<number, string> | undefined;
  return links.map(link => {
    const {link: lower, linkNetnsid} = link;
    const isNear = lower !== undefined && lower !== 0 && linkNetnsid === undefined;
    if (isNear && !flags.has(lower)) flags.set(lower, flagsOf(lower, session));
    if (linkNetnsid !== undefined && session.json === undefined) names ??= netnsNames(session.connection());
    return {
      link,
      isLowerDown: isNear && ((flags.get(lower) ?? IFF_UP) & IFF_UP) === 0,
      netnsName: linkNetnsid === undefined ? undefined : names?.get(linkNetnsid),
    };
  });
}

/** Flags of one link, remembering its name; up when there is none. */
function flagsOf(index: number, session: IpSession): number {
  try {
    const link = session.connection().get(plainLinkRequests.get({index}));
    session.links.remember(index, link.ifname);
    return link.flags;
  } catch (error) {
    if (error instanceof NetlinkError) return IFF_UP;
    throw error;
  }
}
