import {compileJson, compileText, type JsonFunction, type TextFunction} from './compile.js';
import type {ViewContext} from './context.js';
import type {Field, Fields} from './field.js';
import type {JsonWriter} from './json.js';
import {renderJson, renderText} from './render.js';
import type {Sink} from './sink.js';

/** Rows after which generating code pays: a run that prints a few lines never does. */
const COMPILE_AFTER = 16;

/** One list of fields, rendered as text, JSON and brief output. */
export class View<R> {
  #fields: Fields<R>;
  #briefFields: Fields<R>;
  #textRows = 0;
  #jsonRows = 0;
  #text: TextFunction<R> | undefined;
  #json: JsonFunction<R> | undefined;

  constructor(fields: Fields<R>, briefFields: Fields<R>) {
    this.#fields = fields;
    this.#briefFields = briefFields;
  }

  get fields(): readonly Field<R>[] {
    if (typeof this.#fields === 'function') this.#fields = this.#fields();
    return this.#fields;
  }

  get briefFields(): readonly Field<R>[] {
    if (typeof this.#briefFields === 'function') this.#briefFields = this.#briefFields();
    return this.#briefFields;
  }

  /** Text of one record; line ends are declared by the fields or written by the caller. @hot */
  text(out: Sink, record: R, c: ViewContext): void {
    if (this.#text !== undefined) {
      this.#text(out, record, c);
      return;
    }
    renderText(this.fields, out, record, c);
    if (++this.#textRows === COMPILE_AFTER) this.#text = compileText(this.fields);
  }

  /** One JSON object. @hot */
  json(json: JsonWriter, record: R, c: ViewContext): void {
    json.openObject();
    this.members(json, record, c);
    json.closeObject();
  }

  /** The members alone, for a caller that adds more to the object. @hot */
  members(json: JsonWriter, record: R, c: ViewContext): void {
    if (this.#json !== undefined && !json.pretty) {
      this.#json(json, record, c);
      return;
    }
    renderJson(this.fields, json, record, c);
    if (++this.#jsonRows === COMPILE_AFTER && !json.pretty) this.#json = compileJson(this.fields);
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
