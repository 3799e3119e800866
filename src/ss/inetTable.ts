import {AF_INET, AF_INET6} from '../addr/ip.js';
import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
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
import type {ListContext} from './context.js';
import {addInetRow} from './inetRow.js';
import type {SsOptions} from './options.js';
import {FAMILY} from './tables.js';

/** Families whose rows are shown, IPv4 first: those chosen, of which a family named last leaves but itself. */
export function inetFamilies({family, families}: Readonly<SsOptions>): number[] {
  const found: number[] = [];
  if ((families & FAMILY.inet) !== 0 && family !== 'inet6') found.push(AF_INET);
  if ((families & FAMILY.inet6) !== 0 && family !== 'inet') found.push(AF_INET6);
  return found;
}

/** INET_DIAG_ numbers of what the options show. */
function attributesOf({memory, info, tos}: Readonly<SsOptions>): number[] {
  const wanted: number[] = [];
  if (memory) wanted.push(INET_DIAG_MEMINFO, INET_DIAG_SKMEMINFO);
  if (info) wanted.push(INET_DIAG_INFO, INET_DIAG_VEGASINFO, INET_DIAG_CONG);
  if (tos) wanted.push(INET_DIAG_TOS, INET_DIAG_TCLASS);
  return wanted;
}

/**
 * Lists the sockets of one inet protocol as sock_diag has them.
 * @returns false when the kernel has no such table
 */
export function dumpInet(context: ListContext, transport: Transport): boolean {
  const {options, connection, filter} = context;
  const attributes = attributesOf(options);
  try {
    for (const family of inetFamilies(options)) {
      const request = inetDump({family, transport, states: options.states, attributes, bytecode: filter?.bytecode()});
      connection.dumpRaw(request, (buf, at, end) => {
        if (filter === undefined || filter.matchesInet(buf, at, end)) addInetRow(context, transport, buf, at, end);
      });
    }
    return true;
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    context.io.err(`RTNETLINK answers: ${errnoText(error.errno)}\n`);
    return false;
  }
}

/** Lists UDP or TCP sockets. */
export function listInet(context: ListContext, transport: Transport): void {
  dumpInet(context, transport);
}
