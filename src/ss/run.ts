import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {isTerminal, winsize} from '../native.js';
import {NETLINK_ROUTE, NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import {inetDump} from '../sockdiag/requests.js';
import {type Column, ColumnTable} from '../view/columns.js';
import {addInetRow, QUEUE_WIDTH, type RowContext} from './inetRow.js';
import {parseOptions, type SsOptions, usage} from './options.js';
import {PortNames} from './ports.js';

/** First line of `ss -V`: scripts read it for the reference's version. */
const VERSION = 'ss utility, iproute2-6.1.0';
const AF_INET = 2;
const AF_INET6 = 10;
const STDOUT = 1;

/** `ss`: options, then the tables one after the other. @returns the exit status */
export function runSs(argv: readonly string[], io: Io): number {
  try {
    const options = parseOptions(argv, io.env.POSIXLY_CORRECT !== undefined);
    if (options === 'version') {
      io.out.ascii(`${VERSION}\n`);
    } else if (options === 'help') {
      for (const line of usage()) io.out.ascii(`${line}\n`);
    } else {
      list(options, io);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(error.lines.map(line => `${line}\n`).join(''));
    return error.status;
  }
}

/** Columns in order; those that hold one value only are left out. */
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

function list(options: SsOptions, io: Io): void {
  const netid = options.tables.length > 1;
  const state = (options.states & (options.states - 1)) !== 0;
  const table = new ColumnTable(columnsOf(netid, state), {
    header: options.header,
    screen: isTerminal(STDOUT) ? winsize(STDOUT) : 0,
  });
  const links = new LinkCache(() => io.open(NETLINK_ROUTE));
  const context: RowContext = {
    table,
    netid,
    state,
    ports: new PortNames(options.numeric),
    ifname: index => links.name(index),
  };
  const families = options.family === 0 ? [AF_INET, AF_INET6] : [options.family];
  const connection = io.open(NETLINK_SOCK_DIAG);
  for (const transport of options.tables) {
    for (const family of families) {
      try {
        connection.dumpRaw(inetDump({family, transport, states: options.states}), (buf, at, end) =>
          addInetRow(context, transport, buf, at, end),
        );
      } catch (error) {
        // A table the kernel does not have is told of, and the rest listed.
        if (!(error instanceof NetlinkError)) throw error;
        io.err(`RTNETLINK answers: ${errnoText(error.errno)}\n`);
      }
    }
  }
  table.write(io.out);
}
