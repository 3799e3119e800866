import type {IpSession} from '../ops/session.js';
import type {View} from '../view/view.js';

/** Writes one record to a line, or all as one JSON array. */
export function writeRows<R>(rows: Iterable<R>, form: View<R>, session: IpSession): void {
  writeEach(
    take => {
      for (const row of rows) take(row);
    },
    form,
    session,
  );
}

/** The same with the rows as they come. @param list hands on each */
export function writeEach<R>(list: (take: (row: R) => void) => void, form: View<R>, session: IpSession): void {
  const {json} = session;
  json?.openArray();
  list(row => writeRow(row, form, session));
  json?.closeArray();
  json?.end();
}

/** One record: a line, or an object of an array that the caller opened. */
export function writeRow<R>(row: R, form: View<R>, {json, out, view}: IpSession): void {
  if (json !== undefined) {
    form.json(json, row, view);
    return;
  }
  form.text(out, row, view);
  out.byte(10);
}
