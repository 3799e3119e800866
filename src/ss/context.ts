import type {Io} from '../io.js';
import {NETLINK_ROUTE, NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {SyncConnection} from '../netlink/sync.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import type {Filter} from '../sockdiag/filter/filter.js';
import type {Transport} from '../sockdiag/requests.js';
import {type Column, ColumnTable} from '../view/columns.js';
import {GrowingSink} from '../view/growing.js';
import type {InetAttributes} from './attributes.js';
import type {HostNames} from './hostNames.js';
import type {JsonRows} from './json.js';
import type {SsOptions} from './options.js';
import {PortNames} from './ports.js';
import {portRangeFile} from './procFiles.js';

/** Buffers of the sock_diag socket, which `ss -f netlink -m` shows, as the reference has them. */
const BUFFERS = {sendBuffer: 1 << 15, receiveBuffer: 1 << 20};
/** Recv-Q and Send-Q are never narrower. */
export const QUEUE_WIDTH = 6;

/** Who holds a socket, for `-p`: text in `bytes`. */
export interface Owners {
  readonly bytes: Uint8Array;
  /** @returns bytes written, 0 when nobody that we may see holds the socket */
  write(inode: number): number;
}

/** Writes what INET_DIAG_INFO tells, each part behind a blank. */
export type WriteInfo = (
  out: GrowingSink,
  buf: Uint8Array,
  attributes: InetAttributes,
  options: Readonly<SsOptions>,
) => void;

/** Writes what stands behind the columns of an inet socket into `context.details`. */
export type WriteDetails = (context: ListContext, netid: string, buf: Uint8Array, at: number, end: number) => void;

/** Closes sockets. */
export interface SocketKiller {
  /**
   * Closes the socket of an inet_diag_msg.
   * @returns whether it was closed; `stop` when no other can be either, which was told
   */
  kill(transport: Transport, buf: Uint8Array, at: number, end: number): boolean | 'stop';
}

/** What listing the socket tables needs. One context serves all tables of a run. */
export class ListContext {
  readonly io: Io;
  readonly options: Readonly<SsOptions>;
  readonly table: ColumnTable;
  /** Whether rows have these columns: those that hold one value only are left out. */
  readonly netid: boolean;
  readonly state: boolean;
  readonly ports: PortNames;
  /** Last cell of the row under way; set `position` to 0 to begin one. What is in it starts with a blank. */
  readonly details = new GrowingSink();
  /** Rows it does not match are left out; undefined for no filter. */
  readonly filter: Filter | undefined;
  /** Takes the rows in place of `table` where they are written as JSON. */
  json: JsonRows | undefined;
  /** Undefined without `-r`. */
  hostNames: HostNames | undefined;
  /** Undefined without `-p`. */
  owners: Owners | undefined;
  /** Undefined when rows of inet sockets have nothing behind their columns. */
  inetDetails: WriteDetails | undefined;
  /** Set by tables whose INET_DIAG_INFO is not struct tcp_info, as long as they are listed. */
  writeInfo: WriteInfo | undefined;
  /** With `-K` only. */
  killer: SocketKiller | undefined;
  /** What all timers are called in the table that is listed; undefined for the names of TCP. */
  timerName: string | undefined;
  /** State of a row that belongs to the socket above it. */
  branch: string | undefined;
  readonly #links: LinkCache;
  #connection: SyncConnection | undefined;

  constructor(options: SsOptions, io: Io, screen: number, filter?: Filter) {
    this.options = options;
    this.io = io;
    this.filter = filter;
    this.netid = severalBits(options.tables);
    this.state = severalBits(options.states);
    this.table = new ColumnTable(columnsOf(this.netid, this.state), {header: options.header, screen, out: io.out});
    this.ports = new PortNames(options.numeric, portRangeFile(io.env));
    this.#links = new LinkCache(() => io.open(NETLINK_ROUTE));
  }

  /** The sock_diag socket. */
  get connection(): SyncConnection {
    this.#connection ??= this.openConnection();
    return this.#connection;
  }

  /** A sock_diag socket of its own: the datagrams of one that was read before are larger. */
  openConnection(): SyncConnection {
    return this.io.open(NETLINK_SOCK_DIAG, BUFFERS);
  }

  /** Name of an interface. */
  ifname(index: number): string {
    return this.#links.name(index);
  }

  /** Whether rows of any of these tables are wanted. @param tables bits of TABLE */
  wants(tables: number): boolean {
    return (this.options.tables & tables) !== 0;
  }

  /** In `details`: what follows stands on a line of its own, unless rows may have one only (`-O`). */
  detailLine(): void {
    if (this.options.oneline) return;
    this.details.byte(10);
    this.details.byte(9);
  }

  /** In `details`: who holds the socket, when somebody does and `-p` asks for it. @hot */
  writeOwners(inode: number): void {
    const {owners, details} = this;
    this.json?.noteOwners(inode);
    const length = owners === undefined ? 0 : owners.write(inode);
    if (length === 0) return;
    details.byte(32);
    details.bytes((owners as Owners).bytes.subarray(0, length));
  }

  /** Copies `details` into the last cell of the row under way. @hot */
  addDetails(): void {
    const {table, details} = this;
    const {buffer, position} = details;
    if (position > 0) table.bytes.set(buffer.subarray(0, position), table.at);
    table.end(table.at + position);
  }
}

function severalBits(mask: number): boolean {
  return (mask & (mask - 1)) !== 0;
}

/** Columns in order. */
function columnsOf(netid: boolean, state: boolean): Column[] {
  return [
    ...(netid ? [{header: 'Netid'}] : []),
    ...(state ? [{header: 'State', gap: true}] : []),
    {header: 'Recv-Q', gap: true, min: QUEUE_WIDTH},
    {header: 'Send-Q', gap: true, min: QUEUE_WIDTH},
    {header: 'Local Address:', gap: true, right: true},
    {header: 'Port'},
    {header: 'Peer Address:', gap: true, right: true},
    {header: 'Port'},
    {header: 'Process'},
  ];
}
