import type {Sink} from './sink.js';

/** One column of a table whose widths follow its content. */
export interface Column {
  readonly header: string;
  /** Text stands at the right end. */
  readonly right?: boolean;
  /** A blank before the column, unless it is the first. */
  readonly gap?: boolean;
  /** Cells are never shorter, not even where a narrow screen cuts the column. */
  readonly min?: number;
}

/** What a table needs to know about its surroundings. */
export interface TableOptions {
  readonly header: boolean;
  /** Columns of the terminal; 0 when output goes elsewhere, and widths are those of the content. */
  readonly screen: number;
  /** Takes full batches of rows; without, all rows wait for `write`. */
  readonly out?: Sink;
}

/** Complete rows, all laid out with the same widths. */
interface Segment {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly widths: Int32Array;
}

const BLOCK = 1 << 18;
/** Small, so that the change of blocks is met before the row code is optimised: it would be thrown away and made again. */
const FIRST_BLOCK = 1 << 12;
const BLANK = 32;
/** Blanks from which `fill` is faster than a loop. */
const LONG_PAD = 32;
const NEWLINE = 10;
/**
 * The reference writes its rows out when its buffer is full, with the widths known by then: it has four chunks of so many
 * bytes, and a fifth for the end of the row that fills them. Each cell takes its text and two bytes, rounded up to an even
 * number, and is never in two chunks; each row has two bytes more. Source: the rows at which widths change in output of ss 6.1.
 */
const CHUNK = (1 << 20) - 16;
const CHUNKS = 4;

/**
 * The layout of `ss`: widths are known only when all rows are. Rows are kept as bytes, laid out with the widest cells so
 * far; as widths settle early, most rows are final when they are made, and only those before the last change are laid
 * out once more. The caller writes cells straight into `bytes`, so no string is made per cell:
 *
 *     do {
 *       table.begin(room);
 *       table.end(writeSomething(table.bytes, table.at));   // once a column
 *     } while (!table.commit());
 *
 * The last cell of the last row does not count for the width of its column, as in the reference.
 *
 * On a terminal the columns are folded into screen lines, and what is left of each line is shared among its columns, the
 * rest going to the columns at the right. Columns wider than the screen are cut to it, their cells are not.
 * Source: ss 6.1 at every width from 1 to 300, test/differential/ss.test.ts.
 */
export class ColumnTable {
  /** Block that takes the row under way. */
  bytes: Uint8Array = new Uint8Array(FIRST_BLOCK);
  /** Where the next cell begins. */
  at = 0;
  private readonly columns: readonly Column[];
  private readonly options: TableOptions;
  private readonly gaps: Uint8Array;
  private readonly rights: Uint8Array;
  /** Widths of the columns so far. */
  widths: Int32Array;
  /** Length of each cell of the row under way. */
  readonly lengths: Int32Array;
  private column = 0;
  private rowAt = 0;
  private segmentAt = 0;
  /** Bytes of a row at the widths of now, with its newline. */
  private rowLength = 0;
  private grown: Int32Array | undefined;
  /** Length of the last row's last cell where that is wider than its column, else 0. */
  private overhang = 0;
  private segments: Segment[] = [];
  /** Blocks that are free again. */
  private readonly pool: Uint8Array[] = [];
  /** Fill of the reference's buffer. */
  private chunks = 1;
  private used = 0;
  private headerWritten = false;

  constructor(columns: readonly Column[], options: TableOptions) {
    this.columns = columns;
    this.options = options;
    // One more, so that the last column's `end` reads within bounds.
    this.gaps = new Uint8Array(columns.length + 1);
    for (let c = 1; c < columns.length; c++) if (columns[c]?.gap === true) this.gaps[c] = 1;
    this.rights = Uint8Array.from(columns, column => (column.right === true ? 1 : 0));
    this.widths = Int32Array.from(columns, column => (options.header ? column.header.length : 0));
    this.lengths = this.widths.slice();
    if (options.header) this.count();
    this.measure();
  }

  private measure(): void {
    this.rowLength = 1;
    for (let c = 0; c < this.widths.length; c++)
      this.rowLength += (this.widths[c] as number) + (this.gaps[c] as number);
  }

  /** Begins a row whose cells take at most `room` bytes together. @hot */
  begin(room: number): void {
    if (this.overhang > 0) this.admitLastRow();
    if (this.chunks > CHUNKS && this.options.out !== undefined) this.writeSegments(this.options.out, this.widths);
    if (this.at + this.rowLength + room > this.bytes.length) this.newBlock(this.rowLength + room);
    this.column = 0;
    this.rowAt = this.at;
  }

  private newBlock(length: number): void {
    this.closeSegment();
    const free = length <= BLOCK ? this.pool.pop() : undefined;
    this.bytes = free ?? new Uint8Array(Math.max(BLOCK, length));
    this.at = 0;
    this.segmentAt = 0;
  }

  private closeSegment(to = this.at): void {
    if (to > this.segmentAt) {
      this.segments.push({bytes: this.bytes, from: this.segmentAt, to, widths: this.widths});
    }
    this.segmentAt = to;
  }

  /** Ends the cell whose bytes are `bytes[at..end)`, and makes room for the gap before the next. @hot */
  end(end: number): void {
    const column = this.column;
    const width = this.widths[column] as number;
    const start = this.at;
    this.lengths[column] = end - start;
    const into = this.bytes;
    let pad = width - (end - start);
    let p = end;
    if (pad > 0) {
      p = start + width;
      if (this.rights[column] === 1) {
        for (let q = end - 1; q >= start; q--) into[q + pad] = into[q] as number;
        for (let q = start; pad > 0; pad--) into[q++] = BLANK;
      } else if (pad < LONG_PAD) {
        for (let q = end; q < p; q++) into[q] = BLANK;
      } else {
        into.fill(BLANK, end, p);
      }
    } else if (pad < 0) {
      if (column === this.rights.length - 1) this.overhang = end - start;
      else this.grow(column, end - start);
    }
    this.column = column + 1;
    if (this.gaps[column + 1] === 1) into[p++] = BLANK;
    this.at = p;
  }

  /** The row that was the last so far is followed by another: now its last cell counts. It is laid out as that asks. */
  private admitLastRow(): void {
    this.closeSegment(this.rowAt);
    this.widths = this.widths.slice();
    this.widths[this.widths.length - 1] = this.overhang;
    this.overhang = 0;
    this.measure();
  }

  private grow(column: number, width: number): void {
    this.grown ??= this.widths.slice();
    this.grown[column] = width;
  }

  /** Ends the row. @returns false when it did not fit the widths: it must be made again */
  commit(): boolean {
    if (this.grown !== undefined) {
      this.at = this.rowAt;
      this.closeSegment();
      this.widths = this.grown;
      this.grown = undefined;
      this.overhang = 0;
      this.measure();
      return false;
    }
    this.bytes[this.at++] = NEWLINE;
    this.count();
    return true;
  }

  /**
   * For callers that know the lengths of all cells but the last before they write: makes each column wide enough, so that
   * they may write the row straight into `bytes` from `at`. They end by `resume`.
   * @hot
   */
  fit(): void {
    const {lengths, widths} = this;
    for (let c = lengths.length - 2; c >= 0; c--) {
      if ((lengths[c] as number) > (widths[c] as number)) {
        this.widen();
        return;
      }
    }
  }

  private widen(): void {
    this.closeSegment();
    this.widths = this.widths.map((width, c) =>
      c < this.widths.length - 1 ? Math.max(width, this.lengths[c] as number) : width,
    );
    this.measure();
  }

  /** All cells but the last are written up to `at`. @hot */
  resume(at: number): void {
    this.at = at;
    this.column = this.lengths.length - 1;
  }

  /** Counts the row whose cells have `lengths`. @hot */
  private count(): void {
    const {lengths} = this;
    let used = this.used;
    for (let c = 0; c <= lengths.length; c++) {
      const size = c === lengths.length ? 2 : ((lengths[c] as number) + 3) & ~1;
      if (used + size > CHUNK) {
        this.chunks++;
        used = 0;
      }
      used += size;
    }
    this.used = used;
  }

  /** Writes all rows there are, and makes room for others. @param content widths they need */
  private writeSegments(out: Sink, content: Int32Array): void {
    this.closeSegment();
    const widths = foldedWidths(this.columns, content, this.options.screen);
    if (this.options.header && !this.headerWritten) this.header(out, widths);
    this.headerWritten = true;
    for (const segment of this.segments) {
      if (same(segment.widths, widths)) out.bytes(segment.bytes.subarray(segment.from, segment.to));
      else this.layOut(out, segment, widths);
    }
    for (const {bytes} of this.segments) {
      if (bytes !== this.bytes && bytes.length === BLOCK && !this.pool.includes(bytes)) this.pool.push(bytes);
    }
    this.segments = [];
    this.at = 0;
    this.segmentAt = 0;
    this.chunks = 1;
    this.used = 0;
  }

  /** Writes the header, the first time, and all rows since the last time. Widths stay: columns never become narrower. */
  write(out: Sink): void {
    const content = this.widths;
    if (this.overhang > 0) this.admitLastRow();
    this.writeSegments(out, content);
    // What the last row's last cell asked for is forgotten with it.
    this.widths = content;
    this.measure();
  }

  private header(out: Sink, widths: Int32Array): void {
    this.columns.forEach(({header}, c) => {
      const pad = Math.max((widths[c] as number) - header.length, 0);
      blanks(out, (this.gaps[c] as number) + (this.rights[c] === 1 ? pad : 0));
      out.ascii(header);
      if (this.rights[c] === 0) blanks(out, pad);
    });
    out.byte(NEWLINE);
  }

  /** Writes rows again with other widths. */
  private layOut(out: Sink, segment: Segment, widths: Int32Array): void {
    const {bytes, to, widths: old} = segment;
    let from = segment.from;
    while (from < to) {
      for (let c = 0; c < old.length; c++) {
        blanks(out, this.gaps[c] as number);
        from += this.gaps[c] as number;
        const oldEnd = from + (old[c] as number);
        let start = from;
        let end = oldEnd;
        const width = widths[c] as number;
        const min = Math.max(this.columns[c]?.min ?? 0, width);
        if (this.rights[c] === 1) {
          while (end - start > min && bytes[start] === BLANK) start++;
          blanks(out, width - (end - start));
        } else {
          while (end - start > min && bytes[end - 1] === BLANK) end--;
        }
        out.bytes(bytes.subarray(start, end));
        if (this.rights[c] === 0) blanks(out, width - (end - start));
        from = oldEnd;
      }
      from++;
      out.byte(NEWLINE);
    }
  }
}

function blanks(out: Sink, count: number): void {
  for (let i = 0; i < count; i++) out.byte(BLANK);
}

function same(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Widths on a screen of `screen` columns, from those of the content. Empty columns get nothing.
 * @param screen 0: the content's widths as they are
 */
export function foldedWidths(columns: readonly Column[], content: ArrayLike<number>, screen: number): Int32Array {
  const widths = Int32Array.from(content);
  if (screen === 0) return widths;
  for (let first = 0; first < content.length; ) {
    let used = 0;
    let shared = 0;
    let last = first;
    for (; last < content.length; last++) {
      const width = content[last] as number;
      if (width === 0) continue;
      const gap = last > 0 && columns[last]?.gap === true ? 1 : 0;
      if (used > 0 && used + gap + width > screen) break;
      used += gap + width;
      shared++;
      if (gap + width > screen) widths[last] = screen - gap;
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
