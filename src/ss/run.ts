import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {isTerminal, winsize} from '../native.js';
import type {SocketOwners} from '../sockdiag/owners.js';
import type {JsonValue} from '../view/strictJson.js';
import {ListContext} from './context.js';
import {listTables} from './listing.js';
import {Misuse} from './misuse.js';
import {type OptionEffects, parseOptions, type SsOptions} from './options.js';
import {TABLE} from './tables.js';

/** First line of `ss -V`: scripts read it for the reference's version. */
const VERSION = 'ss utility, iproute2-6.1.0';
const STDOUT = 1;
/** Status of a namespace that cannot be entered. */
const NO_NAMESPACE = 1;

/** `ss`: options, then the tables one after the other. @returns the exit status */
export async function runSs(argv: readonly string[], io: Io): Promise<number> {
  try {
    const options = await parseOptions(argv, effectsOf(io), io.env.POSIXLY_CORRECT !== undefined);
    if (options === 'version') {
      io.out.ascii(`${VERSION}\n`);
    } else if (options === 'help') {
      for (const line of (await import('./usage.js')).usage()) io.out.ascii(`${line}\n`);
    } else {
      await list(options, io);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const lines = error instanceof Misuse ? [...error.lines, ...(await import('./usage.js')).usage()] : error.lines;
    io.err(lines.map(line => `${line}\n`).join(''));
    return error.status;
  }
}

function effectsOf(io: Io): OptionEffects {
  return {
    async enterNamespace(name) {
      const {enterNetns} = await import('../ops/netnsSwitch.js');
      try {
        enterNetns(name, line => io.err(`${line}\n`));
      } catch (error) {
        throw error instanceof UsageError ? new UsageError(NO_NAMESPACE, error.lines) : error;
      }
    },
    async openFilter(path) {
      return (await import('./filterWords.js')).openFilterFile(path);
    },
  };
}

/** What the options ask for, in the order of the reference: what is wrong further on is not told before this is done. */
async function list(options: SsOptions, io: Io): Promise<void> {
  if (options.summary) {
    const {readSummary, summaryLines} = await import('./summary.js');
    const summary = readSummary(io.env, line => io.err(`${line}\n`));
    if (options.format === 'text') {
      for (const line of summaryLines(summary)) io.out.ascii(`${line}\n`);
    } else {
      const {stringify} = await import('../view/strictJson.js');
      io.out.ascii(`${stringify(summary as unknown as JsonValue, options.format === 'pretty' ? 4 : 0)}\n`);
    }
    if (options.anyTable && options.filter.length === 0) return;
  }
  const filtered = options.filter.length > 0 || options.filterFile !== undefined;
  const late = filtered ? await import('./filterWords.js') : undefined;
  const words = late?.takeStates(options) ?? [];
  if (options.tables === 0) throw new UsageError(0, 'ss: no socket tables to show with such filter.');
  if (options.dump !== undefined) {
    if ((options.tables & TABLE.tcp) === 0) {
      throw new UsageError(0, 'ss: tcpdiag dump requested and no tcp in filter.');
    }
    (await import('./dump.js')).dumpTcp(options, io);
    return;
  }
  const filter = late?.readFilter(options, words, io);
  const context = new ListContext(options, io, isTerminal(STDOUT) ? winsize(STDOUT) : 0, filter);
  let owners: SocketOwners | undefined;
  if (options.processes) {
    const [{SocketOwners}, {Users}] = await Promise.all([import('../sockdiag/owners.js'), import('./users.js')]);
    const root = io.env.PROC_ROOT ?? '/proc';
    owners = new SocketOwners(root, options.threads);
    context.owners = new Users(owners, root, options.threads);
  }
  if (options.resolve) context.hostNames = new (await import('./hostNames.js')).HostNames();
  if (options.format !== 'text') {
    context.json = new (await import('./json.js')).JsonRows(context, owners);
    context.owners = undefined;
  } else if (hasDetails(options)) context.inetDetails = (await import('./inetDetails.js')).writeInetDetails;
  if (options.kill) context.killer = new (await import('./kill.js')).Killer(io);
  if (options.events) (await import('./events.js')).showEvents(context);
  await listTables(context);
  if (context.json === undefined) context.table.write(io.out);
  else context.json.finish();
}

/** Whether rows of inet sockets have anything behind their columns. */
function hasDetails(options: SsOptions): boolean {
  const {timers, extended, bpf, processes, tos, cgroup, inetSockopt, memory, info} = options;
  return timers || extended || bpf > 0 || processes || tos || cgroup || inetSockopt || memory || info;
}
