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

/**
 * The same with the rows as they come.
 * @param list hands on each
 * @param end of a line, where the view does not write it
 */
export function writeEach<R>(
  list: (take: (row: R) => void) => void,
  form: View<R>,
  {json, out, view}: IpSession,
  end = '\n',
): void {
  json?.openArray();
  list(row => {
    if (json !== undefined) {
      form.json(json, row, view);
      return;
    }
    form.text(out, row, view);
    out.ascii(end);
  });
  json?.closeArray();
  json?.end();
}
