import {readU16} from './bytes.js';
import {NLA_TYPE_MASK} from './constants.js';
import {nameOf, rowOf, selected, sizeOf} from './plan.js';
import type {AnyMessage, AttrSet, Node} from './schema.js';

/** A region of attributes that the schema explains. */
interface Region {
  readonly set: AttrSet | undefined;
  /** The only type of all children, in `items`. */
  readonly item: Node | undefined;
  readonly at: number;
  readonly end: number;
}

/** The values of text and integer attributes of one region: what `select` may look at. */
function discriminator(region: Region, buf: Uint8Array, littleEndian: boolean, by: string): unknown {
  const row = region.set === undefined ? undefined : rowOf(region.set, by);
  if (row === undefined) return undefined;
  const [number, node] = row;
  for (let at = region.at; region.end - at >= 4; ) {
    const length = readU16(buf, at, littleEndian);
    if (length < 4) return undefined;
    if ((readU16(buf, at + 2, littleEndian) & NLA_TYPE_MASK) === number) {
      if (node.kind === 'u16') return readU16(buf, at + 4, littleEndian);
      if (node.kind === 'u8') return buf[at + 4];
      let text = '';
      for (let i = at + 4; i < at + length && buf[i] !== 0; i++) text += String.fromCharCode(buf[i] as number);
      return text;
    }
    at += (length + 3) & ~3;
  }
  return undefined;
}

/** What lies within an attribute's payload, as far as it is attributes again. */
function inside(node: Node | undefined, at: number, end: number): Region | undefined {
  switch (node?.kind) {
    case 'nest':
      return {set: node.attrs, item: undefined, at, end};
    case 'record':
      return {set: node.attrs, item: undefined, at: at + sizeOf(node.fields ?? {}), end};
    case 'items':
      return {set: undefined, item: node.item, at, end};
    case 'many':
      return inside(node.item, at, end);
    default:
      return undefined;
  }
}

/** The attribute set that begins right behind an attribute header at `offset`, and the names that lead there. */
function descend(
  message: AnyMessage,
  buf: Uint8Array,
  start: number,
  end: number,
  offset: number,
  littleEndian: boolean,
): {path: string[]; set: AttrSet | undefined} {
  const path: string[] = [];
  let region: Region | undefined = {set: message.attrs, item: undefined, at: start + sizeOf(message.fields), end};
  let set: AttrSet | undefined = message.attrs;
  for (let depth = 0; region !== undefined && depth < 16; depth++) {
    const within: Region = region;
    region = undefined;
    for (let at = within.at; within.end - at >= 4; ) {
      const length = readU16(buf, at, littleEndian);
      if (length < 4 || length > within.end - at) break;
      if (offset >= at && offset < at + ((length + 3) & ~3)) {
        const type = readU16(buf, at + 2, littleEndian) & NLA_TYPE_MASK;
        const name = within.set === undefined ? undefined : nameOf(within.set, type);
        let node = name === undefined ? within.item : rowOf(within.set as AttrSet, name)?.[1];
        if (node?.kind === 'select') {
          node = selected(node, discriminator(within, buf, littleEndian, node.by as string));
        }
        path.push(name ?? `${type}`);
        const next = inside(node, at + 4, at + length);
        set = next?.set;
        if (offset > at) region = next;
        break;
      }
      at += (length + 3) & ~3;
    }
  }
  return {path, set};
}

/**
 * Schema name of the attribute at a byte of a request, dotted when nested: `linkinfo.data.id`.
 * @param start where the message's body begins in `buf`
 * @param offset position in `buf` that the kernel blames
 * @returns undefined where no attribute is
 */
export function attributeAt(
  message: AnyMessage,
  buf: Uint8Array,
  start: number,
  end: number,
  offset: number,
  littleEndian: boolean,
): string | undefined {
  const {path} = descend(message, buf, start, end, offset, littleEndian);
  return path.length === 0 ? undefined : path.join('.');
}

/**
 * Schema name of an attribute that the kernel misses.
 * @param nest position in `buf` of the attribute it is missed in; undefined at the top
 */
export function missingAttribute(
  message: AnyMessage,
  buf: Uint8Array,
  start: number,
  end: number,
  type: number,
  nest: number | undefined,
  littleEndian: boolean,
): string {
  const {path, set} =
    nest === undefined ? {path: [], set: message.attrs} : descend(message, buf, start, end, nest, littleEndian);
  const name = set === undefined ? undefined : nameOf(set as AttrSet, type);
  return [...path, name ?? `${type}`].join('.');
}
