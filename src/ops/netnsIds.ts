import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {native} from '../native.js';
import type {SyncConnection} from '../netlink/sync.js';
import {NETNS_FOLDER, namesIn, openNetns} from '../rtnetlink/netns.js';
import {nsidRequests} from '../rtnetlink/nsid/requests.js';
import {NOT_ASSIGNED, type Nsid} from '../rtnetlink/nsid/schema.js';
import type {IdSelector} from './netns.js';

/** Told of refusals that stop nothing. */
export type OnRefusal = (error: NetlinkError) => void;

/** A named namespace, with the number it has in ours. */
export interface NamedNetns {
  readonly name: string;
  readonly id: number | undefined;
}

/** A number, with the name of its namespace. */
export interface NumberedNetns {
  readonly nsid: Nsid;
  readonly name: string | undefined;
}

/**
 * Named namespaces in the folder's order; undefined when the folder cannot be read.
 * @param onRefusal of namespaces the kernel has no number for, because they are none
 */
export function listNetns(connection: SyncConnection, onRefusal: OnRefusal): readonly NamedNetns[] | undefined {
  const names = namesIn(NETNS_FOLDER);
  if (typeof names === 'number') return undefined;
  return names.map(name => ({name, id: numberOf(name, connection, onRefusal)}));
}

function numberOf(name: string, connection: SyncConnection, onRefusal: OnRefusal): number | undefined {
  const fd = openNetns(name);
  if (fd < 0) return undefined;
  try {
    const {nsid = NOT_ASSIGNED} = connection.get(nsidRequests.get({fd}));
    return nsid === NOT_ASSIGNED ? undefined : nsid;
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    onRefusal(error);
    return undefined;
  } finally {
    native().close(fd);
  }
}

/**
 * `ip netns list-id`: numbers with their names; of several names the first.
 * @param each gets the rows as they come
 * @throws {NetlinkError} for a number that is none
 */
export function listIds(
  selector: IdSelector,
  connection: SyncConnection,
  onRefusal: OnRefusal,
  each: (row: NumberedNetns) => void,
): void {
  const names = new Map<number, string>();
  for (const {name, id} of listNetns(connection, onRefusal) ?? []) {
    if (id !== undefined && !names.has(id)) names.set(id, name);
  }
  const show = (nsid: Nsid): void => each({nsid, name: names.get(nsid.currentNsid ?? nsid.nsid ?? NOT_ASSIGNED)});
  const {nsid, targetNsid} = selector;
  const target = targetNsid === undefined ? {} : {targetNsid};
  if (nsid === undefined) connection.dump(nsidRequests.list(target), show);
  else show(connection.get(nsidRequests.get({...target, nsid})));
}

/**
 * `ip netns set`.
 * @param id -1 lets the kernel choose
 * @throws {UsageError} without such a namespace
 * @throws {NetlinkError} when it has a number already
 */
export function setNumber(name: string, id: number, connection: SyncConnection): void {
  const fd = openNetns(name);
  if (fd < 0) throw refuse(`Cannot open network namespace "${name}": ${errnoText(-fd)}`, 1);
  try {
    connection.request(nsidRequests.set({fd, nsid: id}));
  } finally {
    native().close(fd);
  }
}
