import {decodeText} from '../addr/text.js';
import {formatCommand} from '../grammar/grammar.js';
import type {Io, OpenOptions} from '../io.js';
import {routeVerbs} from '../ops/route.js';
import {AF_INET6, NETLINK_ROUTE} from '../rtnetlink/constants.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import {Sink} from '../view/sink.js';
import {report} from './errors.js';
import {commandLines, ipLine} from './explainCommands.js';
import {ExplainConnection} from './explainConnection.js';
import type {Explained} from './explained.js';
import {tunnelRequest} from './ifconfigInet6.js';
import type {OldSession} from './session.js';

/** A session whose changes are kept, not sent. */
interface ExplainSession extends OldSession {
  /** What would be done so far, as lines. */
  lines(): readonly string[];
}

function openExplaining(io: Io): ExplainSession {
  let connection: ExplainConnection | undefined;
  const notes: string[] = [];
  const opened = (): ExplainConnection => {
    connection ??= ExplainConnection.open(NETLINK_ROUTE, {strict: true} satisfies OpenOptions);
    return connection;
  };
  return {
    connection: opened,
    links: new LinkCache(() => io.open(NETLINK_ROUTE)),
    ioctl(request, structure, family) {
      if (family === AF_INET6) return opened().addTunnel(...tunnelRequest(structure));
      notes.push(`# lost: the system call 0x${request.toString(16)} of an old driver, for which ip has no word`);
      return 0;
    },
    lines: () => [...(connection?.changes ?? []).flatMap(commandLines), ...notes],
  };
}

/** What a run says is no command: it goes where it cannot be taken for one. */
function spoken(io: Io): Io {
  const write = (buffer: Uint8Array, offset: number, length: number): number => {
    io.err(decodeText(buffer, offset, offset + length));
    return length;
  };
  const {env, argv0} = io;
  return {
    env,
    argv0,
    out: new Sink({write, wait: () => {}, brokenPipe: () => {}}),
    err: text => io.err(text),
    now: () => io.now(),
    open: (protocol, options) => io.open(protocol, options),
  };
}

/**
 * `--explain`: shows a command line of net-tools as the equal lines of `ip` or `ss`, with comments on what those leave out.
 * The run is the ordinary one, but on a connection that changes nothing; so a refusal that look-ups can tell is told.
 * @returns the exit status that the command itself would have, as far as can be told
 */
export async function explain(program: Explained, argv: readonly string[], io: Io): Promise<number> {
  const session = openExplaining(io);
  let status: number;
  let listing: readonly string[] | undefined;
  try {
    const answer = await runners[program](argv, session, io);
    if (answer === undefined) return 0;
    if (typeof answer === 'number') {
      status = answer;
    } else {
      listing = answer;
      status = 0;
    }
  } catch (error) {
    status = report(error, io, program);
  }
  const lines = listing ?? session.lines();
  for (const line of lines) io.out.text(`${line}\n`);
  if (lines.length === 0 && status === 0) io.out.ascii('# changes nothing\n');
  return status;
}

/** Lines of a listing, the status of a change whose lines the session has, undefined where help was all. */
type Answer = readonly string[] | number | undefined;

const runners: Readonly<
  Record<Explained, (argv: readonly string[], session: ExplainSession, io: Io) => Promise<Answer>>
> = {
  async route(argv, session, io) {
    const {parseRoute, tablesOf} = await import('./route.js');
    const options = await parseRoute(argv, io);
    if (options === undefined) return undefined;
    const [verb, ...words] = options.words;
    if (verb === undefined) return (await import('./explainListings.js')).routeListing(tablesOf(options));
    const planned = await (await import('./routeChange.js')).planRoute(verb, words, options, session, io);
    if (planned === undefined) return undefined;
    const family = planned.env.family === AF_INET6 ? ['-6'] : [];
    return [ipLine([...family, ...formatCommand(routeVerbs, planned.operation, planned.env)])];
  },

  async netstat(argv, _session, io) {
    const {parseNetstat} = await import('./netstatOptions.js');
    const options = parseNetstat(argv, io);
    if (typeof options === 'string' || options.views.length > 1) {
      return (
        (await import('./netstatUsage.js')).answer(typeof options === 'string' ? options : 'usage', io) || undefined
      );
    }
    const {netstatTables} = await import('./netstatRoutes.js');
    return (await import('./explainListings.js')).netstatListing(options, netstatTables(options));
  },

  async ifconfig(argv, session, io) {
    const options = await (await import('./ifconfig.js')).parseIfconfig(argv, io);
    if (options === undefined) return undefined;
    const {name, words, verbose} = options;
    if (name === undefined || words.length === 0)
      return (await import('./explainListings.js')).interfaceListing(options);
    const {setUp} = await import('./ifconfigSettings.js');
    const {cutName} = await import('./interfaceNames.js');
    return setUp(cutName(name), words, verbose, session, io);
  },

  async arp(argv, session, io) {
    const {parseArp, runParsed} = await import('./arp.js');
    const parsed = await parseArp(argv, io);
    if (parsed === undefined) return undefined;
    if (parsed.options.mode === 'show') return (await import('./explainListings.js')).arpListing(parsed);
    const speaking = spoken(io);
    try {
      return await runParsed(parsed, session, speaking);
    } finally {
      speaking.out.flush();
    }
  },
};
