import {NetlinkError} from '../errors.js';
import {wrong} from '../grammar/errors.js';
import {signed} from '../grammar/numbers.js';
import {native} from '../native.js';
import type {SyncConnection} from '../netlink/sync.js';
import {RTM_GETNSID, RTM_NEWNSID} from '../rtnetlink/constants.js';
import {NETNS_FOLDER, namesIn, netnsPath} from '../rtnetlink/netns.js';
import {NOT_ASSIGNED, nsidMessage} from '../rtnetlink/nsid/schema.js';
import {makeRequest} from '../rtnetlink/request.js';

const O_RDONLY = 0;

/** Opens a namespace by name, or by path when there is a slash. @returns a descriptor, or a negative errno */
function openNetns(name: string): number {
  return native().open(name.includes('/') ? name : netnsPath(name), O_RDONLY);
}

/** Where a link goes to: an open namespace, or that of a process. */
export type NetnsTarget = {readonly netNsFd: number} | {readonly netNsPid: number};

/**
 * A namespace by name, path or process.
 * @throws {UsageError} `Invalid "netns" value`
 */
export function netnsTarget(word: string): NetnsTarget {
  const fd = openNetns(word);
  if (fd >= 0) return {netNsFd: fd};
  const pid = signed(word, -0x80000000, 0x7fffffff);
  if (pid === undefined) throw wrong(word, 'Invalid "netns" value\n');
  return {netNsPid: pid};
}

/** As netnsTarget, for who only wants to know whether it is there. @throws {UsageError} */
export function checkNetns(word: string): void {
  const target = netnsTarget(word);
  if ('netNsFd' in target) native().close(target.netNsFd);
}

function nsidOf(fd: number, connection: SyncConnection): number {
  return connection.get(makeRequest(nsidMessage, RTM_GETNSID, 0, {fd})).nsid ?? NOT_ASSIGNED;
}

/**
 * Number of a named namespace in this one; the kernel gives it one where it has none.
 * @param told gets what the kernel says against something that is no namespace, each time that it is asked
 * @throws {UsageError} `Invalid "link-netns" value`
 */
export function netnsNumber(word: string, connection: SyncConnection, told: (refusal: NetlinkError) => void): number {
  const fd = openNetns(word);
  const ask = <T>(question: () => T): T | undefined => {
    try {
      return question();
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      told(error);
      return undefined;
    }
  };
  try {
    let found = fd < 0 ? NOT_ASSIGNED : (ask(() => nsidOf(fd, connection)) ?? NOT_ASSIGNED);
    if (fd >= 0 && found === NOT_ASSIGNED) {
      ask(() => connection.request(makeRequest(nsidMessage, RTM_NEWNSID, 0, {fd, nsid: NOT_ASSIGNED})));
      found = ask(() => nsidOf(fd, connection)) ?? NOT_ASSIGNED;
    }
    if (found === NOT_ASSIGNED) throw wrong(word, 'Invalid "link-netns" value\n');
    return found;
  } finally {
    if (fd >= 0) native().close(fd);
  }
}

/** Names of the namespaces that have a number here, by number; the first name of one that has several. */
export function netnsNames(connection: SyncConnection): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const found = namesIn(NETNS_FOLDER);
  for (const name of typeof found === 'number' ? [] : found) {
    const fd = openNetns(name);
    if (fd < 0) continue;
    try {
      const nsid = nsidOf(fd, connection);
      if (nsid !== NOT_ASSIGNED && !names.has(nsid)) names.set(nsid, name);
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
    } finally {
      native().close(fd);
    }
  }
  return names;
}
