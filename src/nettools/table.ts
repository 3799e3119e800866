import type {Sink} from '../view/sink.js';

/** One column of a table with fixed widths. */
export interface FixedColumn<R, C> {
  readonly header: string;
  /** 0: as wide as its text, for last columns. */
  readonly width: number;
  /** Text stands at the right end. */
  readonly right?: true;
  /** Writes the cell; at most 64 bytes. */
  readonly write: (out: Sink, row: R, context: C) => void;
}

/** Most bytes of a row. */
export const ROW_ROOM = 1024;
const BLANK = 32;
const NEWLINE = 10;

/** A table whose columns have fixed widths; longer cells push the rest of their row. */
export class FixedTable<R, C> {
  private readonly columns: readonly FixedColumn<R, C>[];
  private readonly writers: readonly ((out: Sink, row: R, context: C) => void)[];
  private readonly widths: Int32Array;
  private readonly rights: Uint8Array;

  constructor(columns: readonly FixedColumn<R, C>[]) {
    this.columns = columns;
    this.writers = columns.map(column => column.write);
    this.widths = Int32Array.from(columns, column => column.width);
    this.rights = Uint8Array.from(columns, column => (column.right === true ? 1 : 0));
  }

  /** Header line: texts of left columns begin where their cells do, those of right columns end there. */
  header(out: Sink): void {
    let line = '';
    let start = 0;
    for (const {header, width, right} of this.columns) {
      const at = right === true ? start + width - header.length : start;
      line = line.padEnd(at) + header;
      start += width + 1;
    }
    out.ascii(`${line}\n`);
  }

  /** Writes one row: cells are filled up with blanks and parted by one. @hot */
  row(out: Sink, row: R, context: C): void {
    const {writers, widths, rights} = this;
    out.room(ROW_ROOM);
    const into = out.buffer;
    const count = writers.length;
    for (let c = 0; c < count; c++) {
      const start = out.position;
      (writers[c] as FixedColumn<R, C>['write'])(out, row, context);
      let end = out.position;
      const full = start + (widths[c] as number);
      if (end < full) {
        if (rights[c] === 1) {
          const shift = full - end;
          for (let p = end - 1; p >= start; p--) into[p + shift] = into[p] as number;
          for (let p = start; p < start + shift; p++) into[p] = BLANK;
          end = full;
        } else {
          while (end < full) into[end++] = BLANK;
        }
      }
      into[end++] = BLANK;
      out.position = end;
    }
    into[out.position - 1] = NEWLINE;
  }
}
