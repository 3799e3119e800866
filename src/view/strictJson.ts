/** A value as JSON; `undefined` fields are left out. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly JsonValue[]
  | {readonly [key: string]: JsonValue};

/**
 * JSON that every parser takes: unlike the writer of `ip -j`, which keeps the reference's bytes, all control characters are
 * escaped. 64-bit integers keep all their digits.
 * @param indent blanks of one level; 0 is one line
 */
export function stringify(value: JsonValue, indent = 0, depth = 0): string {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'string':
      return quoted(value);
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'null';
  }
  if (value === null) return 'null';
  const line = indent > 0 ? `\n${' '.repeat(indent * (depth + 1))}` : '';
  const end = indent > 0 ? `\n${' '.repeat(indent * depth)}` : '';
  const colon = indent > 0 ? ': ' : ':';
  const inner = (item: JsonValue): string => stringify(item, indent, depth + 1);
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.length === 0 ? '[]' : `[${items.map(item => line + inner(item)).join(',')}${end}]`;
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.length === 0) return '{}';
  return `{${fields.map(([key, item]) => `${line}${quoted(key)}${colon}${inner(item)}`).join(',')}${end}}`;
}

/** DEL and what ISO 6429 has above it: control characters that JSON allows. */
const HIGH_CONTROLS = /[\u007f-\u009f]/g;

function quoted(text: string): string {
  return JSON.stringify(text).replace(HIGH_CONTROLS, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
