import {NetlinkError} from '../../errors.js';
import type {Io} from '../../io.js';
import {Protocols, Services} from '../../names/services.js';
import {NETLINK_SOCK_DIAG} from '../../netlink/constants.js';
import type {SyncConnection} from '../../netlink/sync.js';
import {userName} from '../../procfs/accounts.js';
import {INET_DIAG_INFO} from '../../sockdiag/constants.js';
import {inetDump} from '../../sockdiag/requests.js';
import {ALL_STATES, STATES} from '../../sockdiag/states.js';
import type {Family} from '../familyWords.js';
import {type NetstatOptions, type NetstatTransport, TRANSPORTS} from '../netstatOptions.js';
import {HostNames} from '../resolve.js';
import {findHolders, type Holders} from './holders.js';
import {type InetColumns, InetRows} from './inetRow.js';
import {halfOpenIn, procSockets} from './procInet.js';
import type {SocketJson} from './socketJson.js';
import {showUnix, unixSockets} from './unixTable.js';

/** Bytes that the reference keeps before it writes. */
const STDIO_BUFFER = 4096;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_UDPLITE = 136;
const LISTEN = 1 << STATES.listen;

/** How a transport is called in the first column. */
const protos: Readonly<Record<NetstatTransport, string>> = {
  tcp: 'tcp',
  sctp: 'sctp',
  udp: 'udp',
  udplite: 'udpl',
  raw: 'raw',
};

/** Families that have a table of their own on other systems, in the order in which they are looked for. */
const strangers: readonly Family[] = ['ipx', 'ax25', 'x25', 'netrom', 'rose'];

/** One listing of sockets. */
class Listing {
  private readonly options: NetstatOptions;
  private readonly io: Io;
  private readonly holders: Holders | undefined;
  private readonly hosts: HostNames | undefined;
  private readonly services: Services | undefined;
  private readonly objects: SocketJson | undefined;
  private connection: SyncConnection | undefined;

  /** @param Objects what writes them as JSON */
  constructor(options: NetstatOptions, io: Io, Objects?: typeof SocketJson) {
    this.options = options;
    this.io = io;
    this.holders = options.programs ? findHolders(io) : undefined;
    this.objects = Objects && new Objects(io, this.holders, options.timers);
    this.hosts = options.numericHosts ? undefined : new HostNames();
    this.services = options.numericPorts ? undefined : new Services('/etc/services', 'last');
  }

  /** Ends the array of -j. */
  end(): void {
    this.objects?.end();
  }

  /** Header of the inet sockets, then their tables. @returns false when one that was asked for is not there */
  inet(): boolean {
    const {options, io} = this;
    const {families, transports} = options;
    if (this.objects === undefined) writeInetHeader(options, io);
    const both = !families.includes('inet') && !families.includes('inet6');
    for (const transport of TRANSPORTS) {
      if (transports.size > 0 && !transports.has(transport)) continue;
      if (both || families.includes('inet')) {
        const found = this.table(transport, AF_INET);
        if (!found && this.miss(`AF INET (${transport})`, transports.has(transport))) return false;
        // The reference looks for its endpoints, then for its connections.
        if (transport === 'sctp' && options.all) this.miss(`AF INET (${transport})`, false);
      }
      if (both || families.includes('inet6')) this.table(transport, AF_INET6);
    }
    return true;
  }

  /** @returns false when the system has none, and they were asked for */
  unix(): boolean {
    const {options, io} = this;
    const {objects} = this;
    if (objects === undefined) io.out.ascii(`Active UNIX domain sockets ${whichText(options)}\n`);
    // Where the reader of a long listing is gone, a program with a small buffer ends before it comes to complain.
    const isLong = io.out.position > STDIO_BUFFER;
    if (isLong) io.out.flush();
    const sockets = unixSockets(options, () => {
      if (isLong) io.out.flush();
      io.err('warning, got bogus unix line.\n');
    });
    if (objects === undefined) showUnix(sockets ?? [], this.holders, io);
    else for (const socket of sockets ?? []) objects.unix(socket);
    return sockets !== undefined || !this.miss('AF UNIX', options.families.includes('unix'));
  }

  /** Says that the system has no such sockets, where anybody cares. @returns whether they were asked for */
  miss(what: string, isAsked: boolean): boolean {
    const {options, io} = this;
    if (isAsked || (options.verbose && isDefault(options)))
      io.err(`netstat: no support for \`${what}' on this system.\n`);
    return isAsked;
  }

  /** Rows of one transport and family. @returns false when the system has no such sockets */
  private table(transport: NetstatTransport, family: number): boolean {
    const {io, options} = this;
    const six = family === AF_INET6 ? '6' : '';
    const path = `/proc/net/${transport}${six}`;
    const proto = protos[transport] + six;
    const {objects} = this;
    const rows = new InetRows(io.out, transport, proto, this.columns(transport, path));
    const isTcp = transport === 'tcp';
    const each = (buf: Uint8Array, at: number, end: number): void => {
      if (!options.all && isConnected(buf, at, isTcp) === options.listening) return;
      if (objects === undefined) rows.row(buf, at, end);
      else objects.inet(transport, buf, at, end);
    };
    if (transport === 'sctp') return false;
    return (transport !== 'raw' && this.dump(transport, family, each)) || procSockets(path, each);
  }

  /** @returns false when the kernel does not tell of them by sock_diag */
  private dump(
    transport: 'tcp' | 'udp' | 'udplite',
    family: number,
    each: (buf: Uint8Array, at: number, end: number) => void,
  ): boolean {
    const {all, listening, timers} = this.options;
    const isTcp = transport === 'tcp';
    // Of listeners alone the kernel knows without a walk through all connections.
    const states = all || !isTcp ? ALL_STATES : listening ? LISTEN : ALL_STATES & ~LISTEN;
    const request = inetDump({
      family,
      transport: isTcp ? 'tcp' : 'udp',
      states,
      attributes: timers && isTcp ? [INET_DIAG_INFO] : [],
    });
    const body = transport === 'udplite' ? {...request.body, protocol: IPPROTO_UDPLITE} : request.body;
    try {
      this.connection ??= this.io.open(NETLINK_SOCK_DIAG);
      this.connection.dumpRaw({...request, body}, each);
      return true;
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      return false;
    }
  }

  /** What numbers of ports are called: those of raw sockets are protocols, and UDP-Lite has the services of UDP. */
  private portName(transport: NetstatTransport): InetColumns['port'] {
    if (transport === 'raw') {
      const protocols = new Protocols('/etc/protocols', 'last');
      return number => protocols.name(number);
    }
    const protocol = transport === 'udplite' ? 'udp' : transport;
    return number => this.services?.name(number, protocol);
  }

  private columns(transport: NetstatTransport, path: string): InetColumns {
    const {numericPorts, numericUsers, extend, wide, timers} = this.options;
    return {
      hosts: this.hosts,
      port: numericPorts ? undefined : this.portName(transport),
      wide,
      timers,
      holders: this.holders,
      user: extend === 0 ? undefined : uid => (numericUsers ? undefined : userName(uid)) ?? String(uid | 0),
      halfOpen: transport === 'tcp' && (timers || extend > 0) ? halfOpenIn(path) : undefined,
    };
  }
}

/** A peer makes a connection: for TCP its port, for others its address. */
function isConnected(buf: Uint8Array, at: number, isTcp: boolean): boolean {
  if (isTcp) return ((buf[at + 6] as number) | (buf[at + 7] as number)) !== 0;
  let bits = 0;
  for (let i = at + 24; i < at + 40; i++) bits |= buf[i] as number;
  return bits !== 0;
}

function writeInetHeader(options: NetstatOptions, {out}: Io): void {
  out.ascii(`Active Internet connections ${whichText(options)}\n`);
  out.ascii('Proto Recv-Q Send-Q Local Address           Foreign Address         State      ');
  if (options.extend > 0) out.ascii(' User       Inode     ');
  if (options.programs) out.ascii(' PID/Program name    ');
  out.ascii(options.timers ? ' Timer\n' : '\n');
}

function whichText({all, listening}: NetstatOptions): string {
  return all ? '(servers and established)' : listening ? '(only servers)' : '(w/o servers)';
}

/** Whether nothing in particular was asked for. Families without sockets here are nothing. */
function isDefault({families, transports, bluetooth, groups}: NetstatOptions): boolean {
  const asked = families.some(family => family !== 'ddp' && family !== 'ec' && family !== 'ash');
  return !asked && transports.size === 0 && !bluetooth && !groups;
}

/** Listings of sockets, and of groups with -g, until something that was asked for is missing. @returns the exit status */
export async function showSockets(options: NetstatOptions, io: Io): Promise<number> {
  if (options.groups && options.json) return (await import('../groups.js')).showGroups(options, io);
  const listing = new Listing(options, io, options.json ? (await import('./socketJson.js')).SocketJson : undefined);
  const status = await show(listing, options, io);
  listing.end();
  return status;
}

async function show(listing: Listing, options: NetstatOptions, io: Io): Promise<number> {
  const {families, transports, bluetooth, groups} = options;
  const everything = isDefault(options);
  const inet = everything || transports.size > 0 || families.includes('inet') || families.includes('inet6');
  if (inet && !listing.inet()) return 1;
  if (groups) {
    const {showGroups} = await import('../groups.js');
    const status = showGroups(options, io);
    if (status !== 0) return status;
  }
  if ((everything || families.includes('unix')) && !listing.unix()) return 1;
  for (const family of strangers) {
    if (listing.miss(`AF ${family.toUpperCase()}`, families.includes(family))) return 1;
  }
  if (!bluetooth && !families.includes('bluetooth')) return 0;
  io.err(
    "netstat: feature `AF BLUETOOTH' not supported.\n" +
      "Please recompile `net-tools' with newer kernel source or full configuration.\n",
  );
  return 1;
}
