import {readlinkSync} from 'node:fs';
import {encodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {native} from '../native.js';
import type {IpSession} from './session.js';

/** Signals that node ignores, and a program would inherit it. */
const SIGPIPE = 13;
const SIGXFSZ = 25;
/** Status when a program cannot be run, or was ended by a signal. */
const NO_PROGRAM = 1;
const FIRST_INHERITED = 3;
const OWN_FILES = '/proc/self/fd';

/**
 * Another program takes our place, or in a batch runs in a child, after `enter` has put the process where it belongs.
 * @param enter may throw a UsageError, which is told and ends the process with its status
 * @returns the program's status
 */
export function execProgram(
  argv: readonly string[],
  {io, batching}: Pick<IpSession, 'io' | 'batching'>,
  enter: () => void,
): number {
  if (batching) return runProgram(argv, io, enter);
  io.out.flush();
  start(argv, io, enter, false);
  return 0;
}

/**
 * Another program in a child, which alone is moved by `enter`. When a signal ends it we end, too, silently as the reference.
 * @returns the program's status
 * @throws {UsageError} when there can be no child
 */
export function runProgram(argv: readonly string[], io: Io, enter: () => void): number {
  io.out.flush();
  const status = start(argv, io, enter, true);
  if (status < 0) throw new UsageError(1, `fork: ${errnoText(-status)}`);
  return (status & 0x7f) === 0 ? status >> 8 : native().exit(NO_PROGRAM);
}

function start(argv: readonly string[], io: Io, enter: () => void, isChild: boolean): number {
  const [file = ''] = argv;
  const sys = native();
  const body = (errno: number): number => {
    if (errno !== 0) {
      io.err(`exec of "${file}" failed: ${errnoText(errno)}\n`);
      return NO_PROGRAM;
    }
    try {
      enter();
    } catch (error) {
      const {lines, status} = error instanceof UsageError ? error : new UsageError(255, String(error));
      io.err(lines.map(line => `${line}\n`).join(''));
      return status;
    }
    sys.signalDefault(SIGPIPE);
    sys.signalDefault(SIGXFSZ);
    for (let fd = 0; fd < FIRST_INHERITED; fd++) sys.keepOnExec(fd);
    if (!isChild) for (const fd of inherited()) sys.keepOnExec(fd);
    return 0;
  };
  return sys.run(encodeText(file), encodeText(argv.map(word => `${word}\0`).join('')), body, isChild ? 1 : 0);
}

/**
 * Descriptors above 2 that were open before node was: it closes them to programs, too. Its own are event queues, and
 * pipes of which it has both ends. Nothing of ours is open at this point.
 */
function inherited(): number[] {
  const names = native().readdir(OWN_FILES);
  if (typeof names === 'number') return [];
  const targets = new Map<number, string>();
  const ends = new Map<string, number>();
  for (const name of names) {
    const fd = Number(name);
    if (!(fd >= FIRST_INHERITED)) continue;
    try {
      const target = readlinkSync(`${OWN_FILES}/${name}`);
      targets.set(fd, target);
      ends.set(target, (ends.get(target) ?? 0) + 1);
    } catch {
      // It was the one that the folder was read by.
    }
  }
  return [...targets].flatMap(([fd, target]) => {
    const isOfNode = target.startsWith('anon_inode:') || (target.startsWith('pipe:') && ends.get(target) === 2);
    return isOfNode ? [] : [fd];
  });
}
