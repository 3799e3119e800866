import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';

const ENOENT = 2;
const EOPNOTSUPP = 95;
const REFUSED = 2;

/** What the kernel refused, in the reference's words: its own text, or the error's. */
export function refusalLine({errno, kernelText}: NetlinkError): string {
  if (kernelText === undefined || kernelText === '') return `RTNETLINK answers: ${errnoText(errno)}`;
  return `Error: ${kernelText}${kernelText.endsWith('.') ? '' : '.'}`;
}

/**
 * A refused dump: the kernel's words and a line of its own. The reference is silent about errors that only say that
 * there is nothing.
 * @param ending last line, as `Dump terminated`
 * @returns other errors as they are
 */
export function dumpRefusal(error: unknown, ending: string, status: number): unknown {
  if (!(error instanceof NetlinkError)) return error;
  const {errno, kernelText} = error;
  const isSilent = (errno === ENOENT || errno === EOPNOTSUPP) && (kernelText === undefined || kernelText === '');
  return isSilent ? refusal(status, ending) : startRefusal(error, ending, status);
}

/** A batch goes on where the status is that of any refusal. */
function refusal(status: number, lines: string | readonly string[]): UsageError {
  return new UsageError(status, lines, status !== REFUSED);
}

/** A dump that the kernel refuses before it begins, which is never passed over in silence. */
export function startRefusal(error: unknown, ending: string, status: number): unknown {
  return error instanceof NetlinkError ? refusal(status, [refusalLine(error), ending]) : error;
}

/** Refusals at which the reference leaves. */
const leavers = new WeakSet<NetlinkError>();

/**
 * Runs what the reference leaves at once when the kernel refuses, be it in the middle of a batch.
 * @param always it leaves after wrong words, too
 */
export function leaving<T>(run: () => T, always = false): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NetlinkError) leavers.add(error);
    else if (always && error instanceof UsageError) error.ends = true;
    throw error;
  }
}

/** Whether the reference leaves at this refusal. */
export function leaves(refusal: NetlinkError): boolean {
  return leavers.has(refusal);
}

/** The end of a command that did well, and of all: the reference leaves, be it in the middle of a batch. */
export function leave(): UsageError {
  return new UsageError(0, [], true);
}
