import type {Role} from './colour.js';
import type {ViewContext} from './context.js';
import type {JsonWriter} from './json.js';
import type {Kind} from './kinds.js';
import type {Sink} from './sink.js';
import {View} from './view.js';

export type {ViewContext} from './context.js';

/** Reads one value of a record; undefined hides the field in text and JSON. */
export type Get<R, V> = (record: R, c: ViewContext) => V | undefined;

/** Colour of a value: a role, the role of an address's family, or a function of both. */
export type ColourOf<R, V> = Role | 'family' | ((value: V, record: R) => Role | undefined);

/** What `field` takes besides the usual. */
export interface FieldOptions<R, V> {
  /** Colours the hole and what follows it in the template, as the reference does. */
  readonly colour?: ColourOf<R, V>;
  /** Writes JSON in another way than `kind` does. */
  readonly json?: Kind<V>;
  /** Shown when true: cheaper than a test in `get`. */
  readonly when?: (c: ViewContext) => boolean;
}

/** A value with its text template and JSON key. */
export interface ValueField<R> {
  readonly op: 'value';
  readonly key: string | null;
  /** Undefined: JSON only. */
  readonly template: Template | undefined;
  readonly kind: Kind<never>;
  readonly jsonKind: Kind<never>;
  readonly get: Get<R, unknown>;
  readonly colour: ColourOf<R, never> | undefined;
  readonly when: ((c: ViewContext) => boolean) | undefined;
}

/** Text that stands in every row. */
export interface LiteralField {
  readonly op: 'literal';
  readonly text: string;
}

/** Start of a further line. */
export interface LineField {
  readonly op: 'line';
  readonly indent: string;
}

/** Words: `<A,B>` in text, an array in JSON. */
export interface FlagsField<R> {
  readonly op: 'flags';
  readonly key: string | null;
  readonly open: string;
  readonly separator: string;
  readonly close: string;
  readonly get: Get<R, readonly string[]>;
}

/** Fields of one sub-record; an object in JSON where it has a key. */
export interface GroupField<R> {
  readonly op: 'group';
  readonly key: string | null;
  readonly fields: readonly Field<never>[];
  readonly get: Get<R, unknown> | undefined;
}

/** Fields of several sub-records; an array of objects in JSON. */
export interface ListField<R> {
  readonly op: 'list';
  readonly key: string | null;
  readonly before: string;
  readonly separator: string;
  readonly after: string;
  readonly fields: readonly Field<never>[];
  readonly get: Get<R, readonly unknown[]>;
}

/** Fields that a condition on record or context shows. */
export interface WhenField<R> {
  readonly op: 'when';
  readonly condition: (record: R, c: ViewContext) => boolean;
  readonly fields: readonly Field<R>[];
}

/** Hand-written output. */
export interface CustomField<R> {
  readonly op: 'custom';
  readonly text: ((out: Sink, record: R, c: ViewContext) => void) | undefined;
  readonly json: ((json: JsonWriter, record: R, c: ViewContext) => void) | undefined;
}

/** One declaration of a view. */
export type Field<R> =
  | ValueField<R>
  | LiteralField
  | LineField
  | FlagsField<R>
  | GroupField<R>
  | ListField<R>
  | WhenField<R>
  | CustomField<R>;

/** A parsed text template: what stands before and after its hole, and the hole's minimal width. */
export interface Template {
  readonly before: string;
  readonly after: string;
  readonly hole: boolean;
  /** `%-16s`: blanks up to 16 columns follow the value; 0 for none. */
  readonly width: number;
}

/** Reads `via %s `, `%-16s ` or a text without hole. */
export function template(text: string): Template {
  const percent = text.indexOf('%');
  // Nearly all holes are plain, and views are built at each start.
  if (text.charCodeAt(percent + 1) === 115 && percent >= 0) {
    return {before: text.slice(0, percent), after: text.slice(percent + 2), hole: true, width: 0};
  }
  const hole = percent < 0 ? null : /%(?:-(\d+))?s/.exec(text);
  if (hole === null) return {before: text, after: '', hole: false, width: 0};
  return {
    before: text.slice(0, hole.index),
    after: text.slice(hole.index + hole[0].length),
    hole: true,
    width: Number(hole[1] ?? 0),
  };
}

/**
 * A value of the record.
 * @param key JSON key; null for text only
 * @param text template with one hole (`via %s `, `%-16s `) or none (`onlink `); null for JSON only
 */
export function field<R, V>(
  key: string | null,
  text: string | null,
  kind: Kind<V>,
  get: Get<R, V>,
  options: FieldOptions<R, V> = {},
): Field<R> {
  return {
    op: 'value',
    key,
    template: text === null ? undefined : template(text),
    kind: kind as Kind<never>,
    jsonKind: (options.json ?? kind) as Kind<never>,
    get,
    colour: options.colour as ColourOf<R, never> | undefined,
    when: options.when,
  };
}

/** Text that stands in every row and never in JSON. */
export function literal<R>(text: string): Field<R> {
  return {op: 'literal', text};
}

/** A new line with its indent; with `-o` a backslash and the indent; nothing in JSON. */
export function line<R>(indent: string): Field<R> {
  return {op: 'line', indent};
}

/** Words, in text between `pieces` (open, separator, close) and silent when there are none; an array in JSON. */
export function flags<R>(
  key: string | null,
  pieces: readonly [open: string, separator: string, close: string],
  get: Get<R, readonly string[]>,
): Field<R> {
  return {op: 'flags', key, open: pieces[0], separator: pieces[1], close: pieces[2], get};
}

/** Fields that are one object in JSON and stand in line in text. Without `get` they read the record itself. */
export function group<R>(key: string | null, fields: readonly Field<R>[]): Field<R>;
export function group<R, S>(key: string | null, fields: readonly Field<S>[], get: Get<R, S>): Field<R>;
export function group<R, S>(key: string | null, fields: readonly Field<S>[], get?: Get<R, S>): Field<R> {
  return {op: 'group', key, fields: fields as unknown as readonly Field<never>[], get};
}

/** Sub-records: an array of objects in JSON; in text one after the other, with what `pieces` puts around and between. */
export function list<R, S>(
  key: string | null,
  pieces: readonly [before: string, separator: string, after: string],
  fields: readonly Field<S>[],
  get: Get<R, readonly S[]>,
): Field<R> {
  return {
    op: 'list',
    key,
    before: pieces[0],
    separator: pieces[1],
    after: pieces[2],
    fields: fields as unknown as readonly Field<never>[],
    get,
  };
}

/** Fields, or a function that makes them at their first use: a short run pays for those it shows. */
export type Fields<R> = readonly Field<R>[] | (() => readonly Field<R>[]);

/** Fields shown only where the condition holds. */
export function when<R>(condition: (record: R, c: ViewContext) => boolean, fields: Fields<R>): Field<R> {
  if (typeof fields !== 'function') return {op: 'when', condition, fields};
  let made: readonly Field<R>[] | undefined;
  return {
    op: 'when',
    condition,
    get fields() {
      made ??= fields();
      return made;
    },
  };
}

/** Output that no other declaration fits; null for nothing. */
export function custom<R>(
  text: ((out: Sink, record: R, c: ViewContext) => void) | null,
  json: ((json: JsonWriter, record: R, c: ViewContext) => void) | null,
): Field<R> {
  return {op: 'custom', text: text ?? undefined, json: json ?? undefined};
}

/** A view over `fields`; `brief` lists what `-br` shows instead. */
export function view<R>(fields: Fields<R>, brief: Fields<R> = fields): View<R> {
  return new View<R>(fields, brief);
}
