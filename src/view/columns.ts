import type {Sink} from './sink.js';

/** One column of a table whose widths follow its content. */
export interface Column {
  readonly header: string;
  /** Text stands at the right end. */
  readonly right?: boolean;
  /** A blank before the column, unless it is the first. */
  readonly gap?: boolean;
}

/** What a table needs to know about its surroundings. */
export interface TableOptions {
  readonly header: boolean;
  /** Columns of the terminal; 0 when output goes elsewhere, and widths are those of the content. */
  readonly screen: number;
}

const FIRST_ROOM = 1 << 16;
const BLANK = 32;
const NEWLINE = 10;

/**
 * The two-pass layout of `ss`: rows are collected as bytes while widths are measured, then written with padding. Cells are
 * written by the caller straight into `bytes`, so that no string is made per cell.
 *
 * On a terminal the columns are folded into screen lines, and what is left of each line is shared among its columns, the
 * rest going to the columns at the right. Columns wider than the screen are not padded at all.
 * Source: ss 6.1 at every width from 1 to 300, test/unit/ss/columns.test.ts.
 */
export class ColumnTable {
  /** Bytes of all cells, one after the other. */
  bytes: Uint8Array = new Uint8Array(FIRST_ROOM);
  /** Where the next cell begins. */
  at = 0;
  /** Number of complete and begun rows' cells. */
  #cells = 0;
  #lengths: Uint16Array = new Uint16Array(FIRST_ROOM >> 3);
  #column = 0;
  readonly #columns: readonly Column[];
  readonly #widths: number[];
  readonly #options: TableOptions;

  constructor(columns: readonly Column[], options: TableOptions) {
    this.#columns = columns;
    this.#options = options;
    this.#widths = columns.map(column => (options.header ? column.header.length : 0));
  }

  /** Makes sure that `length` bytes fit behind `at`, and that a row more of lengths fits. @hot */
  room(length: number): void {
    if (this.at + length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    if (this.#cells + this.#columns.length > this.#lengths.length) {
      const larger = new Uint16Array(this.#lengths.length * 2);
      larger.set(this.#lengths);
      this.#lengths = larger;
    }
  }

  /** Ends the cell whose bytes are `bytes[at..end)`; the next one begins there. @hot */
  end(end: number): void {
    const length = end - this.at;
    this.at = end;
    const column = this.#column;
    if (length > (this.#widths[column] as number)) this.#widths[column] = length;
    // A cell over 64 KiB (a socket shared by thousands of processes) is cut in padding only: see `write`.
    this.#lengths[this.#cells++] = length < 0xffff ? length : this.#long(length);
    this.#column = column + 1 === this.#columns.length ? 0 : column + 1;
  }

  readonly #longs = new Map<number, number>();
  #long(length: number): number {
    this.#longs.set(this.#cells, length);
    return 0xffff;
  }

  /** A cell given as text of ASCII characters. */
  cell(s: string): void {
    this.room(s.length);
    let p = this.at;
    for (let i = 0; i < s.length; i++) this.bytes[p++] = s.charCodeAt(i);
    this.end(p);
  }

  /** Writes the header and all rows. */
  write(out: Sink): void {
    const widths = foldedWidths(this.#columns, this.#widths, this.#options.screen);
    const columns = this.#columns;
    const count = columns.length;
    const gaps = Uint8Array.from(columns, (column, i) => (i > 0 && column.gap === true ? 1 : 0));
    const rights = Uint8Array.from(columns, column => (column.right === true ? 1 : 0));
    if (this.#options.header) {
      for (let c = 0; c < count; c++) {
        const header = (columns[c] as Column).header;
        const pad = Math.max((widths[c] as number) - header.length, 0);
        blanks(out, (gaps[c] as number) + (rights[c] === 1 ? pad : 0));
        out.ascii(header);
        if (rights[c] === 0) blanks(out, pad);
      }
      out.byte(NEWLINE);
    }
    this.#rows(out, widths, gaps, rights);
  }

  /** @hot */
  #rows(out: Sink, widths: Uint32Array, gaps: Uint8Array, rights: Uint8Array): void {
    const bytes = this.bytes;
    const lengths = this.#lengths;
    const cells = this.#cells;
    const count = widths.length;
    // The widest a padded row can be, unless it has long cells.
    let rowRoom = 1;
    for (let c = 0; c < count; c++) rowRoom += Math.max(widths[c] as number, this.#widths[c] as number) + 1;
    if (rowRoom > 4096 || this.#longs.size > 0) {
      this.#longRows(out, widths, gaps, rights);
      return;
    }
    let from = 0;
    for (let cell = 0; cell < cells; ) {
      out.room(rowRoom);
      const into = out.buffer;
      let p = out.position;
      for (let c = 0; c < count; c++) {
        const length = lengths[cell++] as number;
        let pad = (widths[c] as number) - length;
        if (gaps[c] === 1) into[p++] = BLANK;
        if (rights[c] === 1) for (; pad > 0; pad--) into[p++] = BLANK;
        for (const end = from + length; from < end; from++) into[p++] = bytes[from] as number;
        for (; pad > 0; pad--) into[p++] = BLANK;
      }
      into[p++] = NEWLINE;
      out.position = p;
    }
  }

  /** As `#rows`, for rows of any size. */
  #longRows(out: Sink, widths: Uint32Array, gaps: Uint8Array, rights: Uint8Array): void {
    const count = widths.length;
    let from = 0;
    for (let cell = 0; cell < this.#cells; ) {
      for (let c = 0; c < count; c++, cell++) {
        const length = this.#longs.get(cell) ?? (this.#lengths[cell] as number);
        const pad = Math.max((widths[c] as number) - length, 0);
        blanks(out, (gaps[c] as number) + (rights[c] === 1 ? pad : 0));
        out.bytes(this.bytes.subarray(from, from + length));
        if (rights[c] === 0) blanks(out, pad);
        from += length;
      }
      out.byte(NEWLINE);
    }
  }
}

function blanks(out: Sink, count: number): void {
  for (let i = 0; i < count; i++) out.byte(BLANK);
}

/**
 * Widths on a screen of `screen` columns, from those of the content. Empty columns get nothing.
 * @param screen 0: the content's widths as they are
 */
export function foldedWidths(columns: readonly Column[], content: readonly number[], screen: number): Uint32Array {
  const widths = Uint32Array.from(content);
  if (screen === 0) return widths;
  let first = 0;
  while (first < content.length) {
    let used = 0;
    let shared = 0;
    let last = first;
    for (; last < content.length; last++) {
      const width = content[last] as number;
      if (width === 0) continue;
      const need = width + (last > 0 && (columns[last] as Column).gap === true ? 1 : 0);
      if (used > 0 && used + need > screen) break;
      used += need;
      shared++;
      if (need > screen) widths[last] = 0;
    }
    const spare = screen - used;
    if (spare > 0 && shared > 0) {
      let extra = spare % shared;
      for (let c = last - 1; c >= first; c--) {
        if (content[c] === 0) continue;
        widths[c] = (widths[c] as number) + Math.floor(spare / shared) + (extra-- > 0 ? 1 : 0);
      }
    }
    first = last;
  }
  return widths;
}
