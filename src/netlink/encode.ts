import type {IpAddress} from '../addr/ip.js';
import {encodeText} from '../addr/text.js';
import {NLA_F_NESTED} from './constants.js';
import {rowOf, selected, sizeOf, structFields} from './plan.js';
import {type AnyMessage, type AttrSet, type Encodable, type Fields, type Node, noAddress, type Via} from './schema.js';
import type {Writer} from './writer.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * Appends the body of a message: header fields, then the attributes in the order of the request's properties.
 * @throws {TypeError} when the schema has no such attribute
 * @throws {RangeError} when a number does not fit
 */
export function encodeMessage<M extends AnyMessage>(message: M, body: Encodable<M>, writer: Writer): void {
  writeFields(message.fields, body as Values, writer);
  writeAttributes(message.attrs, message.fields, body as Values, writer, message.name);
}

/** Zero stands for an absent field. @hot */
function writeFields(fields: Fields, values: Values, writer: Writer): void {
  for (const name in fields) {
    const node = fields[name] as Node;
    const value = values[name];
    if (node.kind === 'u8' && value !== undefined) {
      writer.room(1);
      writer.u8(small(value, 8, name));
    } else {
      writeField(node, value, writer, name);
    }
  }
}

function writeField(node: Node, value: unknown, writer: Writer, name: string): void {
  if (value === undefined || node.kind === 'pad') writer.zeros(node.size ?? 0);
  else writeValue(node, value, writer, name, undefined);
}

function writeAttributes(
  set: AttrSet,
  header: Fields | undefined,
  values: Values,
  writer: Writer,
  owner: string,
): void {
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    if (header !== undefined && name in header) continue;
    const row = rowOf(set, name);
    if (row === undefined) throw new TypeError(`${owner}: no attribute "${name}"`);
    const [number, node] = row;
    if (node.kind === 'many') {
      for (const one of value as readonly unknown[]) {
        writeAttribute(node.item as Node, number, one, writer, name, values);
      }
    } else {
      writeAttribute(node, number, value, writer, name, values);
    }
  }
}

function writeAttribute(
  node: Node,
  number: number,
  value: unknown,
  writer: Writer,
  name: string,
  siblings: Values,
): void {
  if (node.kind === 'flag' && value === false) return;
  const start = writer.at;
  const type = node.kind === 'select' ? selected(node, siblings[node.by as string]) : node;
  writer.room(24);
  writer.u16(0);
  writer.u16(type?.flag === true || node.flag === true ? number | NLA_F_NESTED : number);
  if (type === undefined) writer.append(value as Uint8Array);
  else writeValue(type, value, writer, name, siblings);
  const length = writer.at - start;
  if (length > 0xffff) throw new RangeError(`${name}: ${length} bytes do not fit into an attribute`);
  writer.setU16(start, length);
  writer.align();
}

function writeValue(node: Node, value: unknown, writer: Writer, name: string, siblings: Values | undefined): void {
  switch (node.kind) {
    case 'u32':
    case 'i32':
      writer.room(4);
      writer.u32(word(value, name));
      break;
    case 'address':
    case 'inet':
    case 'inet6':
      if (value !== noAddress) writeAddress(value as IpAddress, writer, name, node.size);
      break;
    case 'u8':
    case 'i8':
      writer.room(1);
      writer.u8(small(value, 8, name));
      break;
    case 'u16':
    case 'i16':
      writer.room(2);
      writer.u16(small(value, 16, name));
      break;
    case 'text':
      writer.append(textBytes(value as string, node.bare === true, name));
      break;
    default:
      writeOther(node, value, writer, name, siblings);
  }
}

/** What few requests have: a function of its own, for V8 reads and compiles a function as a whole. */
function writeOther(node: Node, value: unknown, writer: Writer, name: string, siblings: Values | undefined): void {
  switch (node.kind) {
    case 'be16':
      writer.room(2);
      writer.be16(small(value, 16, name));
      break;
    case 'be32':
      writer.room(4);
      writer.be32(word(value, name));
      break;
    case 'u64':
    case 'i64':
      writer.room(8);
      writer.u64(long(value, name));
      break;
    case 'be64':
      writer.room(8);
      writer.be64(long(value, name));
      break;
    case 'uint':
      writer.room(8);
      if ((value as bigint) >> 32n === 0n) writer.u32(Number(value));
      else writer.u64(long(value, name));
      break;
    case 'chars':
    case 'octets':
      writeFixed(node, value, writer, name);
      break;
    case 'bytes':
      writer.append(value as Uint8Array);
      break;
    case 'flag':
    case 'pad':
      break;
    case 'via':
      writer.room(2);
      writer.u16((value as Via).family);
      if ((value as Via).lladdr !== undefined) writer.append((value as Via).lladdr as Uint8Array);
      else writeAddress((value as Via).address as IpAddress, writer, name, undefined);
      break;
    case 'bitfield32':
      writer.room(8);
      writer.u32(word((value as Values).value, name));
      writer.u32(word((value as Values).selector, name));
      break;
    case 'struct':
      writeStruct(node, value as Values, writer);
      break;
    case 'nest':
      writeAttributes(node.attrs as AttrSet, undefined, value as Values, writer, name);
      break;
    case 'record':
      writeFields(node.fields as Fields, value as Values, writer);
      writeAttributes(node.attrs as AttrSet, node.fields, value as Values, writer, name);
      break;
    case 'list':
      for (const one of value as readonly unknown[]) writeValue(node.item as Node, one, writer, name, undefined);
      break;
    case 'items': {
      let number = node.first ?? 1;
      for (const one of value as readonly unknown[]) {
        writeAttribute(node.item as Node, node.number ?? number++, one, writer, name, {});
      }
      break;
    }
    case 'array':
      for (const one of value as readonly Values[]) writeElement(node.item as Node, one, writer, name);
      break;
    case 'many':
      throw new TypeError(`${name}: only an attribute of its own may repeat`);
    case 'select': {
      const type = selected(node, siblings?.[node.by as string]);
      if (type === undefined) writer.append(value as Uint8Array);
      else writeValue(type, value, writer, name, siblings);
    }
  }
}

/** An element that begins with its own length. */
function writeElement(node: Node, value: Values, writer: Writer, name: string): void {
  const start = writer.at;
  writeValue(node, value, writer, name, undefined);
  writer.setU16(start, writer.at - start);
  writer.align();
}

/** A struct that grows ends after its last given field, so that an old kernel's short form comes back as it was. */
function writeStruct(node: Node, values: Values, writer: Writer): void {
  const fields = structFields(node);
  if (node.grows !== true && node.tail === undefined) {
    writeFields(fields, values, writer);
    return;
  }
  const names = Object.keys(fields);
  let count = names.length;
  const least = node.grows === true ? 0 : Object.keys(node.fields ?? {}).length;
  while (count > least && values[names[count - 1] as string] === undefined) count--;
  for (const name of names.slice(0, count)) writeField(fields[name] as Node, values[name], writer, name);
}

/** Room for link-layer addresses too, which some lines have in the place of others. */
const MAX_ADDRESS = 64;

function writeAddress(value: IpAddress, writer: Writer, name: string, size: number | undefined): void {
  writer.room(MAX_ADDRESS);
  const start = writer.at;
  writer.at = value.writeBytes(writer.bytes, start);
  const length = writer.at - start;
  // One without bytes is for the kernel to judge.
  if (size !== undefined && length !== size && length !== 0)
    throw new RangeError(`${name}: address of the wrong family`);
}

function writeFixed(node: Node, value: unknown, writer: Writer, name: string): void {
  const size = node.size as number;
  const raw = node.kind === 'chars' ? encodeText(value as string) : (value as Uint8Array);
  if (raw.length > size) throw new RangeError(`${name}: ${raw.length} bytes, ${size} at most`);
  writer.append(raw);
  writer.zeros(size - raw.length);
}

function textBytes(value: string, bare: boolean, name: string): Uint8Array {
  if (value.includes('\0')) throw new RangeError(`${name}: text with a NUL`);
  return encodeText(bare ? value : `${value}\0`);
}

/** Signed and unsigned forms of the same bits are both fine. */
function word(value: unknown, name: string): number {
  const number = value as number;
  if ((number | 0) !== number && number >>> 0 !== number) throw new RangeError(`${name}: ${value} is no 32-bit number`);
  return number;
}

function small(value: unknown, bits: 8 | 16, name: string): number {
  const number = value as number;
  const limit = 1 << bits;
  if ((number | 0) !== number || number >= limit || number < -(limit >> 1)) {
    throw new RangeError(`${name}: ${value} is no ${bits}-bit number`);
  }
  return number & (limit - 1);
}

function long(value: unknown, name: string): bigint {
  if (typeof value !== 'bigint') throw new TypeError(`${name}: a bigint is wanted`);
  if (value >= 1n << 64n || value < -(1n << 63n)) throw new RangeError(`${name}: ${value} is no 64-bit number`);
  return value;
}

/** Bytes of a message's header, for those that build one by hand. */
export function headerSize(message: AnyMessage): number {
  return sizeOf(message.fields);
}
