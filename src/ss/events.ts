import {UsageError} from '../errors.js';
import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import {
  INET_DIAG_MSG_LENGTH,
  SKNLGRP_INET_TCP_DESTROY,
  SKNLGRP_INET_UDP_DESTROY,
  SKNLGRP_INET6_TCP_DESTROY,
  SKNLGRP_INET6_UDP_DESTROY,
} from '../sockdiag/constants.js';
import type {ListContext} from './context.js';
import type {SsOptions} from './options.js';
import {rowByProtocol} from './rowByProtocol.js';
import {FAMILY, TABLE} from './tables.js';

/** Room for events: 1 MiB as the reference asks for. */
const ROOM = 1 << 20;

/**
 * `-E`: sockets of TCP and UDP as they are destroyed, in whatever state they were, without end. Each is
 * shown at once, in columns as wide as any so far; the first event brings the header, even when its socket is filtered out.
 * @throws {UsageError} without a line when no table that is asked for has events
 */
export function showEvents(context: ListContext): never {
  const {io, options} = context;
  const groups = groupsOf(options);
  if (groups.length === 0) throw new UsageError(255, []);
  const connection = io.open(NETLINK_SOCK_DIAG, {groups, receiveBuffer: ROOM});
  for (;;) {
    connection.receive((buf, at, end) => {
      if (end - at < INET_DIAG_MSG_LENGTH) return;
      // With -K only what could be closed is shown, and this is gone.
      if (!options.kill) rowByProtocol(context, 'tcp')(buf, at, end, 0, 0);
      if (context.json === undefined) context.table.write(io.out);
      io.out.flush();
    });
  }
}

/** Multicast groups that tell of the end of the sockets asked for. Source: uapi linux/sock_diag.h, SKNLGRP_. */
function groupsOf({tables, families}: Readonly<SsOptions>): number[] {
  const groups: number[] = [];
  const add = (table: number, family: number, group: number): void => {
    if ((tables & table) !== 0 && (families & family) !== 0) groups.push(group);
  };
  add(TABLE.tcp, FAMILY.inet, SKNLGRP_INET_TCP_DESTROY);
  add(TABLE.udp, FAMILY.inet, SKNLGRP_INET_UDP_DESTROY);
  add(TABLE.tcp, FAMILY.inet6, SKNLGRP_INET6_TCP_DESTROY);
  add(TABLE.udp, FAMILY.inet6, SKNLGRP_INET6_UDP_DESTROY);
  return groups;
}
