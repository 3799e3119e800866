import {encodeText} from '../addr/text.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import {STATE_NAMES} from '../sockdiag/constants.js';
import type {SocketRecord} from '../sockdiag/socketRecord.js';
import type {skMemInfo} from '../sockdiag/tcpInfo.js';
import {type ListContext, QUEUE_WIDTH} from './context.js';
import {tellRefusal} from './refusal.js';

/** Cells of a row that is not an inet socket's. */
export interface PlainRow {
  /** Short name of the table: `u_str`. */
  readonly netid: string;
  /** A TCP state, whatever the family. */
  readonly state: number;
  /** Queues, signed where /proc has them so. */
  readonly recvQ: number;
  readonly sendQ: number;
  /** Text or bytes, with what parts it from the port. */
  readonly local: string | Uint8Array;
  readonly localPort: string;
  readonly peer: string;
  readonly peerPort: string;
  /** With a JSON format: what the options show besides. Undefined values are left out. */
  readonly fields: RowFields | undefined;
}

/** What options show of a socket behind its columns. */
export type RowFields = {readonly [K in keyof SocketRecord]?: SocketRecord[K] | undefined};

const BLANK = 32;
const CLOSE_PARENTHESIS = 41;
/** Bytes of all cells but the local address and the last one. */
const ROOM = 512;

/** Adds a row whose last cell is in the context's `details`. */
export function addPlainRow(context: ListContext, row: PlainRow): void {
  if (context.json !== undefined) {
    context.json.plain(row);
    return;
  }
  const {table, details} = context;
  const room = ROOM + row.local.length * 3 + details.position;
  do {
    table.begin(room);
    if (context.netid) addCell(context, row.netid);
    if (context.state) addCell(context, STATE_NAMES[row.state] ?? 'UNKNOWN');
    addCell(context, String(row.recvQ).padEnd(QUEUE_WIDTH));
    addCell(context, String(row.sendQ).padEnd(QUEUE_WIDTH));
    addCell(context, row.local);
    addCell(context, row.localPort);
    addCell(context, row.peer);
    addCell(context, row.peerPort);
    context.addDetails();
  } while (!table.commit());
}

function addCell({table}: ListContext, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? encodeText(text) : text;
  table.bytes.set(bytes, table.at);
  table.end(table.at + bytes.length);
}

/** `-m`: adds the memory of the socket to `details`. */
export function addMemory({details}: ListContext, memory: Decoded<typeof skMemInfo>): void {
  const {rmemAlloc = 0, rcvbuf = 0, wmemAlloc = 0, sndbuf = 0, fwdAlloc = 0, wmemQueued = 0, optmem = 0} = memory;
  details.ascii(
    ` skmem:(r${rmemAlloc},rb${rcvbuf},t${wmemAlloc},tb${sndbuf},f${fwdAlloc >>> 0},w${wmemQueued},o${optmem}`,
  );
  if (memory.backlog !== undefined) details.ascii(`,bl${memory.backlog}`);
  if (memory.drops !== undefined) details.ascii(`,d${memory.drops}`);
  details.byte(CLOSE_PARENTHESIS);
}

/**
 * Dumps one table.
 * @returns false when the kernel does not have it: that is no error, but all other refusals are told of
 */
export function dumpTable<M extends AnyMessage, R extends AnyMessage>(
  context: ListContext,
  request: Request<M, R>,
  each: (socket: Decoded<R>) => void,
): boolean {
  try {
    context.connection.dump(request, each);
    return true;
  } catch (error) {
    tellRefusal(context, error);
    return false;
  }
}

/** In `details`: what follows stands on a line of its own, or behind a blank with `-O`. */
export function beginLine(context: ListContext): void {
  if (context.options.oneline) context.details.byte(BLANK);
  else context.detailLine();
}
