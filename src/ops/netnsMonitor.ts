import {decodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {refuse} from '../grammar/errors.js';
import {isTerminal, native} from '../native.js';
import {makeFolder, NETNS_FOLDER} from '../rtnetlink/netns.js';
import type {IpSession} from './session.js';

/** Source: inotify(7), uapi linux/inotify.h. */
const IN_CLOEXEC = 0o2000000;
const IN_CREATE = 0x100;
const IN_DELETE = 0x200;
/** struct inotify_event: wd, mask, cookie, len, then `len` bytes of name and NULs. */
const HEADER = 16;
const BUFFER = 4096;
const STDOUT = 1;

/**
 * `ip netns monitor`: a line for each name that comes or goes. Only a terminal gets it at once, anything else in blocks as
 * of C's stdio.
 * @throws {UsageError} the call that failed; else it does not come back
 */
export function monitorNetns({out}: IpSession): number {
  const sys = native();
  const fd = step(sys.inotify(IN_CLOEXEC), 'inotify_init');
  makeFolder();
  step(sys.inotifyAdd(NETNS_FOLDER, fd, IN_CREATE | IN_DELETE), 'inotify_add_watch');
  const isPrompt = isTerminal(STDOUT);
  const buffer = new Uint8Array(BUFFER);
  for (;;) {
    const length = step(sys.read(fd, buffer, 0, BUFFER), 'read');
    for (const line of eventLines(buffer, length)) out.text(line);
    if (isPrompt || out.position >= BUFFER) out.flush();
  }
}

/** `add NAME` and `delete NAME`, from what an inotify descriptor gave. */
export function eventLines(buffer: Uint8Array, length: number): string[] {
  const view = new DataView(buffer.buffer, buffer.byteOffset, length);
  const lines: string[] = [];
  for (let at = 0; at + HEADER <= length; ) {
    const mask = view.getUint32(at + 4, true);
    const start = at + HEADER;
    at = start + view.getUint32(at + 12, true);
    const end = buffer.indexOf(0, start);
    const name = decodeText(buffer, start, end < 0 ? at : Math.min(end, at));
    if ((mask & IN_CREATE) !== 0) lines.push(`add ${name}\n`);
    if ((mask & IN_DELETE) !== 0) lines.push(`delete ${name}\n`);
  }
  return lines;
}

function step(result: number, call: string): number {
  if (result < 0) throw refuse(`${call} failed: ${errnoText(-result)}`, 1);
  return result;
}
