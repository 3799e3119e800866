import {errnoName, errnoText} from './errno.js';

/** What a netlink refusal tells beyond its number. */
export interface NetlinkErrorDetails {
  /** The kernel's own sentence, when it sent one (NLMSGERR_ATTR_MSG). */
  readonly kernelText?: string | undefined;
  /** Schema name of the attribute the kernel blames, dotted when nested. */
  readonly attribute?: string | undefined;
  /** Offset of the blamed attribute from the start of the request's netlink header. */
  readonly offset?: number | undefined;
  /** Schema name of an attribute the kernel misses. */
  readonly missing?: string | undefined;
  readonly cause?: unknown;
}

/** The kernel said no, or a socket call failed. `code` is the errno's symbol, such as `EEXIST`. */
export class NetlinkError extends Error {
  override readonly name = 'NetlinkError';
  readonly code: string;
  readonly errno: number;
  /** What was asked: a message type such as `RTM_NEWROUTE`, or the system call that failed. */
  readonly request: string;
  readonly kernelText: string | undefined;
  readonly attribute: string | undefined;
  readonly offset: number | undefined;
  readonly missing: string | undefined;

  constructor(errno: number, request: string, details: NetlinkErrorDetails = {}) {
    super(
      `${request}: ${errnoText(errno)}${details.kernelText === undefined ? '' : `: ${details.kernelText}`}`,
      details.cause === undefined ? undefined : {cause: details.cause},
    );
    this.errno = errno;
    this.code = errnoName(errno);
    this.request = request;
    this.kernelText = details.kernelText;
    this.attribute = details.attribute;
    this.offset = details.offset;
    this.missing = details.missing;
  }
}

/** Bytes from the kernel do not have the form their schema says. The text names message, attribute and lengths. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly code = 'ERR_DECODE';
}

/** A dump stayed inconsistent (NLM_F_DUMP_INTR) through all retries. */
export class DumpInterrupted extends Error {
  override readonly name = 'DumpInterrupted';
  readonly code = 'ERR_DUMP_INTERRUPTED';
  /** What the last try gave: entries may be missing or double. */
  readonly records: readonly unknown[];

  constructor(request: string, records: readonly unknown[]) {
    super(`${request}: the dump was interrupted by changes in each try`);
    this.records = records;
  }
}

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_USAGE';
  /** Exit status the reference has for this mistake. */
  readonly status: number;
  /** Complete lines for stderr, without newline. */
  readonly lines: readonly string[];
  /** Whether the reference leaves at once, be it in the middle of a batch: most mistakes in words make it. */
  ends: boolean;

  constructor(status: number, lines: string | readonly string[], ends?: boolean) {
    const all = typeof lines === 'string' ? [lines] : lines;
    super(all[0] ?? 'usage');
    this.ends = ends ?? (status === 255 || all.some(line => /^Error: (?!argument of )/.test(line)));
    this.lines = all;
    this.status = status;
  }
}
