import {IpAddress} from '../addr/ip.js';
import {copyBytes, textUntilNul, viewOf} from './bytes.js';
import {NLA_TYPE_MASK} from './constants.js';
import {entriesOf, prototypeOf, sizeOf, structFields, structMinimum} from './plan.js';
import type {AnyMessage, AttrSet, Decoded, Fields, Node} from './schema.js';
import {hostIsLittleEndian} from './writer.js';

/** Decodes a select's payload, by its own adaptive decoder. */
export type SelectReader = (node: Node, by: unknown, buf: Uint8Array, at: number, end: number) => unknown;

/** A generated decoder. It throws anything at all on bad bytes: the interpreter then words the error. */
export type Decoder<R> = (buf: Uint8Array, at: number, end: number) => R;

/** Source text under construction. Each shape becomes one constructor; equal nodes share theirs. */
class Generator {
  private readonly parts: string[] = [];
  private readonly names = new Map<object, string>();
  readonly constants: unknown[] = [];
  private readonly littleEndian: boolean;

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
  }

  get source(): string {
    return this.parts.join('\n');
  }

  /** The name by which generated code reaches a value of ours. */
  constant(value: unknown): string {
    let index = this.constants.indexOf(value);
    if (index < 0) index = this.constants.push(value) - 1;
    return `k[${index}]`;
  }

  /** The constructor of a shape, generated at its first use. */
  shape(key: object, prototype: object, body: (name: string) => string): string {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `S${this.names.size}`;
    this.names.set(key, name);
    this.parts.push(`function ${name}(b,p,e){${body(name)}}`, `${name}.prototype=${this.constant(prototype)};`);
    return name;
  }

  u16(p: string): string {
    return this.littleEndian ? `b[${p}]|b[${p}+1]<<8` : `b[${p}]<<8|b[${p}+1]`;
  }

  private word(p: string, little: boolean): string {
    return little
      ? `b[${p}]|b[${p}+1]<<8|b[${p}+2]<<16|b[${p}+3]<<24`
      : `b[${p}]<<24|b[${p}+1]<<16|b[${p}+2]<<8|b[${p}+3]`;
  }

  /** An expression that reads a value of fixed size at position `p`, which is known to be there. */
  scalar(node: Node, p: string): string {
    switch (node.kind) {
      case 'u8':
        return `b[${p}]`;
      case 'i8':
        return `b[${p}]<<24>>24`;
      case 'u16':
        return `(${this.u16(p)})`;
      case 'i16':
        return `((${this.u16(p)})<<16>>16)`;
      case 'be16':
        return `(b[${p}]<<8|b[${p}+1])`;
      case 'u32':
        return `((${this.word(p, this.littleEndian)})>>>0)`;
      case 'i32':
        return `(${this.word(p, this.littleEndian)})`;
      case 'be32':
        return `((${this.word(p, false)})>>>0)`;
      case 'u64':
        return `V(b).getBigUint64(${p},${this.littleEndian})`;
      case 'i64':
        return `V(b).getBigInt64(${p},${this.littleEndian})`;
      case 'be64':
        return `V(b).getBigUint64(${p},false)`;
      case 'inet':
        return this.inet(p);
      case 'inet6':
        return this.inet6(p);
      case 'octets':
        return `C(b,${p},${p}+${node.size})`;
      case 'chars':
        return `T(b,${p},${p}+${node.size})`;
      case 'bitfield32': {
        const [value, selector] = [this.word(p, this.littleEndian), this.word(`${p}+4`, this.littleEndian)];
        return `{value:(${value})>>>0,selector:(${selector})>>>0}`;
      }
      case 'struct':
        return `new ${this.struct(node)}(b,${p},${p}+${node.size})`;
      default:
        throw new TypeError(`${node.kind} has no fixed size`);
    }
  }

  private inet(p: string): string {
    return `new A(2,${this.word(p, false)},0,0,0)`;
  }

  private inet6(p: string): string {
    const words = [0, 4, 8, 12].map(offset => this.word(`${p}+${offset}`, false));
    return `new A(10,${words.join(',')})`;
  }

  /** Statements that set `into` from the payload between `q` and `f`. */
  assign(node: Node, into: string): string {
    if (node.size !== undefined && node.kind !== 'struct') {
      return `if(f-q<${node.size})throw 0;${into}=${this.scalar(node, 'q')};`;
    }
    switch (node.kind) {
      case 'address':
        return this.addressAt('q', into);
      case 'via':
        return (
          `if(f-q<2)throw 0;{let a,l;const w=q;q+=2;if(f-q===4||f-q===16){${this.addressAt('q', 'a')}}else l=C(b,q,f);` +
          `${into}={family:${this.u16('w')},address:a,lladdr:l};}`
        );
      case 'uint':
        return (
          `if(f-q>=8)${into}=V(b).getBigUint64(q,${this.littleEndian});` +
          `else if(f-q>=4)${into}=BigInt((${this.word('q', this.littleEndian)})>>>0);else throw 0;`
        );
      case 'text':
        return `${into}=T(b,q,f);`;
      case 'bytes':
        return `${into}=C(b,q,f);`;
      case 'flag':
        return `${into}=true;`;
      case 'struct':
        return `if(f-q<${structMinimum(node)})throw 0;${into}=new ${this.struct(node)}(b,q,f);`;
      case 'nest':
        return `${into}=new ${this.attributes(node.attrs as AttrSet)}(b,q,f);`;
      case 'record':
        return `${into}=new ${this.record(node)}(b,q,f);`;
      case 'list':
        return this.list(node.item as Node, into);
      case 'items':
        return `{const o=[];${this.walk(`let i;${this.assign(node.item as Node, 'i')}o.push(i);`, 'q', 'f')}${into}=o;}`;
      case 'array':
        return this.elements(node.item as Node, into);
      default:
        throw new TypeError(`${node.kind} cannot stand here`);
    }
  }

  private addressAt(p: string, into: string): string {
    return `if(f-${p}===4)${into}=${this.inet(p)};else if(f-${p}===16)${into}=${this.inet6(p)};else throw 0;`;
  }

  private list(item: Node, into: string): string {
    const step = item.size as number;
    return `{const o=[];for(;f-q>=${step};q+=${step})o.push(${this.scalar(item, 'q')});${into}=o;}`;
  }

  private elements(element: Node, into: string): string {
    const size = sizeOf(element.fields ?? {});
    return (
      `{const o=[];while(f-q>=${size}){const l=${this.u16('q')};if(l<${size}||l>f-q)throw 0;` +
      `o.push(new ${this.record(element)}(b,q,q+l));q+=l+3&~3;}${into}=o;}`
    );
  }

  /** A loop over attributes from `from` to `to`; `body` sees payload `q` to `f` and header position `h`. */
  private walk(body: string, from: string, to: string): string {
    return (
      `for(let h=${from},z=${to};z-h>=4;){const n=${this.u16('h')};if(n<4||n>z-h)throw 0;` +
      `{let q=h+4;const f=h+n;${body}}h+=n+3&~3;}`
    );
  }

  private struct(node: Node): string {
    const fields = structFields(node);
    return this.shape(node, prototypeOf(node), () => {
      const minimum = structMinimum(node);
      let code = '';
      let offset = 0;
      for (const name of Object.keys(fields)) {
        const field = fields[name] as Node;
        const next = offset + (field.size as number);
        if (field.kind !== 'pad') {
          const value = this.scalar(field, `p+${offset}`);
          code += `this[${JSON.stringify(name)}]=${next <= minimum ? value : `e-p>=${next}?${value}:undefined`};`;
        }
        offset = next;
      }
      return code;
    });
  }

  private attributes(set: AttrSet): string {
    return this.shape(set, prototypeOf(set), () => this.shapeBody({}, set));
  }

  private record(node: Node): string {
    return this.shape(node, prototypeOf(node), () => this.shapeBody(node.fields ?? {}, node.attrs as AttrSet));
  }

  message(message: AnyMessage): string {
    return this.shape(message, prototypeOf(message), () => this.shapeBody(message.fields as Fields, message.attrs));
  }

  /** Header, one switch over the attribute types, the selects that waited, then all properties in schema order. */
  private shapeBody(fields: Fields, set: AttrSet): string {
    const entries = entriesOf(set);
    const size = sizeOf(fields);
    let code = size === 0 ? '' : `if(e-p<${size})throw 0;`;
    let result = '';
    const variables = new Map<string, string>();
    let offset = 0;
    for (const name of Object.keys(fields)) {
      const field = fields[name] as Node;
      if (field.kind !== 'pad') {
        const variable = `m${variables.size}`;
        variables.set(name, variable);
        code += `const ${variable}=${this.scalar(field, `p+${offset}`)};`;
        result += `this[${JSON.stringify(name)}]=${variable};`;
      }
      offset += field.size as number;
    }
    let cases = '';
    let after = '';
    for (const [i, {name, number, node}] of entries.entries()) {
      const variable = `v${i}`;
      code += `let ${variable};`;
      variables.set(name, variable);
      result += `this[${JSON.stringify(name)}]=${variable};`;
      cases += `case ${number}:{${this.attribute(node, variable)}break;}`;
      if (node.kind === 'select') code += `let q${i}=-1,f${i}=0;`;
    }
    for (const [i, {node}] of entries.entries()) {
      if (node.kind !== 'select') continue;
      const by = variables.get(node.by as string) ?? 'undefined';
      after += `if(q${i}>=0)v${i}=R(${this.constant(node)},${by},b,q${i},f${i});`;
    }
    const type = `(${this.u16('h+2')})&${NLA_TYPE_MASK}`;
    return `${code}${entries.length === 0 ? this.walk('', `p+${size}`, 'e') : this.walk(`switch(${type}){${cases}}`, `p+${size}`, 'e')}${after}${result}`;
  }

  private attribute(node: Node, variable: string): string {
    if (node.kind === 'select') return `${variable.replace('v', 'q')}=q;${variable.replace('v', 'f')}=f;`;
    if (node.kind !== 'many') return this.assign(node, variable);
    return `let i;${this.assign(node.item as Node, 'i')}if(${variable}===undefined)${variable}=[i];else ${variable}.push(i);`;
  }
}

/** Runs the source; our own names go in as parameters, the schema's only as JSON strings and numbers. */
function build<R>(generator: Generator, result: string, select: SelectReader): Decoder<R> {
  const make = new Function('k', 'A', 'T', 'C', 'V', 'R', `"use strict";${generator.source}\nreturn ${result}`);
  return make(generator.constants, IpAddress, textUntilNul, copyBytes, viewOf, select) as Decoder<R>;
}

/**
 * Generates the decoder of a message: a constructor that reads the bytes and fills one object of fixed shape.
 * @throws {EvalError} where code generation from strings is forbidden
 */
export function compile<M extends AnyMessage>(
  message: M,
  select: SelectReader,
  littleEndian: boolean = hostIsLittleEndian(),
): Decoder<Decoded<M>> {
  const generator = new Generator(littleEndian);
  const name = generator.message(message);
  return build(generator, `function(b,p,e){return new ${name}(b,p,e)}`, select);
}

/** Generates the decoder of one attribute's payload. */
export function compileNode(
  node: Node,
  select: SelectReader,
  littleEndian: boolean = hostIsLittleEndian(),
): Decoder<unknown> {
  const generator = new Generator(littleEndian);
  const statements = generator.assign(node, 'v');
  return build(generator, `function(b,q,f){let v;${statements}return v}`, select);
}
