import {type TipcSocket, tipcDump} from '../../sockdiag/tipcDiag.js';
import type {Sink} from '../../view/sink.js';
import type {ListContext} from '../context.js';
import type {SsOptions} from '../options.js';
import {addPlainRow, dumpTable, type RowFields} from '../plainRow.js';

/** Names by socket type; 3 has none. */
const NETIDS: readonly (string | undefined)[] = ['???', 'ti_st', 'ti_dg', '???', 'ti_rd', 'ti_sq'];
const TYPES: readonly (string | undefined)[] = ['UNKNOWN', 'STREAM', 'DGRAM', undefined, 'RDM', 'SEQPACKET'];

/** Lists TIPC sockets, of which /proc tells nothing. No filter means them. */
export function list(context: ListContext): void {
  dumpTable(context, tipcDump(context.options.states), ({sock}) => {
    if (sock !== undefined) addRow(context, sock);
  });
}

function addRow(context: ListContext, socket: TipcSocket): void {
  const {addr = 0, ref = 0, con, type = 0, stat, tipcState = 0} = socket;
  const {details, options} = context;
  details.position = 0;
  if (options.extended) {
    if (socket.uid) details.ascii(` uid:${socket.uid}`);
    details.ascii(` ino:${socket.ino ?? 0} sk:${(socket.cookie ?? 0n).toString(16)}`);
  }
  context.writeOwners(socket.ino ?? 0);
  if (options.tipcInfo) {
    if (!options.oneline) details.byte(NEWLINE);
    writeInfo(details, socket);
  }
  addPlainRow(context, {
    netid: NETIDS[type] ?? '???',
    state: tipcState,
    recvQ: stat?.rcvq ?? 0,
    sendQ: stat?.sendq ?? 0,
    local: `${addr}:`,
    localPort: String(ref),
    peer: con === undefined ? '-' : `${con.node ?? 0}:`,
    peerPort: con === undefined ? '' : String(con.sock ?? 0),
    fields: context.json && fieldsOf(options, socket),
  });
}

function fieldsOf({extended, tipcInfo}: Readonly<SsOptions>, socket: TipcSocket): RowFields {
  const {uid, ino, cookie = 0n, type = 0, stat, hasPubl, con} = socket;
  return {
    ...(extended && {uid, inode: ino, cookie: cookie.toString(16)}),
    ...(tipcInfo && {
      tipc: {
        type: TYPES[type] ?? null,
        congestion: congestionOf(socket),
        drop: stat?.drop ?? 0,
        published: hasPubl === true,
        ...(con?.flag && {via: {type: con.type ?? 0, instance: con.inst ?? 0}}),
      },
    }),
  };
}

function congestionOf({stat}: TipcSocket): 'link' | 'conn' | 'none' {
  return stat?.linkCong ? 'link' : stat?.connCong ? 'conn' : 'none';
}

const NEWLINE = 10;

/** `--tipcinfo` */
function writeInfo(out: Sink, socket: TipcSocket): void {
  const {type = 0, stat, hasPubl, con} = socket;
  const congestion = congestionOf(socket);
  out.ascii(` type:${TYPES[type] ?? '(null)'} cong:${congestion}  drop:${stat?.drop ?? 0} ${hasPubl ? ' publ' : ''}`);
  if (con?.flag) out.ascii(` via {${con.type ?? 0},${con.inst ?? 0}}`);
  out.byte(BLANK);
}

const BLANK = 32;
