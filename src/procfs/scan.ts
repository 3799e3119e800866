import {readWholeFile} from '../native.js';

const MOST = Number.MAX_SAFE_INTEGER;
const WORD = 2 ** 32;
/** Bytes that the reference reads of a line at once, its newline included. */
const LINE = 255;

/**
 * The lines of a file as fgets(3) hands them to the reference: a line that is longer comes in pieces. One character stands
 * for one byte; a newline is kept.
 * @returns undefined when the file cannot be opened
 */
export function fileLines(path: string): string[] | undefined {
  const bytes = readWholeFile(path);
  if (bytes === undefined) return undefined;
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(10, at);
    const end = Math.min(newline < 0 ? bytes.length : newline + 1, at + LINE);
    lines.push(Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1'));
    at = end;
  }
  return lines;
}

/**
 * Reads fields as sscanf(3) does: blanks before a field do not matter, and what does not fit ends the reading, so that all
 * later fields are undefined.
 */
export class Scanner {
  readonly #text: string;
  #at = 0;
  #failed = false;
  #low = 0;
  #digits = '';

  /** @param text ends at its first NUL */
  constructor(text: string) {
    const nul = text.indexOf('\0');
    this.#text = nul < 0 ? text : text.slice(0, nul);
  }

  /** `%x`: the low 32 bits. @param width most characters to read */
  hex(width = MOST): number | undefined {
    return this.#number(16, width) ? this.#low : undefined;
  }

  /** `%llx` */
  hex64(): bigint | undefined {
    return this.#number(16, MOST) ? BigInt.asUintN(64, BigInt(`0x${this.#digits}`)) : undefined;
  }

  /** `%d`: the low 32 bits, signed. */
  int(): number | undefined {
    return this.#number(10, MOST) ? this.#low | 0 : undefined;
  }

  /** `%u`: the low 32 bits. */
  uint(): number | undefined {
    return this.#number(10, MOST) ? this.#low : undefined;
  }

  /** `%s`: up to the next blank. */
  word(): string | undefined {
    this.#blanks();
    const from = this.#at;
    while (this.#at < this.#text.length && !this.#isBlank()) this.#at++;
    return this.#taken(from);
  }

  /** `%[^\n]` behind a blank: the rest of the line. */
  rest(): string | undefined {
    this.#blanks();
    const from = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
    return this.#taken(from);
  }

  /** One character that must come next. */
  literal(char: string): void {
    if (this.#text[this.#at] === char) this.#at++;
    else this.#failed = true;
  }

  #taken(from: number): string | undefined {
    if (this.#at === from) this.#failed = true;
    return this.#failed ? undefined : this.#text.slice(from, this.#at);
  }

  #isBlank(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    return code === 32 || (code >= 9 && code <= 13);
  }

  #blanks(): void {
    while (this.#isBlank()) this.#at++;
  }

  /** Reads a number with its sign into `low` and `digits`. @returns false when there is none */
  #number(base: 10 | 16, width: number): boolean {
    this.#blanks();
    const text = this.#text;
    const end = Math.min(this.#at + width, text.length);
    let at = this.#at;
    const sign = text[at];
    if (at < end && (sign === '-' || sign === '+')) at++;
    if (base === 16 && at + 2 < end && text[at] === '0' && (text[at + 1] === 'x' || text[at + 1] === 'X')) at += 2;
    const from = at;
    let low = 0;
    for (; at < end; at++) {
      const digit = digitOf(text.charCodeAt(at));
      if (digit >= base) break;
      low = (low * base + digit) % WORD;
    }
    if (at === from) this.#failed = true;
    if (this.#failed) return false;
    this.#digits = text.slice(from, at);
    this.#low = sign === '-' ? (WORD - low) % WORD : low;
    this.#at = at;
    return true;
  }
}

/** Value of a hex digit; 99 for another character. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 99;
}
