import {decodeText} from '../../addr/text.js';
import {NetlinkProtocols} from '../../names/netlinkProtocols.js';
import type {Decoded} from '../../netlink/schema.js';
import {procNetlinkSockets} from '../../procfs/netlinkSockets.js';
import {NDIAG_SHOW, netlinkDump} from '../../sockdiag/netlinkDiag.js';
import {programName} from '../../sockdiag/owners.js';
import {STATES} from '../../sockdiag/states.js';
import type {skMemInfo} from '../../sockdiag/tcpInfo.js';
import type {ListContext} from '../context.js';
import type {SsOptions} from '../options.js';
import {addMemory, addPlainRow, dumpTable, type RowFields} from '../plainRow.js';
import {procFile, procRoot, wantsProc} from '../procFiles.js';

const TAB = 9;
const GROUPS_A_WORD = 32;

interface Shown {
  readonly protocol: number;
  /** Signed. */
  readonly portid: number;
  /** Words of 32 multicast groups. */
  readonly groups: readonly number[];
  readonly recvQ: number;
  readonly sendQ: number;
  /** Only /proc tells it. */
  readonly sk: bigint;
  /** Only /proc tells it. */
  readonly dump: bigint;
  readonly ino?: number;
  readonly cookie?: bigint;
  readonly meminfo?: Decoded<typeof skMemInfo> | undefined;
}

/** Lists netlink sockets. */
export function list(context: ListContext): void {
  const {env, argv0} = context.io;
  // Our own socket is among them: under the name of the program, not of node.
  process.title = argv0;
  const protocols = new NetlinkProtocols();
  const request = netlinkDump(NDIAG_SHOW.groups | NDIAG_SHOW.meminfo);
  const dumped =
    !wantsProc(env, 'netlink') &&
    dumpTable(context, request, ({protocol, portid, groups, ino, cookie, meminfo}) =>
      addRow(context, protocols, {
        protocol,
        portid: portid | 0,
        groups: groups ?? [],
        recvQ: meminfo?.rmemAlloc ?? 0,
        sendQ: meminfo?.wmemAlloc ?? 0,
        sk: 0n,
        dump: 0n,
        ino,
        cookie,
        meminfo,
      }),
    );
  if (dumped) return;
  for (const {rmem, wmem, groups, ...socket} of procNetlinkSockets(procFile(env, 'netlink'))) {
    addRow(context, protocols, {...socket, groups: [groups], recvQ: rmem, sendQ: wmem});
  }
}

function addRow(context: ListContext, protocols: NetlinkProtocols, socket: Shown): void {
  const {options, details, filter} = context;
  const {protocol, portid, recvQ, sendQ, meminfo} = socket;
  if (filter !== undefined) {
    filter.subject.setNetlink(protocol, portid);
    if (!filter.matches()) return;
  }
  details.position = 0;
  if (options.extended) {
    const groups = ((socket.groups[0] ?? 0) >>> 0).toString(16).padStart(8, '0');
    details.ascii(` sk=${socket.sk.toString(16)} cb=${socket.dump.toString(16)} groups=0x${groups}`);
  }
  if (options.memory && meminfo !== undefined) {
    details.byte(TAB);
    addMemory(context, meminfo);
  }
  const name = options.numeric ? undefined : protocols.name(protocol);
  addPlainRow(context, {
    netid: 'nl',
    state: STATES.close,
    recvQ,
    sendQ,
    local: `${name ?? protocol}:`,
    localPort: portText(context, portid),
    peer: '*',
    peerPort: '',
    fields: context.json && fieldsOf(options, socket),
  });
}

function fieldsOf({memory, extended}: Readonly<SsOptions>, socket: Shown): RowFields {
  const {protocol, portid, groups, ino, cookie, meminfo} = socket;
  return {
    ...(extended && {
      inode: ino,
      cookie: cookie?.toString(16),
      netlink: {protocol, portId: portid >>> 0, groups: groupNumbers(groups)},
    }),
    ...(memory && {memory: meminfo}),
  };
}

/** Bit 0 of the first word is group 1. */
function groupNumbers(words: readonly number[]): number[] {
  return words
    .flatMap((word, i) =>
      Array.from({length: GROUPS_A_WORD}, (_, bit) => (((word >>> bit) & 1) === 0 ? 0 : i * GROUPS_A_WORD + bit + 1)),
    )
    .filter(group => group !== 0);
}

/** A port id is mostly the number of the process that opened the socket. */
function portText({io, options}: ListContext, portid: number): string {
  if (portid === -1) return '*';
  if (options.numeric) return String(portid);
  if (portid === 0) return 'kernel';
  const name = portid > 0 ? programName(portid, procRoot(io.env)) : new Uint8Array(0);
  return name.length === 0 ? String(portid) : `${decodeText(name, 0, name.length)}/${portid}`;
}
