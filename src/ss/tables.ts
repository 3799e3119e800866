import {ALL_STATES, STATES} from '../sockdiag/states.js';
import type {SsOptions} from './options.js';

/** Socket tables by the bit that selects them. A row's `Netid` names its table. */
export const TABLE = {
  tcp: 1 << 0,
  udp: 1 << 1,
  raw: 1 << 2,
  mptcp: 1 << 3,
  dccp: 1 << 4,
  sctp: 1 << 5,
  unixDgram: 1 << 6,
  unixStream: 1 << 7,
  unixSeqpacket: 1 << 8,
  packetRaw: 1 << 9,
  packetDgram: 1 << 10,
  netlink: 1 << 11,
  vsockStream: 1 << 12,
  vsockDgram: 1 << 13,
  tipc: 1 << 14,
  xdp: 1 << 15,
} as const;

/** Address families by the bit that selects them; the name is the one `-f` takes. */
export const FAMILY = {
  inet: 1 << 0,
  inet6: 1 << 1,
  link: 1 << 2,
  unix: 1 << 3,
  netlink: 1 << 4,
  vsock: 1 << 5,
  tipc: 1 << 6,
  xdp: 1 << 7,
} as const;

/** Name of an address family, as `-f` and filters take it. */
export type FamilyName = keyof typeof FAMILY;

const {tcp, udp, raw, mptcp, dccp, sctp, unixDgram, unixStream, unixSeqpacket, packetRaw, packetDgram} = TABLE;
const {netlink, vsockStream, vsockDgram, tipc, xdp} = TABLE;
const INET_TABLES = tcp | udp | raw | mptcp | dccp | sctp;
const UNIX_TABLES = unixDgram | unixStream | unixSeqpacket;
const PACKET_TABLES = packetRaw | packetDgram;
const VSOCK_TABLES = vsockStream | vsockDgram;
const INET_FAMILIES = FAMILY.inet | FAMILY.inet6;

const CLOSED = 1 << STATES.close;
const ESTABLISHED = 1 << STATES.established;
/** `-l`: a datagram socket that waits for anybody is `close`. */
export const LISTENING = (1 << STATES.listen) | CLOSED;
/** States without an option that asks for others. */
export const CONNECTED = ALL_STATES & ~(LISTENING | (1 << STATES['time-wait']) | (1 << STATES['syn-recv']));

/** Words of `-A`. Source: ss(8), and the short names a `Netid` has. */
export const QUERIES: Readonly<Record<string, number>> = {
  all: INET_TABLES | UNIX_TABLES | PACKET_TABLES | VSOCK_TABLES | netlink | xdp,
  inet: INET_TABLES,
  tcp,
  mptcp,
  udp,
  raw,
  unix: UNIX_TABLES,
  unix_dgram: unixDgram,
  u_dgr: unixDgram,
  unix_stream: unixStream,
  u_str: unixStream,
  unix_seqpacket: unixSeqpacket,
  u_seq: unixSeqpacket,
  packet: PACKET_TABLES,
  packet_raw: packetRaw,
  p_raw: packetRaw,
  packet_dgram: packetDgram,
  p_dgr: packetDgram,
  netlink,
  dccp,
  sctp,
  vsock: VSOCK_TABLES,
  vsock_stream: vsockStream,
  v_str: vsockStream,
  vsock_dgram: vsockDgram,
  v_dgr: vsockDgram,
  tipc,
  xdp,
};

/** Tables of one or two families, and the states listed when only they are asked for. */
interface Group {
  readonly families: number;
  readonly tables: number;
  readonly states: number;
}

const groups: readonly Group[] = [
  {families: INET_FAMILIES, tables: INET_TABLES, states: CONNECTED},
  {families: FAMILY.unix, tables: UNIX_TABLES, states: CONNECTED},
  {families: FAMILY.link, tables: PACKET_TABLES, states: CLOSED},
  {families: FAMILY.netlink, tables: netlink, states: CLOSED},
  {families: FAMILY.vsock, tables: VSOCK_TABLES, states: CONNECTED},
  {families: FAMILY.tipc, tables: tipc, states: LISTENING | ESTABLISHED},
  {families: FAMILY.xdp, tables: xdp, states: CLOSED},
];

/** States that tables ask for by themselves, where options name them. */
const tableStates: readonly (readonly [tables: number, states: number])[] = [
  [tcp | mptcp | dccp | sctp | unixStream | unixSeqpacket | VSOCK_TABLES, CONNECTED],
  [udp | raw, ESTABLISHED],
  [unixDgram | PACKET_TABLES | netlink | xdp, CLOSED],
  [tipc, LISTENING | ESTABLISHED],
];

/**
 * Collects which tables, families and states the options ask for.
 *
 * A family without a table brings all of its tables, a table without a family all of its families. The states are the ones
 * given, else what the families and tables have by themselves. Source: requests of ss 6.1, by strace.
 */
export class Selection {
  /** Tables asked for so far. */
  tables = 0;
  /** Families asked for so far, bits of FAMILY. */
  families = 0;
  /** States of `-a`, `-l`; 0 for none given. */
  chosen = 0;
  #defaults = 0;
  #queried = false;

  /** `-t` and the like, and words of `-A`. */
  addTable(table: number): void {
    this.tables |= table;
    for (const [tables, states] of tableStates) if ((tables & table) !== 0) this.#defaults |= states;
  }

  /** `-f`, `-4`, `-x`, ... */
  addFamily(family: number): void {
    this.families |= family;
    for (const group of groups) if ((group.families & family) !== 0) this.#defaults |= group.states;
  }

  /**
   * `-A`: the first one forgets the tables chosen before.
   * @returns the word that is no table; undefined when all are known
   */
  query(list: string): string | undefined {
    if (!this.#queried) this.tables = 0;
    this.#queried = true;
    for (const word of list.split(',')) {
      const without = word.startsWith('!');
      const tables = QUERIES[without ? word.slice(1) : word];
      if (tables === undefined) return word;
      if (without) this.tables &= ~tables;
      else this.addTable(tables);
    }
    return undefined;
  }

  /** Whether no option chose tables or families. */
  get untouched(): boolean {
    return !this.#queried && this.tables === 0 && this.families === 0;
  }

  /** Fills in what was not said. */
  complete(): Pick<SsOptions, 'tables' | 'families' | 'states' | 'defaultStates'> {
    let {tables, families} = this;
    if (this.untouched) tables = QUERIES.all as number;
    for (const group of groups) {
      if ((families & group.families) !== 0 && (tables & group.tables) === 0) tables |= group.tables;
    }
    for (const group of groups) {
      if ((tables & group.tables) !== 0 && (families & group.families) === 0) families |= group.families;
    }
    // With `-A` they count only where `state` and `exclude` leave none.
    const defaultStates = this.#defaults || CONNECTED;
    return {tables, families, states: this.chosen || (this.#queried ? CONNECTED : defaultStates), defaultStates};
  }
}
