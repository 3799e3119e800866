import type {Io} from '../io.js';
import type {SyncConnection} from '../netlink/sync.js';
import type {KernelSession} from '../ops/session.js';
import {NETLINK_ROUTE} from '../rtnetlink/constants.js';
import {LinkCache} from '../rtnetlink/linkCache.js';

/** A session of net-tools. */
export interface OldSession extends KernelSession {
  /** In place of `interfaceIoctl`, where a run only tells what it would do. */
  readonly ioctl?: (request: number, structure: Uint8Array, family?: number) => number;
}

/** The session of one net-tools run: one socket, opened by the first call, and one for names. */
export function openSession(io: Io): KernelSession {
  let connection: SyncConnection | undefined;
  return {
    connection() {
      connection ??= io.open(NETLINK_ROUTE, {strict: true});
      return connection;
    },
    links: new LinkCache(() => io.open(NETLINK_ROUTE)),
  };
}
