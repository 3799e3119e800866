import {IpAddress} from '../addr/ip.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {DecodeError} from '../errors.js';
import {copyBytes, readI32, readU16, readU32, textUntilNul, viewOf} from './bytes.js';
import {NLA_TYPE_MASK} from './constants.js';
import {planOf, prototypeOf, type SetPlan, selected, sizeOf, structFields, structMinimum} from './plan.js';
import type {AnyMessage, AttrSet, Decoded, Fields, Node} from './schema.js';
import {hostIsLittleEndian} from './writer.js';

/** Selects within selects: only through them a schema can recurse, and the kernel's messages stay far below. */
export const MAX_DEPTH = 16;

/** An attribute the schema does not know. */
export interface UnknownAttribute {
  /** Names of the attributes around it, outermost first. */
  readonly path: readonly string[];
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** What is the same for all parts of one message. */
interface Context {
  readonly littleEndian: boolean;
  /** Message name, then the attributes around the current position: the first `level` of them. */
  readonly path: string[];
  level: number;
  readonly unknown: UnknownAttribute[] | undefined;
  depth: number;
}

type Values = Record<string, unknown>;

/**
 * Decodes one message by walking its schema: the slow, obvious way, and the oracle of the compiled one.
 * @param unknown collects the attributes the schema does not know
 * @throws {DecodeError}
 */
export function interpret<M extends AnyMessage>(
  message: M,
  buf: Uint8Array,
  at: number,
  end: number,
  unknown?: UnknownAttribute[],
  littleEndian: boolean = hostIsLittleEndian(),
): Decoded<M> {
  const context: Context = {littleEndian, path: [message.name], level: 1, unknown, depth: 0};
  return readShape(message.fields, message.attrs, prototypeOf(message), buf, at, end, context) as Decoded<M>;
}

/** Decodes the payload of one attribute. */
export function interpretNode(
  node: Node,
  name: string,
  buf: Uint8Array,
  at: number,
  end: number,
  depth: number,
  littleEndian: boolean,
): unknown {
  return readNode(node, buf, at, end, {littleEndian, path: [name], level: 1, unknown: undefined, depth}, {});
}

function fail(context: Context, text: string): never {
  throw new DecodeError(`${context.path.slice(0, context.level).join(': ')}: ${text}`);
}

function readShape(
  fields: Fields | undefined,
  set: AttrSet,
  prototype: object,
  buf: Uint8Array,
  at: number,
  end: number,
  context: Context,
): Values {
  const values = Object.create(prototype) as Values;
  let position = at;
  if (end <= buf.length) position = fields === undefined ? at : readFields(fields, values, buf, at, end, context);
  if (position > end || end > buf.length) fail(context, `header of ${sizeOf(fields ?? {})} bytes, ${end - at} left`);
  readAttributes(set, values, buf, position, end, context);
  return values;
}

/** Reads fields one after the other; those that do not fit before `end` become undefined. @returns where they end */
function readFields(
  fields: Fields,
  values: Values,
  buf: Uint8Array,
  at: number,
  end: number,
  context: Context,
): number {
  let position = at;
  for (const name of Object.keys(fields)) {
    const node = fields[name] as Node;
    const next = position + (node.size ?? 0);
    if (node.kind !== 'pad') {
      values[name] = next <= end ? readNode(node, buf, position, next, context, values) : undefined;
    }
    position = next;
  }
  return position;
}

function wrongLength(name: string, length: number, left: number, context: Context): never {
  fail(context, `${name}: ${length} bytes announced, ${left} left`);
}

/** Selects wait until the attribute that tells what they are has been read: where they lie, by their place in the plan. */
type Selects = Map<number, readonly [at: number, end: number]>;

function readAttributes(
  set: AttrSet,
  values: Values,
  buf: Uint8Array,
  at: number,
  end: number,
  context: Context,
): void {
  const plan = planOf(set);
  const {names, numbers, nodes} = plan;
  // Values wait here until all are known: each property is stored once, in declared order, with its own value.
  const found: unknown[] = [];
  for (let i = 0; i < names.length; i++) found.push(undefined);
  let selects: Selects | undefined;
  const {level, littleEndian} = context;
  for (let position = at; end - position >= 4; ) {
    const length = readU16(buf, position, littleEndian);
    const type = readU16(buf, position + 2, littleEndian) & NLA_TYPE_MASK;
    const payload = position + 4;
    const next = position + length;
    const i = numbers.indexOf(type);
    if (length < 4 || next > end) wrongLength(names[i] ?? `attribute ${type}`, length, end - position, context);
    position += (length + 3) & ~3;
    if (i < 0) {
      if (context.unknown !== undefined) keepUnknown(type, buf, payload, next, context);
      continue;
    }
    const node = nodes[i] as Node;
    context.path[level] = names[i] as string;
    context.level = level + 1;
    if (node.kind === 'select') {
      selects ??= new Map();
      selects.set(i, [payload, next]);
    } else if (node.kind === 'many') {
      found[i] = withOneMore(found[i], readNode(node.item as Node, buf, payload, next, context, values));
    } else {
      found[i] = readNode(node, buf, payload, next, context, values);
    }
    context.level = level;
  }
  for (let i = 0; i < names.length; i++) values[names[i] as string] = found[i];
  if (selects !== undefined) readSelects(selects, plan, values, buf, context);
}

function keepUnknown(type: number, buf: Uint8Array, at: number, end: number, context: Context): void {
  context.unknown?.push({path: context.path.slice(1, context.level), type, bytes: copyBytes(buf, at, end)});
}

function withOneMore(list: unknown, value: unknown): unknown[] {
  if (list === undefined) return [value];
  (list as unknown[]).push(value);
  return list as unknown[];
}

/** The last of its name counts, as with other attributes. */
function readSelects(
  selects: Selects,
  {names, nodes}: SetPlan,
  values: Values,
  buf: Uint8Array,
  context: Context,
): void {
  const level = context.level++;
  for (const [i, [at, end]] of selects) {
    const name = names[i] as string;
    context.path[level] = name;
    values[name] = readSelect(nodes[i] as Node, buf, at, end, context, values);
  }
  context.level = level;
}

function readSelect(node: Node, buf: Uint8Array, at: number, end: number, context: Context, siblings: Values): unknown {
  const type = selected(node, siblings[node.by as string]);
  if (type === undefined) return copyBytes(buf, at, end);
  if (context.depth >= MAX_DEPTH) fail(context, 'nested too deep');
  context.depth++;
  const value = readNode(type, buf, at, end, context, siblings);
  context.depth--;
  return value;
}

function readNode(node: Node, buf: Uint8Array, at: number, end: number, context: Context, siblings: Values): unknown {
  const {littleEndian} = context;
  const length = end - at;
  if (node.size !== undefined && node.kind !== 'struct' && length < node.size) {
    fail(context, `${node.size} bytes wanted, ${length} present`);
  }
  switch (node.kind) {
    case 'u32':
      return readU32(buf, at, littleEndian);
    case 'u8':
      return buf[at];
    case 'text':
      return textUntilNul(buf, at, end);
    case 'bytes':
      return copyBytes(buf, at, end);
    case 'i32':
      return readI32(buf, at, littleEndian);
    case 'u16':
      return readU16(buf, at, littleEndian);
    case 'address':
      if (node.isOpen && length !== 4 && length !== 16) return new OpaqueAddress(0, copyBytes(buf, at, end));
      return readAddress(buf, at, length, context);
    case 'nest':
      return readShape(undefined, node.attrs as AttrSet, prototypeOf(node.attrs as AttrSet), buf, at, end, context);
    case 'record':
      return readShape(node.fields, node.attrs as AttrSet, prototypeOf(node), buf, at, end, context);
    case 'struct': {
      const minimum = structMinimum(node);
      if (length < minimum) fail(context, `${minimum} bytes wanted, ${length} present`);
      const values = Object.create(prototypeOf(node)) as Values;
      readFields(structFields(node), values, buf, at, end, context);
      return values;
    }
    default:
      return readOther(node, buf, at, end, context, siblings);
  }
}

/** What few messages have: a function of its own, for V8 reads and compiles a function as a whole. */
function readOther(node: Node, buf: Uint8Array, at: number, end: number, context: Context, siblings: Values): unknown {
  const {littleEndian} = context;
  const length = end - at;
  switch (node.kind) {
    case 'i8':
      return ((buf[at] as number) << 24) >> 24;
    case 'i16':
      return (readU16(buf, at, littleEndian) << 16) >> 16;
    case 'be16':
      return readU16(buf, at, false);
    case 'be32':
      return readU32(buf, at, false);
    case 'u64':
      return viewOf(buf).getBigUint64(at, littleEndian);
    case 'i64':
      return viewOf(buf).getBigInt64(at, littleEndian);
    case 'be64':
      return viewOf(buf).getBigUint64(at, false);
    case 'uint':
      if (length >= 8) return viewOf(buf).getBigUint64(at, littleEndian);
      if (length >= 4) return BigInt(readU32(buf, at, littleEndian));
      return fail(context, `4 or 8 bytes wanted, ${length} present`);
    case 'inet':
      return IpAddress.fromBytes(buf, at, 4);
    case 'inet6':
      return IpAddress.fromBytes(buf, at, 16);
    case 'via':
      if (length < 2) fail(context, `2 bytes wanted, ${length} present`);
      return length === 6 || length === 18
        ? {
            family: readU16(buf, at, littleEndian),
            address: readAddress(buf, at + 2, length - 2, context),
            lladdr: undefined,
          }
        : {family: readU16(buf, at, littleEndian), address: undefined, lladdr: copyBytes(buf, at + 2, end)};
    case 'bitfield32':
      return {value: readU32(buf, at, littleEndian), selector: readU32(buf, at + 4, littleEndian)};
    case 'octets':
      return copyBytes(buf, at, at + (node.size as number));
    case 'chars':
      return textUntilNul(buf, at, at + (node.size as number));
    case 'flag':
      return true;
    case 'pad':
      return undefined;
    case 'list': {
      const item = node.item as Node;
      const step = item.size as number;
      const out: unknown[] = [];
      for (let p = at; end - p >= step; p += step) out.push(readNode(item, buf, p, p + step, context, siblings));
      return out;
    }
    case 'items':
      return readItems(node.item as Node, buf, at, end, context);
    case 'array':
      return readArray(node.item as Node, buf, at, end, context);
    case 'many':
      return [readNode(node.item as Node, buf, at, end, context, siblings)];
    case 'select':
      return readSelect(node, buf, at, end, context, siblings);
  }
}

function readAddress(buf: Uint8Array, at: number, length: number, context: Context): IpAddress {
  if (length !== 4 && length !== 16) fail(context, `4 or 16 bytes wanted, ${length} present`);
  return IpAddress.fromBytes(buf, at, length);
}

function readItems(item: Node, buf: Uint8Array, at: number, end: number, context: Context): unknown[] {
  const out: unknown[] = [];
  for (let position = at; end - position >= 4; ) {
    const length = readU16(buf, position, context.littleEndian);
    if (length < 4 || length > end - position) wrongLength('element', length, end - position, context);
    out.push(readNode(item, buf, position + 4, position + length, context, {}));
    position += (length + 3) & ~3;
  }
  return out;
}

function readArray(element: Node, buf: Uint8Array, at: number, end: number, context: Context): unknown[] {
  const size = sizeOf(element.fields ?? {});
  const out: unknown[] = [];
  let position = at;
  while (end - position >= size) {
    const length = readU16(buf, position, context.littleEndian);
    if (length < size || length > end - position) wrongLength('element', length, end - position, context);
    out.push(readNode(element, buf, position, position + length, context, {}));
    position += (length + 3) & ~3;
  }
  return out;
}
