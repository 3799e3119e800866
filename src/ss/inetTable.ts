import {AF_INET, AF_INET6} from '../addr/ip.js';
import type {Receiver} from '../netlink/exchange.js';
import type {Request} from '../netlink/message.js';
import {
  INET_DIAG_CONG,
  INET_DIAG_INFO,
  INET_DIAG_MEMINFO,
  INET_DIAG_SKMEMINFO,
  INET_DIAG_TCLASS,
  INET_DIAG_TOS,
  INET_DIAG_VEGASINFO,
} from '../sockdiag/constants.js';
import {inetDump, type Transport} from '../sockdiag/requests.js';
import {dumpBothFamilies} from './bothFamilies.js';
import type {NetId} from './cells.js';
import type {ListContext} from './context.js';
import {addInetRow} from './inetRow.js';
import type {SsOptions} from './options.js';
import {wantsProc} from './procFiles.js';
import {tellRefusal} from './refusal.js';
import {FAMILY} from './tables.js';

/** Families that were chosen, IPv4 first. */
export function chosenFamilies({families}: Readonly<SsOptions>): number[] {
  const found: number[] = [];
  if ((families & FAMILY.inet) !== 0) found.push(AF_INET);
  if ((families & FAMILY.inet6) !== 0) found.push(AF_INET6);
  return found;
}

/** Families that the kernel is asked for: a family named last leaves but itself. */
export function askedFamilies({family}: Readonly<SsOptions>): number[] {
  return family === 'inet' ? [AF_INET] : family === 'inet6' ? [AF_INET6] : [AF_INET, AF_INET6];
}

/** Families that are shown: those chosen, too. */
function shownFamilies(options: Readonly<SsOptions>): number[] {
  const asked = askedFamilies(options);
  return chosenFamilies(options).filter(one => asked.includes(one));
}

/** INET_DIAG_ numbers of what the options show. */
function attributesOf({memory, info, tos}: Readonly<SsOptions>): number[] {
  const wanted: number[] = [];
  if (memory) wanted.push(INET_DIAG_MEMINFO, INET_DIAG_SKMEMINFO);
  if (info) wanted.push(INET_DIAG_INFO, INET_DIAG_VEGASINFO, INET_DIAG_CONG);
  if (tos) wanted.push(INET_DIAG_TOS, INET_DIAG_TCLASS);
  return wanted;
}

/** The dumps that give a table: one for each family. @param bytecode filter for the kernel */
export function inetRequests(
  options: Readonly<SsOptions>,
  transport: Transport,
  bytecode: Uint8Array | undefined,
  families: readonly number[] = shownFamilies(options),
): Request[] {
  const {states} = options;
  const attributes = attributesOf(options);
  return families.map(family => inetDump({family, transport, states, attributes, bytecode}) as unknown as Request);
}

/** Adds the row of a message where it passes the filter. */
export function inetRow(context: ListContext, transport: NetId): Receiver {
  const {filter} = context;
  if (filter === undefined) return (buf, at, end) => addInetRow(context, transport, buf, at, end);
  return (buf, at, end) => {
    if (filter.matchesInet(buf, at, end)) addInetRow(context, transport, buf, at, end);
  };
}

/** How asking for a table ended: `stopped` when `-K` may close nothing. */
export type Outcome = 'listed' | 'refused' | 'stopped';

/**
 * One dump; with `-K` only of sockets that could be closed.
 * @returns undefined to go on with the next family
 */
function dumpRows(context: ListContext, transport: Transport, request: Request, row: Receiver): Outcome | undefined {
  const {killer, filter} = context;
  if (killer === undefined) {
    context.connection.dumpRaw(request, row);
    return undefined;
  }
  let stops = 0;
  /** Whether messages are still of the datagram whose socket could not be closed. */
  let same = false;
  let last = 0;
  // The reference asks in the old way next, and takes what it then reads, the rest of this dump, for the answer.
  const most = transport === 'tcp' || transport === 'dccp' ? 2 : 1;
  context.openConnection().dumpRaw(request, (buf, at, end, type, flags) => {
    if (at <= last) same = false;
    last = at;
    if (stops === most || same || filter?.matchesInet(buf, at, end) === false) return;
    const killed = killer.kill(transport, buf, at, end);
    if (killed === 'stop') {
      stops++;
      same = true;
    } else if (killed) row(buf, at, end, type, flags);
  });
  return stops === most ? 'stopped' : stops > 0 ? 'listed' : undefined;
}

/**
 * Lists the sockets of one inet protocol as sock_diag has them. A refusal is told unless the kernel only lacks the table.
 * @param row gets each message
 */
export function dumpInet(context: ListContext, transport: Transport, row = inetRow(context, transport)): Outcome {
  const {options, filter} = context;
  try {
    const bytecode = filter?.bytecode();
    const requests = inetRequests(options, transport, bytecode);
    const atOnce = transport === 'tcp' && requests.length === 2 && context.killer === undefined;
    const what = {states: options.states, attributes: attributesOf(options), bytecode};
    const done = atOnce ? dumpBothFamilies(context.connection, transport, what, row) : 0;
    for (const request of requests.slice(done)) {
      const ended = dumpRows(context, transport, request, row);
      if (ended !== undefined) return ended;
    }
    return 'listed';
  } catch (error) {
    tellRefusal(context, error);
    return 'refused';
  }
}

/** Lists UDP or TCP sockets: those of TCP from a file where `TCPDIAG_FILE` names one, and from /proc where it must be. */
export async function listInet(context: ListContext, transport: 'tcp' | 'udp'): Promise<void> {
  const {env} = context.io;
  context.ports.namer = transport;
  const file = transport === 'tcp' ? env.TCPDIAG_FILE : undefined;
  if (file !== undefined) return (await import('./replay.js')).replay(context, file);
  if (!wantsProc(env, transport)) {
    const outcome = dumpInet(context, transport);
    if (outcome === 'listed') return;
    const again = outcome === 'refused' && transport === 'tcp';
    if (again && (await import('./oldInet.js')).dumpOldInet(context, transport)) return;
  }
  (await import('./procInet.js')).listProcInet(context, transport);
}
