import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';

const ENOENT = 2;
const EOPNOTSUPP = 95;

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
  return isSilent ? new UsageError(status, ending) : startRefusal(error, ending, status);
}

/** A dump that the kernel refuses before it begins, which is never passed over in silence. */
export function startRefusal(error: unknown, ending: string, status: number): unknown {
  return error instanceof NetlinkError ? new UsageError(status, [refusalLine(error), ending]) : error;
}
