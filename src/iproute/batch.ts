import {closeSync, openSync, readSync} from 'node:fs';
import {decodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {report} from './errors.js';
import {loadObject} from './objects.js';

const STDIN = 0;
const CHUNK = 1 << 16;

/**
 * `ip -batch FILE`: one command a line, `-` is standard input.
 * @returns the exit status
 */
export async function runBatch(file: string, session: IpSession): Promise<number> {
  const {io, options} = session;
  const reader = new LineReader(file === '-' ? STDIN : open(file), () => io.out.flush());
  const runners = new Map<string, RunObject>();
  let failed = 0;
  try {
    for (let line = reader.next(); line !== undefined; line = reader.next()) {
      const words = splitLine(line);
      const object = words.shift();
      if (object === undefined) continue;
      let status: number;
      try {
        let runner = runners.get(object);
        if (runner === undefined) {
          runner = await loadObject(object);
          runners.set(object, runner);
        }
        status = runner(words, session);
      } catch (error) {
        const failure = report(error, io);
        if (failure.ends) return failure.status;
        status = failure.status;
      }
      if (status === 0) continue;
      io.err(`Command failed ${file}:${reader.number}\n`);
      failed = 1;
      if (!options.force) break;
    }
    if (reader.isCut) io.err('Missing continuation line\n');
  } finally {
    reader.close();
  }
  return failed;
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const errno = -((error as {errno?: number}).errno ?? 0);
    throw new UsageError(1, `Cannot open file "${file}" for reading: ${errnoText(errno)}`);
  }
}

/** Logical lines of a descriptor: comments cut off, a backslash at the end joins with the next line. */
export class LineReader {
  /** Number of the physical line read last, from 1. */
  number = 0;
  /** Whether the last line ended with a backslash; it is not taken then. */
  isCut = false;
  readonly #fd: number;
  readonly #beforeRead: () => void;
  readonly #buffer = Buffer.allocUnsafe(CHUNK);
  /** Complete lines of the last chunk, and the start of the one after. */
  #lines: string[] = [];
  #position = 0;
  #rest = '';
  #ended = false;

  /** @param beforeRead called before a read that may have to wait */
  constructor(fd: number, beforeRead: () => void) {
    this.#fd = fd;
    this.#beforeRead = beforeRead;
  }

  /** The next logical line, undefined after the last. */
  next(): string | undefined {
    let line = this.#physical();
    if (line === undefined) return undefined;
    while (line.endsWith('\\') && this.#hadNewline) {
      const more: string | undefined = this.#physical();
      line = line.slice(0, -1);
      if (more === undefined) {
        this.isCut = true;
        return undefined;
      }
      line += more;
    }
    return line;
  }

  close(): void {
    if (this.#fd !== STDIN) closeSync(this.#fd);
  }

  #hadNewline = true;

  #physical(): string | undefined {
    while (this.#position >= this.#lines.length) {
      if (this.#ended) return undefined;
      this.#fill();
    }
    this.number++;
    const last = this.#ended && this.#position === this.#lines.length - 1;
    this.#hadNewline = !last;
    const line = this.#lines[this.#position++] as string;
    const hash = line.indexOf('#');
    return hash < 0 ? line : line.slice(0, hash);
  }

  /** What cannot be read, as a folder, is as good as empty. */
  #read(): number {
    try {
      return readSync(this.#fd, this.#buffer, 0, CHUNK, null);
    } catch {
      return 0;
    }
  }

  #fill(): void {
    this.#beforeRead();
    const length = this.#read();
    this.#position = 0;
    if (length === 0) {
      this.#ended = true;
      this.#lines = this.#rest === '' ? [] : [decode(this.#rest)];
      return;
    }
    const text = this.#rest + this.#buffer.toString('latin1', 0, length);
    const lines = text.split('\n');
    this.#rest = lines.pop() as string;
    // A NUL ends a line for a C program.
    this.#lines = text.includes('\0') ? lines.map(line => line.replace(/\0.*/s, '')) : lines;
    for (let i = 0; i < lines.length; i++) this.#lines[i] = decode(this.#lines[i] as string);
  }
}

/** Text of a line that was read byte for byte. */
function decode(line: string): string {
  for (let i = 0; i < line.length; i++) {
    if (line.charCodeAt(i) > 127) {
      const bytes = Buffer.from(line, 'latin1');
      return decodeText(bytes, 0, bytes.length);
    }
  }
  return line;
}

/**
 * Words of a line: parted by blanks; a quote counts only where a word begins, and has no escapes.
 * @throws {UsageError} when a quote is not closed
 */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  const {length} = line;
  for (let at = 0; at < length; ) {
    const code = line.charCodeAt(at);
    if (code === 32 || code === 9 || code === 13) {
      at++;
      continue;
    }
    if (code === 34 || code === 39) {
      const end = line.indexOf(code === 34 ? '"' : "'", at + 1);
      if (end < 0) throw new UsageError(1, 'Unterminated quoted string');
      words.push(line.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    let end = at + 1;
    for (; end < length; end++) {
      const next = line.charCodeAt(end);
      if (next === 32 || next === 9 || next === 13) break;
    }
    words.push(line.slice(at, end));
    at = end;
  }
  return words;
}
