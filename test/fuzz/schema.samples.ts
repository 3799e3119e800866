import {IpAddress} from '../../src/addr/ip.js';
import {encodeMessage} from '../../src/netlink/encode.js';
import {type AttrEntry, entriesOf, selected, selectTable, structFields} from '../../src/netlink/plan.js';
import type {AnyMessage, AttrSet, Fields, Node} from '../../src/netlink/schema.js';
import {Writer} from '../../src/netlink/writer.js';

/** Repeatable random numbers: a failure names its seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  /** An integer from 0 to `limit` - 1. Source: xorshift32. */
  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  /** An unsigned integer; often at an end of its range. */
  bits(width: number): number {
    const limit = 2 ** width;
    const pick = this.below(4);
    return pick === 0 ? 0 : pick === 1 ? limit - 1 : this.below(limit);
  }

  big(): bigint {
    return (BigInt(this.bits(32)) << 32n) | BigInt(this.bits(32));
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({length}, () => this.below(256));
  }
}

type Values = Record<string, unknown>;

function sampleText(random: Random, room: number): string {
  const letters = 'abcXYZ09-._é€';
  let text = '';
  for (let i = random.below(room); i > 0; i--) text += letters[random.below(letters.length)];
  return text;
}

function sampleAddress(random: Random, family: 2 | 10): IpAddress {
  const word = (): number => random.bits(32);
  return family === 2 ? IpAddress.inet(word()) : IpAddress.inet6(word(), word(), word(), word());
}

function sampleFields(fields: Fields, random: Random, depth: number, values: Values = {}): Values {
  for (const name of Object.keys(fields)) {
    const node = fields[name] as Node;
    if (node.kind !== 'pad') values[name] = sampleNode(node, random, depth);
  }
  return values;
}

function sampleAttributes(set: AttrSet, random: Random, depth: number, values: Values): Values {
  const entries = entriesOf(set);
  for (const entry of entries) values[entry.name] = undefined;
  if (depth > 5) return values;
  const share = entries.length > 12 ? 3 : 2;
  for (const {name, node} of entries) {
    if (node.kind !== 'select' && random.below(share) === 0) values[name] = sampleNode(node, random, depth + 1);
  }
  settle(entries, values, random);
  for (const {name, node} of entries) {
    if (node.kind !== 'select' || random.below(2) === 0) continue;
    const type = selected(node, values[node.by as string]);
    values[name] = type === undefined ? random.bytes(random.below(20)) : sampleNode(type, random, depth + 1);
  }
  return values;
}

/** Gives each discriminator a value that one of its selects knows, most times. */
function settle(entries: readonly AttrEntry[], values: Values, random: Random): void {
  for (const by of new Set(entries.map(entry => entry.node.by))) {
    if (by === undefined || random.below(5) === 0) continue;
    const keys = entries.flatMap(({node}) => (node.by === by ? Object.keys(selectTable(node)) : []));
    const key = keys[random.below(keys.length || 1)];
    if (key !== undefined) values[by] = /^\d+$/.test(key) ? Number(key) : key;
  }
}

function sampleStruct(node: Node, random: Random, depth: number): Values {
  const fields = structFields(node);
  const values = sampleFields(fields, random, depth);
  const names = Object.keys(fields);
  const least = node.grows === true ? 0 : Object.keys(node.fields ?? {}).length;
  if (least < names.length) {
    const count = least + random.below(names.length - least + 1);
    for (const name of names.slice(count)) if (name in values) values[name] = undefined;
  }
  return values;
}

/** A random value of a type, as decoding would give it. */
export function sampleNode(node: Node, random: Random, depth = 0): unknown {
  switch (node.kind) {
    case 'u8':
      return random.bits(8);
    case 'i8':
      return (random.bits(8) << 24) >> 24;
    case 'u16':
    case 'be16':
      return random.bits(16);
    case 'i16':
      return (random.bits(16) << 16) >> 16;
    case 'u32':
    case 'be32':
      return random.bits(32);
    case 'i32':
      return random.bits(32) | 0;
    case 'u64':
    case 'be64':
    case 'uint':
      return random.big();
    case 'i64':
      return BigInt.asIntN(64, random.big());
    case 'inet':
      return sampleAddress(random, 2);
    case 'inet6':
      return sampleAddress(random, 10);
    case 'address':
      return sampleAddress(random, random.below(2) === 0 ? 2 : 10);
    case 'via':
      return {family: random.bits(16), address: sampleAddress(random, random.below(2) === 0 ? 2 : 10)};
    case 'bitfield32':
      return {value: random.bits(32), selector: random.bits(32)};
    case 'octets':
      return random.bytes(node.size as number);
    case 'bytes':
      return random.bytes(random.below(40));
    case 'chars':
      return sampleText(random, Math.ceil((node.size as number) / 3));
    case 'text':
      return sampleText(random, 16);
    case 'flag':
      return true;
    case 'pad':
      return undefined;
    case 'struct':
      return sampleStruct(node, random, depth);
    case 'nest':
      return sampleAttributes(node.attrs as AttrSet, random, depth, {});
    case 'record':
      return sampleAttributes(node.attrs as AttrSet, random, depth, sampleFields(node.fields ?? {}, random, depth));
    case 'array':
    case 'list':
    case 'items':
    case 'many':
      return sampleList(node, random, depth);
    case 'select':
      throw new TypeError('a select needs its siblings');
  }
}

function sampleList(node: Node, random: Random, depth: number): unknown[] {
  const count = random.below(4) + (node.kind === 'many' ? 1 : 0);
  const list = Array.from({length: count}, () => sampleNode(node.item as Node, random, depth + 1));
  if (node.kind === 'array') for (const element of list) setLength(node.item as Node, element as Values);
  return list;
}

/** The encoder computes the length that an element begins with. */
function setLength(node: Node, element: Values): void {
  const {fields = {}, attrs = {kind: 'attrs', table: {}}} = node;
  const writer = new Writer();
  encodeMessage({kind: 'message', name: 'element', fields, attrs}, element, writer);
  element[Object.keys(fields)[0] as string] = writer.at;
}

/** A random record of a message. */
export function sampleMessage(message: AnyMessage, random: Random): Values {
  return sampleAttributes(message.attrs, random, 0, sampleFields(message.fields, random, 0));
}
