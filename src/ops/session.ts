import type {Io} from '../io.js';
import type {Names} from '../names/tables.js';
import type {SyncConnection} from '../netlink/sync.js';
import type {LinkCache} from '../rtnetlink/linkCache.js';
import type {ViewContext} from '../view/field.js';
import type {JsonWriter} from '../view/json.js';
import type {Sink} from '../view/sink.js';

/** Parsed global options of `ip`. */
export interface IpOptions {
  /** AF_UNSPEC unless -4, -6, -0, -M, -B or -f settled it. */
  readonly family: number;
  readonly details: number;
  readonly statistics: number;
  readonly oneline: boolean;
  readonly brief: boolean;
  readonly json: boolean;
  readonly pretty: boolean;
  readonly numeric: boolean;
  readonly human: boolean;
  readonly iec: boolean;
  readonly resolve: boolean;
  readonly colour: 'never' | 'auto' | 'always';
  readonly timestamp: boolean;
  readonly timestampShort: boolean;
  readonly echo: boolean;
  /** `-all`: every named namespace. */
  readonly all: boolean;
  readonly force: boolean;
  /** Changes are shown and not made. */
  readonly dryRun: boolean;
  /** A refusal without the kernel's text is explained, on a terminal without being asked. */
  readonly why: boolean;
  /** Rounds of a flush; 0 is without end. */
  readonly loops: number;
  /** SO_RCVBUF in bytes; undefined is the reference's 1 MiB. */
  readonly receiveBuffer: number | undefined;
  readonly netns: string | undefined;
  readonly batch: string | undefined;
}

/** What lines of a batch leave behind for later ones: the reference keeps it in variables that nothing resets. */
export interface Leftovers {
  /** `link show` was there: `addr show` then shows links as that does, and one device without its addresses. */
  hasListedLinks: boolean;
  /** Device of `maddr show`. */
  maddressDevice: string | undefined;
}

/** What one `ip` command works with: made once for a run, or once for all lines of a batch. */
export interface IpSession {
  readonly io: Io;
  readonly options: IpOptions;
  readonly names: Names;
  readonly out: Sink;
  /** NETLINK_ROUTE socket of the run, opened by the first call. */
  connection(): SyncConnection;
  /** Interface names, over a second socket, so that a dump may be under way. */
  readonly links: LinkCache;
  /** Writer of `-j`, undefined without it; each command opens and closes its own array. */
  readonly json: JsonWriter | undefined;
  /** Options and look-ups as views want them. */
  readonly view: ViewContext;
  /** Whether a batch runs: name look-ups then stay valid over lines that change them. */
  readonly batching: boolean;
  readonly left: Leftovers;
  /** As one more `-s`, also for later lines of a batch. */
  moreStatistics(): void;
}

/** What requests need of a session: net-tools have no more. */
export type KernelSession = Pick<IpSession, 'connection' | 'links'>;

/**
 * One object of `ip`, as its chunk exports it.
 * @param argv words after the object's name
 * @returns exit status of the command
 * @throws {UsageError} when argv is wrong
 * @throws {NetlinkError} when the kernel refuses
 */
export type RunObject = (argv: readonly string[], session: IpSession) => number;
