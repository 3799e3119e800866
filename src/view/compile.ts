import type {ViewContext} from './context.js';
import type {Field} from './field.js';
import type {JsonWriter} from './json.js';
import {renderJson, renderText, writeFlags, writeHole} from './render.js';
import type {Sink} from './sink.js';

/** A list of fields as one function over a record. */
export type TextFunction<R> = (out: Sink, record: R, c: ViewContext) => void;
/** The same for JSON members, not for pretty output. */
export type JsonFunction<R> = (json: JsonWriter, record: R, c: ViewContext) => void;

/**
 * Source of one function that does for a fixed list of fields what render.ts does for any: every `get` and kind gets
 * a call site of its own, which V8 inlines, and literal text becomes byte stores.
 */
class Source {
  readonly #names: string[] = [];
  readonly #values: unknown[] = [];
  #code = '';
  #counter = 0;

  add(code: string): void {
    this.#code += `${code}\n`;
  }

  /** Binds a value of this process to a name of the generated code. */
  bind(value: unknown): string {
    const name = `x${this.#names.length}`;
    this.#names.push(name);
    this.#values.push(value);
    return name;
  }

  local(): string {
    return `v${this.#counter++}`;
  }

  /** Stores ASCII text; `prefix` is code that runs once `b` and `p` are set. */
  bytes(text: string, prefix = ''): void {
    if (text === '' && prefix === '') return;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
    if (!/^[\x00-\x7f]*$/.test(text) || text.length > 100) {
      if (prefix !== '') this.bytes('', prefix);
      this.add(`out.text(${JSON.stringify(text)});`);
      return;
    }
    const stores = [...text].map((char, i) => `b[p${i === 0 ? '' : `+${i}`}]=${char.charCodeAt(0)};`).join('');
    this.add(`if(out.position+${text.length + 1}>out.limit)out.flush();`);
    this.add(`b=out.buffer;p=out.position;${prefix}${stores}out.position=p+${text.length};`);
  }

  /** @throws {EvalError} where code generation is forbidden */
  build(parameter: string): (...args: never[]) => void {
    const body = `'use strict';return function(${parameter},r,c){${parameter === 'j' ? 'const out=j.out;' : ''}let b,p;\n${this.#code}};`;
    return new Function(...this.#names, body)(...this.#values) as (...args: never[]) => void;
  }
}

function addText(source: Source, fields: readonly Field<never>[], record: string): void {
  for (const field of fields) {
    switch (field.op) {
      case 'value': {
        const {template} = field;
        if (template === undefined) break;
        const value = source.local();
        const test = field.when === undefined ? '' : `${source.bind(field.when)}(c)&&`;
        source.add(`const ${value}=${source.bind(field.get)}(${record},c);`);
        source.add(`if(${test}${value}!==undefined){`);
        source.bytes(template.before);
        if (template.hole) {
          const slow = `${source.bind(writeHole)}(${source.bind(field)},${source.bind(template)},out,${value},${record},c);`;
          if (template.width > 0) {
            source.add(slow);
          } else {
            if (field.colour !== undefined) source.add(`if(c.colour!==undefined)${slow}else{`);
            source.add(`${source.bind(field.kind)}.text(out,${value},c);`);
            source.bytes(template.after);
            if (field.colour !== undefined) source.add('}');
          }
        }
        source.add('}');
        break;
      }
      case 'literal':
        source.bytes(field.text);
        break;
      case 'line':
        source.add('out.byte(c.oneline?92:10);');
        source.bytes(field.indent);
        break;
      case 'flags': {
        const value = source.local();
        source.add(`const ${value}=${source.bind(field.get)}(${record},c);`);
        source.add(
          `if(${value}!==undefined&&${value}.length>0)${source.bind(writeFlags)}(${source.bind(field)},out,${value});`,
        );
        break;
      }
      case 'group': {
        let inner = record;
        if (field.get !== undefined) {
          inner = source.local();
          source.add(`const ${inner}=${source.bind(field.get)}(${record},c);if(${inner}!==undefined){`);
        } else {
          source.add('{');
        }
        addText(source, field.fields, inner);
        source.add('}');
        break;
      }
      case 'list': {
        const items = source.local();
        const i = source.local();
        const item = source.local();
        source.add(`const ${items}=${source.bind(field.get)}(${record},c);`);
        source.add(`if(${items}!==undefined&&${items}.length>0){`);
        source.bytes(field.before);
        source.add(`for(let ${i}=0;${i}<${items}.length;${i}++){const ${item}=${items}[${i}];`);
        if (field.separator !== '') {
          source.add(`if(${i}>0){`);
          source.bytes(field.separator);
          source.add('}');
        }
        addText(source, field.fields, item);
        source.add('}');
        source.bytes(field.after);
        source.add('}');
        break;
      }
      case 'when':
        source.add(`if(${source.bind(field.condition)}(${record},c)){`);
        addText(source, field.fields, record);
        source.add('}');
        break;
      case 'custom':
        if (field.text !== undefined) source.add(`${source.bind(field.text)}(out,${record},c);`);
        break;
    }
  }
}

function addKey(source: Source, key: string): void {
  source.bytes(`"${key}":`, 'if(j.comma)b[p++]=44;');
  source.add('j.comma=true;');
}

function addJson(source: Source, fields: readonly Field<never>[], record: string): void {
  for (const field of fields) {
    switch (field.op) {
      case 'value': {
        if (field.key === null) break;
        const value = source.local();
        const test = field.when === undefined ? '' : `${source.bind(field.when)}(c)&&`;
        source.add(`const ${value}=${source.bind(field.get)}(${record},c);`);
        source.add(`if(${test}${value}!==undefined){`);
        addKey(source, field.key);
        source.add(`j.afterKey=true;${source.bind(field.jsonKind)}.json(j,${value},c);}`);
        break;
      }
      case 'when':
        source.add(`if(${source.bind(field.condition)}(${record},c)){`);
        addJson(source, field.fields, record);
        source.add('}');
        break;
      case 'literal':
      case 'line':
        break;
      case 'flags': {
        if (field.key === null) break;
        const words = source.local();
        source.add(`const ${words}=${source.bind(field.get)}(${record},c);`);
        source.add(`if(${words}!==undefined){`);
        addKey(source, field.key);
        source.add(`if(${words}.length===0){`);
        source.bytes('[]');
        source.add(`}else{j.afterKey=true;j.words(${words});}}`);
        break;
      }
      case 'custom':
        if (field.json !== undefined) source.add(`${source.bind(field.json)}(j,${record},c);`);
        break;
      default: {
        // Rare in hot rows, and nested containers need the writer's state: the interpreter does those that are there.
        const call = `${source.bind(renderJson)}(${source.bind([field])},j,${record},c);`;
        if (field.get === undefined) source.add(call);
        else source.add(`if(${source.bind(field.get)}(${record},c)!==undefined)${call}`);
      }
    }
  }
}

/** Compiled text of `fields`; the interpreter where code generation is forbidden. */
export function compileText<R>(fields: readonly Field<R>[]): TextFunction<R> {
  try {
    const source = new Source();
    addText(source, fields as readonly Field<never>[], 'r');
    return source.build('out') as TextFunction<R>;
  } catch {
    return (out, record, c) => renderText(fields, out, record, c);
  }
}

/** Compiled JSON members of `fields`, without line breaks; the interpreter where code generation is forbidden. */
export function compileJson<R>(fields: readonly Field<R>[]): JsonFunction<R> {
  try {
    const source = new Source();
    addJson(source, fields as readonly Field<never>[], 'r');
    return source.build('j') as JsonFunction<R>;
  } catch {
    return (json, record, c) => renderJson(fields, json, record, c);
  }
}
