import {AF_INET6, type IpAddress} from '../addr/ip.js';
import {decodeText} from '../addr/text.js';
import {CgroupPaths} from '../procfs/cgroup.js';
import type {SocketOf} from '../sockdiag/otherInfo.js';
import {programName, type SocketOwners} from '../sockdiag/owners.js';
import type {Transport} from '../sockdiag/requests.js';
import {inetFields, inetSocket, stateOf, timerFields} from '../sockdiag/socketJson.js';
import type {SocketEnd, SocketProcess, SocketRecord} from '../sockdiag/socketRecord.js';
import type {Sink} from '../view/sink.js';
import {type JsonValue, stringify} from '../view/strictJson.js';
import {directions, type NetId} from './cells.js';
import type {ListContext} from './context.js';
import type {Format} from './options.js';
import type {PlainRow} from './plainRow.js';

type AnySocket = SocketOf<Transport>;

const INDENT = 4;
/**
 * Writes rows as JSON: `--json` and `--pretty` one array, `--ndjson` one object a line, and so events in any format, of
 * which there is no last one. See `SocketRecord`.
 */
export class JsonRows {
  readonly #context: ListContext;
  readonly #out: Sink;
  readonly #owners: SocketOwners | undefined;
  readonly #cgroups = new CgroupPaths();
  readonly #format: Format;
  #rows = 0;
  /** Who holds the socket of the row under way. */
  #processes: SocketProcess[] | undefined;

  constructor(context: ListContext, owners: SocketOwners | undefined) {
    this.#context = context;
    this.#out = context.io.out;
    this.#owners = owners;
    this.#format = context.options.events ? 'ndjson' : context.options.format;
  }

  /** Notes who holds the socket of the row that comes next. */
  noteOwners(inode: number): void {
    const owners = this.#owners;
    if (owners === undefined) return;
    const {threads} = this.#context.options;
    const root = this.#context.io.env.PROC_ROOT ?? '/proc';
    this.#processes = [];
    for (let entry = owners.newest(inode); entry >= 0; entry = owners.older(entry)) {
      const tid = owners.tid(entry);
      const bytes = programName(tid, root);
      const name = decodeText(bytes, 0, bytes.length);
      this.#processes.push({name, pid: owners.pid(entry), ...(threads && {tid}), fd: owners.fd(entry)});
    }
  }

  /** One inet_diag_msg. */
  inet(netid: NetId, buf: Uint8Array, at: number, end: number): void {
    const context = this.#context;
    const {options} = context;
    const socket = inetSocket(netid as Transport, buf, at, end);
    const v6only = socket.family === AF_INET6 ? socket.skv6only : undefined;
    if (options.processes) this.noteOwners(socket.inode);
    const length = socket.family === AF_INET6 ? 16 : 4;
    const name = (offset: number, address: IpAddress): string | undefined => {
      const found = address.isUnspecified ? undefined : context.hostNames?.name(buf, at + offset, length);
      return found && decodeText(found, 0, found.length);
    };
    const record: SocketRecord = {
      netid,
      ...inetFields(socket, index => context.ifname(index)),
      ...(context.branch !== undefined && {state: context.branch, rfcState: null}),
      ...defined({localName: name(8, socket.src), peerName: name(24, socket.dst)}),
      ...this.#holders(),
      ...((options.timers || options.extended || options.bpf > 0) && timerFields(socket)),
      ...(options.extended && this.#extended(socket, v6only)),
      ...(options.cgroup && {cgroup: this.#cgroup(socket)}),
      ...(options.tos && defined({tos: socket.tos, tclass: socket.tclass, classId: socket.classId})),
      ...(options.memory && defined({memory: socket.skmeminfo})),
      ...(options.info && infoOf(socket)),
    };
    this.#write(record);
  }

  /** A row of another family. */
  plain(row: PlainRow): void {
    this.#write({
      netid: row.netid,
      ...stateOf(row.state),
      recvQ: row.recvQ,
      sendQ: row.sendQ,
      local: namedEnd(row.local, row.localPort),
      peer: namedEnd(row.peer, row.peerPort),
      ...this.#holders(),
      ...(row.fields as Partial<SocketRecord> | undefined),
    });
  }

  /** Ends the array. */
  finish(): void {
    if (this.#format === 'ndjson') return;
    this.#out.ascii(this.#rows === 0 ? '[]\n' : this.#format === 'pretty' ? '\n]\n' : ']\n');
  }

  #extended(socket: AnySocket, v6only: number | undefined): Partial<SocketRecord> {
    const {uid, inode, cookie, mark, shutdown} = socket;
    return {
      uid,
      inode,
      cookie: cookie.toString(16),
      ...defined({mark}),
      cgroup: this.#cgroup(socket),
      ...(v6only !== undefined && {v6only: v6only !== 0}),
      ...(shutdown !== undefined && {shutdown: directions(shutdown)}),
    };
  }

  #cgroup({cgroupId}: AnySocket): string | null {
    return cgroupId === undefined ? null : (this.#cgroups.path(cgroupId) ?? null);
  }

  #holders(): Partial<SocketRecord> {
    const processes = this.#processes;
    this.#processes = undefined;
    return processes === undefined ? {} : {processes};
  }

  #write(record: SocketRecord): void {
    const pretty = this.#format === 'pretty';
    if (this.#format === 'ndjson') {
      this.#out.text(`${stringify(record as unknown as JsonValue)}\n`);
    } else {
      const start = this.#rows === 0 ? '[' : ',';
      const line = pretty ? `\n${' '.repeat(INDENT)}` : '';
      this.#out.text(start + line + stringify(record as unknown as JsonValue, pretty ? INDENT : 0, 1));
    }
    this.#rows++;
  }
}

/** Fields that are there. */
function defined<T extends object>(fields: T): {[K in keyof T]: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Text has `*` or `-` for nothing, and a blank or a colon between name and port. */
function namedEnd(cell: string | Uint8Array, port: string): SocketEnd {
  const text = typeof cell === 'string' ? cell : decodeText(cell, 0, cell.length);
  const address = text.replace(/[ :]$/, '');
  return {address: address === '*' || address === '-' ? null : address, port: portOf(port)};
}

function portOf(text: string): number | string | null {
  if (text === '*' || text === '') return null;
  return /^\d{1,10}$/.test(text) ? Number(text) : text;
}

function infoOf(socket: AnySocket): Partial<SocketRecord> {
  const {cong, info, bbrinfo, vegasinfo, dctcpinfo, ulpInfo, locals, peers} = socket;
  return defined({
    congestion: cong,
    info: info && 'pAddress' in info ? {...info, pAddress: addressText(info.pAddress)} : info,
    bbr: bbrinfo,
    vegas: vegasinfo,
    dctcp: dctcpinfo,
    ulp: ulpInfo,
    locals: locals?.map(addressText),
    peers: peers?.map(addressText),
  });
}

function addressText(end: {readonly address: IpAddress | undefined} | undefined): string | null {
  return end?.address === undefined ? null : String(end.address);
}
