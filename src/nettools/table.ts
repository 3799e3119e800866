import type {Sink} from '../view/sink.js';

/** One column of a table with fixed widths. */
export interface FixedColumn<R, C> {
  readonly header: string;
  /** 0: as wide as its text, for last columns. */
  readonly width: number;
  /** Text stands at the right end. */
  readonly right?: true;
  /** Writes the cell; at most 64 bytes. */
  write(out: Sink, row: R, context: C): void;
}

/** Most bytes of a row. */
const ROW_ROOM = 1024;
const BLANK = 32;
const NEWLINE = 10;

/** Header line: texts of left columns begin where their cells do, those of right columns end there. */
export function headerLine<R, C>(columns: readonly FixedColumn<R, C>[]): string {
  let line = '';
  let start = 0;
  for (const {header, width, right} of columns) {
    const at = right === true ? start + width - header.length : start;
    line = line.padEnd(at) + header;
    start += width + 1;
  }
  return line;
}

/** Writes one row: cells are cut at nothing, filled up with blanks and parted by one. @hot */
export function writeRow<R, C>(out: Sink, columns: readonly FixedColumn<R, C>[], row: R, context: C): void {
  out.room(ROW_ROOM);
  const last = columns.length - 1;
  for (let c = 0; c <= last; c++) {
    const column = columns[c] as FixedColumn<R, C>;
    const start = out.position;
    column.write(out, row, context);
    const into = out.buffer;
    let end = out.position;
    const full = start + column.width;
    if (end < full) {
      if (column.right === true) {
        const shift = full - end;
        for (let p = end - 1; p >= start; p--) into[p + shift] = into[p] as number;
        for (let p = start; p < start + shift; p++) into[p] = BLANK;
        end = full;
      } else {
        while (end < full) into[end++] = BLANK;
      }
    }
    into[end++] = c === last ? NEWLINE : BLANK;
    out.position = end;
  }
}
