import {RESET, type Role} from './colour.js';
import type {ViewContext} from './context.js';
import type {ColourOf, Field, FlagsField, Template, ValueField} from './field.js';
import type {JsonWriter} from './json.js';
import type {Sink} from './sink.js';

/** Role of a value under its field's colour rule. */
export function roleOf(colour: ColourOf<never, never>, value: unknown, record: unknown): Role | undefined {
  if (typeof colour === 'function') return colour(value as never, record as never);
  if (colour !== 'family') return colour;
  const family = (value as {family?: number}).family;
  return family === 2 ? 'inet' : family === 10 ? 'inet6' : undefined;
}

/** Value and rest of a template, with the colour of the value. */
export function writeHole(
  field: ValueField<never>,
  t: Template,
  out: Sink,
  value: unknown,
  record: unknown,
  c: ViewContext,
): void {
  const role = field.colour === undefined || c.colour === undefined ? undefined : roleOf(field.colour, value, record);
  if (role !== undefined) out.ascii(c.colour?.[role] ?? '');
  if (t.width > 0) {
    out.room(1024);
    const start = out.position;
    field.kind.text(out, value as never, c);
    while (out.position - start < t.width) out.byte(32);
  } else {
    field.kind.text(out, value as never, c);
  }
  out.ascii(t.after);
  if (role !== undefined) out.ascii(RESET);
}

/** Words of a flags field in text. */
export function writeFlags(field: FlagsField<never>, out: Sink, words: readonly string[]): void {
  out.ascii(field.open);
  for (let i = 0; i < words.length; i++) {
    if (i > 0) out.ascii(field.separator);
    out.text(words[i] as string);
  }
  out.ascii(field.close);
}

/** Text of one record, field by field. */
export function renderText<R>(fields: readonly Field<R>[], out: Sink, record: R, c: ViewContext): void {
  for (const field of fields) {
    switch (field.op) {
      case 'value': {
        if (field.template === undefined || (field.when !== undefined && !field.when(c))) break;
        const value = field.get(record, c);
        if (value === undefined) break;
        out.ascii(field.template.before);
        if (field.template.hole) writeHole(field as ValueField<never>, field.template, out, value, record, c);
        break;
      }
      case 'literal':
        out.ascii(field.text);
        break;
      case 'line':
        out.byte(c.oneline ? 92 : 10);
        out.ascii(field.indent);
        break;
      case 'flags': {
        const words = field.get(record, c);
        if (words === undefined || words.length === 0) break;
        writeFlags(field, out, words);
        break;
      }
      case 'group': {
        const inner = field.get === undefined ? record : field.get(record, c);
        if (inner !== undefined) renderText(field.fields, out, inner as never, c);
        break;
      }
      case 'list': {
        const items = field.get(record, c);
        if (items === undefined || items.length === 0) break;
        out.ascii(field.before);
        for (let i = 0; i < items.length; i++) {
          if (i > 0) out.ascii(field.separator);
          renderText(field.fields, out, items[i] as never, c);
        }
        out.ascii(field.after);
        break;
      }
      case 'when':
        if (field.condition(record, c)) renderText(field.fields, out, record, c);
        break;
      case 'custom':
        field.text?.(out, record, c);
        break;
    }
  }
}

/** JSON members of one record, field by field. */
export function renderJson<R>(fields: readonly Field<R>[], json: JsonWriter, record: R, c: ViewContext): void {
  for (const field of fields) {
    switch (field.op) {
      case 'value': {
        if (field.key === null || (field.when !== undefined && !field.when(c))) break;
        const value = field.get(record, c);
        if (value === undefined) break;
        json.key(field.key);
        field.jsonKind.json(json, value as never, c);
        break;
      }
      case 'literal':
      case 'line':
        break;
      case 'flags': {
        if (field.key === null) break;
        const words = field.get(record, c);
        if (words === undefined) break;
        json.key(field.key);
        json.words(words);
        break;
      }
      case 'group': {
        const inner = field.get === undefined ? record : field.get(record, c);
        if (inner === undefined) break;
        if (field.key !== null) json.openObject(field.key);
        renderJson(field.fields, json, inner as never, c);
        if (field.key !== null) json.closeObject();
        break;
      }
      case 'list': {
        if (field.key === null) break;
        const items = field.get(record, c);
        if (items === undefined) break;
        json.openArray(field.key);
        for (const item of items) {
          json.openObject();
          renderJson(field.fields, json, item as never, c);
          json.closeObject();
        }
        json.closeArray();
        break;
      }
      case 'when':
        if (field.condition(record, c)) renderJson(field.fields, json, record, c);
        break;
      case 'custom':
        field.json?.(json, record, c);
        break;
    }
  }
}
