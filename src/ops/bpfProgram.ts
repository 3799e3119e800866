import {existsSync} from 'node:fs';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {Cursor} from '../grammar/cursor.js';
import {begins} from '../grammar/cursor.js';
import {MISUSE, refuse} from '../grammar/errors.js';
import type {ValueType} from '../grammar/grammar.js';

const ENOENT = 2;
const EACCES = 13;
const FILES: readonly string[] = ['object', 'object-file'];
const PINNED: readonly string[] = ['object-pinned', 'pinned', 'fd'];

/**
 * What there is to say against a eBPF program of `xdp` or `encap bpf`: that would need a loader of ELF files, and pinned ones a
 * file system of their own.
 * @param word that before the cursor, which names the mode
 * @throws {UsageError} when the command line ends too soon
 */
export function programRefusal(word: string, cursor: Cursor): UsageError {
  const isOneOf = (names: readonly string[]): boolean => names.some(name => begins(word, name));
  if (isOneOf(FILES)) {
    cursor.next();
    const next = cursor.peek() ?? '';
    if (begins(next, 'section')) {
      cursor.next();
      cursor.next();
    }
    return refuse('Cannot initialize ELF context!');
  }
  if (!isOneOf(PINNED)) return refuse(`What mode is "${word}"?`);
  const path = cursor.next();
  return refuse(`Couldn't retrieve pinned program '${path}': ${errnoText(existsSync(path) ? EACCES : ENOENT)}`);
}

/** Program of a lightweight tunnel. */
export const bpfProgram: ValueType<string> = {
  label: 'PROG',
  parse(cursor) {
    const {lines} = programRefusal(cursor.next(), cursor);
    throw new UsageError(MISUSE, [...lines, 'Failed to parse eBPF program: Operation not permitted']);
  },
  format: value => [value],
};
