import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {isTerminal} from '../native.js';
import {report} from './errors.js';
import {loadObject, usage} from './objects.js';
import {parseOptions} from './options.js';
import {Session} from './session.js';

/** First line of `ip -V`: scripts read it for the reference's version. */
const VERSION = 'ip utility, iproute2-6.1.0, libbpf 1.1.2';

/** `ip`: options, then one object or a batch. @returns the exit status */
export async function runIp(argv: readonly string[], io: Io): Promise<number> {
  let session: Session | undefined;
  let words: readonly string[] = [];
  try {
    const parsed = await readOptions(argv, io);
    if (parsed === 'version') {
      io.out.ascii(`${VERSION}\n`);
      return 0;
    }
    if (parsed === 'usage') throw new UsageError(255, await usage());
    const {options} = parsed;
    words = parsed.argv;
    session = new Session(options.dryRun ? (await import('./dryRun.js')).dryIo(io, options) : io, options);
    if (options.batch !== undefined) {
      const {runBatch} = await import('./batch.js');
      return await runBatch(options.batch, session);
    }
    const [object, ...rest] = words;
    if (object === undefined) throw new UsageError(255, await usage());
    return (await loadObject(object))(rest, session);
  } catch (error) {
    const {status} = report(error, io);
    if (session !== undefined && error instanceof NetlinkError) {
      await explainRefusal(error, argv.slice(0, argv.length - words.length), words, session);
    }
    return status;
  }
}

const STDERR = 2;

/** Says more about a refusal where that was asked for, or a person reads it. */
async function explainRefusal(
  error: NetlinkError,
  options: readonly string[],
  words: readonly string[],
  session: Session,
): Promise<void> {
  if (!session.options.why && !isTerminal(STDERR)) return;
  const {explanationLine} = await import('./why.js');
  session.io.err(explanationLine(error, options, words, session));
}

/** Options; a namespace that cannot be entered comes before what is wrong behind it. */
async function readOptions(argv: readonly string[], io: Io): Promise<ReturnType<typeof parseOptions>> {
  const namespaces: string[] = [];
  try {
    return parseOptions(argv, namespaces);
  } finally {
    if (namespaces.length > 0) {
      const {enterNetns} = await import('../ops/netnsSwitch.js');
      for (const name of namespaces) enterNetns(name, line => io.err(`${line}\n`));
    }
  }
}
