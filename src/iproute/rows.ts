import type {IpSession} from '../ops/session.js';
import type {View} from '../view/view.js';

/** Writes one record to a line, or all as one JSON array. */
export function writeRows<R>(rows: Iterable<R>, form: View<R>, {json, out, view}: IpSession): void {
  json?.openArray();
  for (const row of rows) {
    if (json !== undefined) {
      form.json(json, row, view);
      continue;
    }
    form.text(out, row, view);
    out.byte(10);
  }
  json?.closeArray();
  json?.end();
}
