import {writeInet} from '../addr/format.js';
import {codecOf} from '../netlink/codec.js';
import {RTN_BROADCAST, RTN_MULTICAST, RTN_PROHIBIT, RTN_UNREACHABLE} from '../rtnetlink/constants.js';
import {routeMessage} from '../rtnetlink/route/schema.js';
import type {Sink} from '../view/sink.js';
import {type FixedTable, ROW_ROOM as ROOM_OF_COLUMNS} from './table.js';
import {type RouteRow, routeRow} from './views/routeRow.js';
import {isListed, type RouteTableContext} from './views/routeTable.js';

/** Bytes of struct rtmsg. */
const HEADER = 12;
const BLANK = 32;
/** The first column of every form, 15 wide, and its blank. */
const DESTINATION = 16;
/** Rows whose other columns are remembered. */
const SLOTS = 256;
const ROW_ROOM = 256;

/** Header of an attribute of four bytes, as a number. */
function headerOf([number]: readonly [number, ...unknown[]]): number {
  return (number << 16) | 8;
}

const {attrs} = routeMessage;
const DST = headerOf(attrs.table.dst);
const OIF = headerOf(attrs.table.oif);
const GATEWAY = headerOf(attrs.table.gateway);
const PRIORITY = headerOf(attrs.table.priority);
/** Without a column, and most routes have them. */
const TABLE = headerOf(attrs.table.table);
const PREFSRC = headerOf(attrs.table.prefsrc);
const RTA_CACHEINFO = attrs.table.cacheinfo[0];

/** All columns but the first, and what they are the same for. */
interface Tail {
  readonly shape: number;
  readonly gateway: number;
  readonly oif: number;
  readonly priority: number;
  readonly bytes: Uint8Array;
}

/**
 * Rows of a numeric routing table from the bytes of their messages. A million routes differ in little but their destination:
 * that is written here, and what stands behind it is copied from a row that the columns wrote. Routes with anything
 * beyond addresses, an interface and a metric always go through the columns.
 */
export class RouteLines {
  private readonly out: Sink;
  private readonly columns: FixedTable<RouteRow, RouteTableContext>;
  private readonly context: RouteTableContext;
  private readonly tails: (Tail | undefined)[] = new Array(SLOTS).fill(undefined);

  constructor(out: Sink, columns: FixedTable<RouteRow, RouteTableContext>, context: RouteTableContext) {
    this.out = out;
    this.columns = columns;
    this.context = context;
  }

  /** Writes the row of the RTM_NEWROUTE in `buf[at..end)`, where the table has it. @hot */
  row(buf: Uint8Array, at: number, end: number): void {
    if (end - at < HEADER) return;
    const type = buf[at + 7] as number;
    if (type === RTN_BROADCAST || type === RTN_MULTICAST) return;
    let dst = 0;
    let gateway = 0;
    let oif = 0;
    let priority = 0;
    let shape = ((buf[at + 1] as number) << 9) | (type << 1);
    let isPlain = type !== RTN_UNREACHABLE && type !== RTN_PROHIBIT;
    for (let p = at + HEADER; p + 8 <= end; ) {
      const header = word(buf, p);
      if (header === DST) {
        dst = bigEndianWord(buf, p + 4);
      } else if (header === GATEWAY) {
        gateway = bigEndianWord(buf, p + 4);
        shape |= 1;
      } else if (header === OIF) {
        oif = word(buf, p + 4);
      } else if (header === PRIORITY) {
        priority = word(buf, p + 4);
      } else if (header !== TABLE && header !== PREFSRC && (header >>> 16 !== RTA_CACHEINFO || (header & 0xffff) < 8)) {
        isPlain = false;
        break;
      }
      p += ((header & 0xffff) + 3) & ~3;
    }
    if (!isPlain) {
      this.decoded(buf, at, end);
      return;
    }
    const slot = (shape ^ gateway ^ (gateway >>> 8) ^ (oif * 31) ^ (priority * 7)) & (SLOTS - 1);
    const tail = this.tails[slot];
    if (
      tail === undefined ||
      tail.gateway !== gateway ||
      tail.shape !== shape ||
      tail.oif !== oif ||
      tail.priority !== priority
    ) {
      const bytes = this.decoded(buf, at, end);
      if (bytes !== undefined) this.tails[slot] = {shape, gateway, oif, priority, bytes};
      return;
    }
    const {out} = this;
    out.room(ROW_ROOM);
    const into = out.buffer;
    const start = out.position;
    let p = writeInet(dst, into, start);
    while (p < start + DESTINATION) into[p++] = BLANK;
    into.set(tail.bytes, p);
    out.position = p + tail.bytes.length;
  }

  /** Writes a row by the columns. @returns what stands behind the destination; undefined without a row, or for a long one */
  private decoded(buf: Uint8Array, at: number, end: number): Uint8Array | undefined {
    const route = codecOf(routeRow).decode(buf, at, end);
    if (!isListed(route)) return undefined;
    const {out} = this;
    out.room(ROOM_OF_COLUMNS);
    const start = out.position;
    this.columns.row(out, route, this.context);
    return out.position - start > ROW_ROOM ? undefined : out.buffer.slice(start + DESTINATION, out.position);
  }
}

/** @hot */
function word(buf: Uint8Array, at: number): number {
  return (
    (buf[at] as number) |
    ((buf[at + 1] as number) << 8) |
    ((buf[at + 2] as number) << 16) |
    ((buf[at + 3] as number) << 24)
  );
}

/** @hot */
function bigEndianWord(buf: Uint8Array, at: number): number {
  return (
    ((buf[at] as number) << 24) |
    ((buf[at + 1] as number) << 16) |
    ((buf[at + 2] as number) << 8) |
    (buf[at + 3] as number)
  );
}
