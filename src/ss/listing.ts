import {STATES} from '../sockdiag/states.js';
import type {ListContext} from './context.js';
import {listInet} from './inetTable.js';
import {FAMILY, TABLE} from './tables.js';

/** One or more tables that are listed together. */
interface Listing {
  /** Bits of TABLE. */
  readonly tables: number;
  /** Bits of FAMILY. */
  readonly families: number;
  /** Listed only when one of these states is asked for; any by default. */
  readonly states?: number;
  list(context: ListContext): void | Promise<void>;
}

const CLOSED = 1 << STATES.close;
const INET = FAMILY.inet | FAMILY.inet6;

/** All tables in the order of the reference. Rare ones are chunks of their own. */
const listings: readonly Listing[] = [
  {
    tables: TABLE.netlink,
    families: FAMILY.netlink,
    states: CLOSED,
    list: async context => (await import('./tables/netlink.js')).list(context),
  },
  {
    tables: TABLE.packetRaw | TABLE.packetDgram,
    families: FAMILY.link,
    states: CLOSED,
    list: async context => (await import('./tables/packet.js')).list(context),
  },
  {
    tables: TABLE.unixDgram | TABLE.unixStream | TABLE.unixSeqpacket,
    families: FAMILY.unix,
    list: async context => (await import('./tables/unix.js')).list(context),
  },
  {tables: TABLE.raw, families: INET, list: async context => (await import('./tables/raw.js')).list(context)},
  {tables: TABLE.udp, families: INET, list: context => listInet(context, 'udp')},
  {tables: TABLE.tcp, families: INET, list: context => listInet(context, 'tcp')},
  {tables: TABLE.dccp, families: INET, list: async context => (await import('./tables/dccp.js')).list(context)},
  {tables: TABLE.sctp, families: INET, list: async context => (await import('./tables/sctp.js')).list(context)},
  {
    tables: TABLE.vsockStream | TABLE.vsockDgram,
    families: FAMILY.vsock,
    list: async context => (await import('./tables/vsock.js')).list(context),
  },
  {tables: TABLE.tipc, families: FAMILY.tipc, list: async context => (await import('./tables/tipc.js')).list(context)},
  {
    tables: TABLE.xdp,
    families: FAMILY.xdp,
    states: CLOSED,
    list: async context => (await import('./tables/xdp.js')).list(context),
  },
  {tables: TABLE.mptcp, families: INET, list: async context => (await import('./tables/mptcp.js')).list(context)},
];

/** Lists all tables asked for, one after the other. */
export async function listTables(context: ListContext): Promise<void> {
  const {tables, families, states} = context.options;
  for (const listing of listings) {
    if ((tables & listing.tables) === 0 || (families & listing.families) === 0) continue;
    if (listing.states !== undefined && (states & listing.states) === 0) continue;
    const listed = listing.list(context);
    if (listed !== undefined) await listed;
  }
}
