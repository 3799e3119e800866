import type {ViewContext} from './context.js';
import type {Field} from './field.js';
import type {JsonWriter} from './json.js';
import {renderJson, renderText} from './render.js';
import type {Sink} from './sink.js';

/** One list of fields, rendered as text, JSON and brief output. */
export class View<R> {
  readonly fields: readonly Field<R>[];
  readonly briefFields: readonly Field<R>[];

  constructor(fields: readonly Field<R>[], briefFields: readonly Field<R>[]) {
    this.fields = fields;
    this.briefFields = briefFields;
  }

  /** Text of one record; line ends are declared by the fields or written by the caller. @hot */
  text(out: Sink, record: R, c: ViewContext): void {
    renderText(this.fields, out, record, c);
  }

  /** One JSON object. @hot */
  json(json: JsonWriter, record: R, c: ViewContext): void {
    json.openObject();
    renderJson(this.fields, json, record, c);
    json.closeObject();
  }

  /** The members alone, for a caller that adds more to the object. */
  members(json: JsonWriter, record: R, c: ViewContext): void {
    renderJson(this.fields, json, record, c);
  }

  /** Text of one record with `-br`. */
  brief(out: Sink, record: R, c: ViewContext): void {
    renderText(this.briefFields, out, record, c);
  }

  /** Members of one record's JSON object with `-br`. */
  briefMembers(json: JsonWriter, record: R, c: ViewContext): void {
    renderJson(this.briefFields, json, record, c);
  }
}
