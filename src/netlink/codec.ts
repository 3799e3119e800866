import {DecodeError} from '../errors.js';
import {copyBytes} from './bytes.js';
import {compile, compileNode, type Decoder, type SelectReader} from './compile.js';
import {encodeMessage} from './encode.js';
import {interpret, interpretNode, MAX_DEPTH, type UnknownAttribute} from './interpret.js';
import {selected} from './plan.js';
import type {AnyMessage, Decoded, Encodable, Node, Type} from './schema.js';
import {hostIsLittleEndian, type Writer} from './writer.js';

/** Messages of a kind that are interpreted before code is generated: most runs never see more. */
export const COMPILE_AFTER = 16;

/**
 * Decoder and encoder of one message: interprets at first, then generates code; where that is forbidden it goes on
 * interpreting.
 */
export class Codec<M extends AnyMessage> {
  readonly message: M;
  readonly littleEndian: boolean;
  private seen = 0;
  private compiled: Decoder<Decoded<M>> | undefined;

  constructor(message: M, littleEndian: boolean = hostIsLittleEndian()) {
    this.message = message;
    this.littleEndian = littleEndian;
  }

  /**
   * Decodes the body of a message: `buf[at..end)`, after the netlink header. The record owns all its memory. @hot
   * @param unknown collects the attributes the schema does not know; interprets
   * @throws {DecodeError} naming message, attribute and lengths
   */
  decode(buf: Uint8Array, at: number, end: number, unknown?: UnknownAttribute[]): Decoded<M> {
    const {compiled} = this;
    if (compiled === undefined || unknown !== undefined || end > buf.length) return this.slow(buf, at, end, unknown);
    try {
      return compiled(buf, at, end);
    } catch {
      return interpret(this.message, buf, at, end, undefined, this.littleEndian);
    }
  }

  /** Appends the body. @throws {TypeError | RangeError} when the request does not fit the schema */
  encode(request: Encodable<M>, writer: Writer): void {
    encodeMessage(this.message, request, writer);
  }

  private slow(buf: Uint8Array, at: number, end: number, unknown: UnknownAttribute[] | undefined): Decoded<M> {
    if (++this.seen === COMPILE_AFTER) {
      this.compiled = generated(() => compile(this.message, reader(this.littleEndian), this.littleEndian));
    }
    return interpret(this.message, buf, at, end, unknown, this.littleEndian);
  }
}

/** Code, or undefined where it may not be generated. */
function generated<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

let codecs: WeakMap<AnyMessage, Codec<AnyMessage>> | undefined;

/** The codec of a message; one per process. */
export function codecOf<M extends AnyMessage>(message: M): Codec<M> {
  codecs ??= new WeakMap();
  let codec = codecs.get(message) as Codec<M> | undefined;
  if (codec === undefined) {
    codec = new Codec(message);
    codecs.set(message, codec as Codec<AnyMessage>);
  }
  return codec;
}

/** Decodes a value by itself, such as the payload of one attribute. @throws {DecodeError} */
export function decodeValue<D, E>(type: Type<D, E>, buf: Uint8Array, at: number, end: number): D {
  return interpretNode(type, type.name ?? type.kind, buf, at, end, 0, hostIsLittleEndian()) as D;
}

/** One branch of a select, adaptive like a message. */
interface Branch {
  seen: number;
  decoder: Decoder<unknown> | undefined;
}

let branches: [WeakMap<Node, Branch>, WeakMap<Node, Branch>] | undefined;
let selectDepth = 0;

/** Reads selects for compiled decoders. */
export function reader(littleEndian: boolean): SelectReader {
  return littleEndian ? readLittle : readBig;
}

function readLittle(node: Node, by: unknown, buf: Uint8Array, at: number, end: number): unknown {
  return read(node, by, buf, at, end, true);
}

function readBig(node: Node, by: unknown, buf: Uint8Array, at: number, end: number): unknown {
  return read(node, by, buf, at, end, false);
}

function read(node: Node, by: unknown, buf: Uint8Array, at: number, end: number, littleEndian: boolean): unknown {
  const type = selected(node, by);
  if (type === undefined) return copyBytes(buf, at, end);
  if (selectDepth >= MAX_DEPTH) throw new DecodeError('nested too deep');
  branches ??= [new WeakMap(), new WeakMap()];
  const known = branches[littleEndian ? 0 : 1];
  let branch = known.get(type);
  if (branch === undefined) {
    branch = {seen: 0, decoder: undefined};
    known.set(type, branch);
  }
  if (branch.decoder === undefined) {
    if (++branch.seen === COMPILE_AFTER) {
      branch.decoder = generated(() => compileNode(type, reader(littleEndian), littleEndian));
    }
    return interpretNode(type, 'select', buf, at, end, selectDepth + 1, littleEndian);
  }
  selectDepth++;
  try {
    return branch.decoder(buf, at, end);
  } finally {
    selectDepth--;
  }
}
