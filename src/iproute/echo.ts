import type {Echo} from '../ops/echo.js';
import type {IpSession} from '../ops/session.js';
import type {View} from '../view/view.js';

/** How an object is shown that the kernel tells back. */
export interface EchoForm<R, Row> {
  readonly view: View<Row>;
  /** The object as its view takes it. */
  row(record: R): Row;
  /** What ends a text, unless the view has it. */
  readonly end: string;
  /** Whether `-br` has a form of its own; it has no end. */
  readonly hasBrief: boolean;
  /** Whether the reference puts the JSON object into an object without a key. */
  readonly isNested: boolean;
  /** What it says when there is no object; nothing where absent. */
  readonly absence?: string;
}

/** Shows one object after a change with `-echo`; undefined without that option. */
export function echoOf<R, Row>(session: IpSession, form: () => EchoForm<R, Row>): Echo<R> | undefined {
  if (!session.options.echo) return undefined;
  return (record, isDeleted) => {
    const {json} = session;
    const shown = form();
    if (json === undefined) {
      if (record !== undefined) showText(shown, shown.row(record), isDeleted, session);
    } else {
      json.openArray();
      json.openObject();
      if (record !== undefined) showMembers(shown, shown.row(record), isDeleted, session);
      json.closeObject();
      json.closeArray();
      json.end();
    }
    session.out.flush();
    if (record === undefined && shown.absence !== undefined) session.io.err(`${shown.absence}\n`);
  };
}

function showText<Row>(
  {view, hasBrief, end}: EchoForm<never, Row>,
  row: Row,
  isDeleted: boolean,
  {out, options, view: context}: IpSession,
): void {
  if (isDeleted) out.ascii('Deleted ');
  if (hasBrief && options.brief) {
    view.brief(out, row, context);
    return;
  }
  view.text(out, row, context);
  out.ascii(end);
}

function showMembers<Row>(
  {view, hasBrief, isNested}: EchoForm<never, Row>,
  row: Row,
  isDeleted: boolean,
  {json, options, view: context}: IpSession,
): void {
  if (json === undefined) return;
  if (isNested) {
    json.afterKey = true;
    json.openObject();
  }
  if (isDeleted) {
    json.key('deleted');
    json.bool(true);
  }
  if (hasBrief && options.brief) view.briefMembers(json, row, context);
  else view.members(json, row, context);
  if (isNested) json.closeObject();
}
