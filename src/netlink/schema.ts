/**
 * The vocabulary that declares kernel messages. One table gives the decoder, the encoder and the TypeScript type.
 * Everything here only builds plain object literals: plans and code are made at first use (codec.ts).
 */

// biome-ignore lint/suspicious/noExplicitAny: the border between declared tables and inferred types
type Any = any;

/** How the bytes of one value are read; the discriminant of every node. */
export type Kind =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'be16'
  | 'be32'
  | 'u64'
  | 'i64'
  | 'be64'
  | 'uint'
  | 'inet'
  | 'inet6'
  | 'octets'
  | 'chars'
  | 'pad'
  | 'text'
  | 'bytes'
  | 'flag'
  | 'address'
  | 'via'
  | 'bitfield32'
  | 'struct'
  | 'nest'
  | 'record'
  | 'list'
  | 'items'
  | 'array'
  | 'many'
  | 'select';

/** What codecs see of a type. */
export interface Node {
  readonly kind: Kind;
  /** Bytes of a fixed-size value. */
  readonly size?: number;
  readonly name?: string;
  /** Fields of a struct or of a record's header, in wire order. */
  readonly fields?: Fields;
  /** Fields that newer kernels append to a struct. */
  readonly tail?: Fields;
  /** `true`: every field of the struct may be absent. */
  readonly grows?: boolean;
  readonly attrs?: AttrSet;
  readonly item?: Node;
  readonly by?: string;
  readonly table?: SelectTable | (() => SelectTable);
  readonly otherwise?: Node;
  /** An address may have any number of bytes. */
  readonly isOpen?: boolean;
  /** The text is encoded without a NUL. */
  readonly bare?: boolean;
  /** NLA_F_NESTED is set when encoding. */
  readonly flag?: boolean;
  /** Attribute type of the children of `items`; absent: 1, 2, 3... */
  readonly number?: number;
  /** The same, of the first child of `items` where they count up; absent: 1. */
  readonly first?: number;
  readonly derived?: Derived;
}

declare const phantom: unique symbol;

/** A value's form on the wire: `D` is what decoding gives, `E` what encoding takes. */
export interface Type<D = unknown, E = D> extends Node {
  readonly [phantom]?: {readonly decoded: D; readonly encodable: E};
}

/** A type of fixed size, fit for headers, structs and packed lists. */
export interface Scalar<D = unknown, E = D> extends Type<D, E> {
  readonly size: number;
}

/** Bytes between fields; they do not appear in records. */
export interface Pad extends Scalar<undefined> {
  readonly kind: 'pad';
}

/** Fields by name, in wire order. Natural alignment is not implied: declare holes with `pad`. */
export interface Fields {
  readonly [name: string]: Scalar<Any, Any>;
}

/** Attributes by name: `[number, type]`. */
export interface AttrTable {
  readonly [name: string]: readonly [number, Type<Any, Any>];
}

/** Tables of `select`, by the value of the discriminator. */
export interface SelectTable {
  readonly [value: string | number]: Type<Any, Any>;
}

/** Getters by name; each gets the record. */
export interface Derived {
  readonly [name: string]: (record: Any) => unknown;
}

/** A declared set of attributes. */
export interface AttrSet<A extends AttrTable = AttrTable, G extends object = object> {
  readonly kind: 'attrs';
  readonly table: A;
  readonly derived?: Derived;
  readonly [phantom]?: G;
}

/** A declared message. `protocol` and `types` serve the trace only. */
export interface Message<H extends Fields = Any, A extends AttrTable = Any, G extends object = Any> {
  readonly kind: 'message';
  readonly name: string;
  readonly fields: H;
  readonly attrs: AttrSet<A>;
  readonly derived?: Derived;
  readonly protocol?: number;
  readonly types?: {readonly [type: number]: string};
  readonly [phantom]?: G;
}

type DecodedBy<T> = T extends {readonly [phantom]?: {readonly decoded: infer D}} ? D : never;
type EncodableBy<T> = T extends {readonly [phantom]?: {readonly encodable: infer E}} ? E : never;

type DecodedFields<F> = {readonly [K in keyof F as F[K] extends {readonly kind: 'pad'} ? never : K]: DecodedBy<F[K]>};
type EncodableFields<F> = {
  readonly [K in keyof F as F[K] extends {readonly kind: 'pad'} ? never : K]?: EncodableBy<F[K]> | undefined;
};
type OptionalFields<F> = {
  readonly [K in keyof F as F[K] extends {readonly kind: 'pad'} ? never : K]: DecodedBy<F[K]> | undefined;
};
type DecodedAttrs<A extends AttrTable> = {readonly [K in keyof A]: DecodedBy<A[K][1]> | undefined};
type EncodableAttrs<A extends AttrTable> = {readonly [K in keyof A]?: EncodableBy<A[K][1]> | undefined};
type Flat<T> = {[K in keyof T]: T[K]} & {};
/** Getters as the author writes them, from the properties they give. */
type Getters<R, G> = {readonly [K in keyof G]: (record: R) => G[K]};

/**
 * The record that decoding a message (or attribute set, or type) gives. All header fields and all attributes are own
 * properties, `undefined` where the kernel sent none; derived getters stand on the prototype.
 */
export type Decoded<M> =
  M extends Message<infer H, infer A, infer G>
    ? Flat<DecodedFields<H> & DecodedAttrs<A> & Readonly<G>>
    : M extends AttrSet<infer A, infer G>
      ? Flat<DecodedAttrs<A> & Readonly<G>>
      : DecodedBy<M>;

/**
 * What encoding takes: everything optional, absent header fields are zero. Attributes are written in the order of the
 * object's properties, so a request can equal the reference's byte for byte.
 */
export type Encodable<M> =
  M extends Message<infer H, infer A, Any>
    ? Flat<EncodableFields<H> & EncodableAttrs<A>>
    : M extends AttrSet<infer A, Any>
      ? Flat<EncodableAttrs<A>>
      : EncodableBy<M>;

/** Any message, for code that works on all of them. */
export type AnyMessage = Message<Any, Any, Any>;

/** Host byte order integers. */
export const u8: Scalar<number> = {kind: 'u8', size: 1};
export const u16: Scalar<number> = {kind: 'u16', size: 2};
export const u32: Scalar<number> = {kind: 'u32', size: 4};
export const i8: Scalar<number> = {kind: 'i8', size: 1};
export const i16: Scalar<number> = {kind: 'i16', size: 2};
export const i32: Scalar<number> = {kind: 'i32', size: 4};
/** Network byte order integers. */
export const be16: Scalar<number> = {kind: 'be16', size: 2};
export const be32: Scalar<number> = {kind: 'be32', size: 4};
/** 64-bit integers are never rounded. */
export const u64: Scalar<bigint> = {kind: 'u64', size: 8};
export const i64: Scalar<bigint> = {kind: 'i64', size: 8};
export const be64: Scalar<bigint> = {kind: 'be64', size: 8};
/** NLA_UINT: 4 or 8 bytes, as the kernel finds room; encodes in 4 where the value fits. */
export const uint: Type<bigint> = {kind: 'uint'};
/** Text up to the first NUL; encodes with one. Bytes that are not UTF-8 survive as lone surrogates (addr/text.ts). */
export const text: Type<string> = {kind: 'text'};
/** As `text`, but encodes without the NUL, as the reference sends some names. */
export const bareText: Type<string> = {kind: 'text', bare: true};
/** The payload, copied. */
export const bytes: Type<Uint8Array> = {kind: 'bytes'};
/** An attribute without payload: it is there or not. `undefined` and `false` are not sent. */
export const flag: Type<true, boolean> = {kind: 'flag'};
/** An inet (4 bytes) or inet6 (16 bytes) address, told apart by its length. */
export const address: Type<import('../addr/ip.js').IpAddress> = {kind: 'address'};
/** The same, where another family may have bytes of another number: they become an `OpaqueAddress`. */
export const addressOfAnyFamily: Type<import('../addr/ip.js').IpAddress> = {kind: 'address', isOpen: true};
/** The same, where a request may hold an address of no bytes: what the words `any` and `all` say. */
export const addressOrNone: Type<
  import('../addr/ip.js').IpAddress,
  import('../addr/ip.js').IpAddress | typeof noAddress
> = {kind: 'address'};
/** An address of no bytes. */
export const noAddress = 'none';
/** A link-layer address of any length. */
export const lladdr: Type<Uint8Array> = {kind: 'bytes'};
/** An address of fixed family, fit for headers and structs. */
export const inet: Scalar<import('../addr/ip.js').IpAddress> = {kind: 'inet', size: 4};
export const inet6: Scalar<import('../addr/ip.js').IpAddress> = {kind: 'inet6', size: 16};

/** A next hop of another family than the route's. Source: uapi linux/rtnetlink.h, struct rtvia. */
export interface Via {
  readonly family: number;
  /** Of 4 or 16 bytes. */
  readonly address?: import('../addr/ip.js').IpAddress | undefined;
  /** Of any other length: a link-layer address. */
  readonly lladdr?: Uint8Array | undefined;
}
export const via: Type<Via> = {kind: 'via'};

/** Source: uapi linux/netlink.h, struct nla_bitfield32. */
export interface Bitfield32 {
  readonly value: number;
  readonly selector: number;
}
export const bitfield32: Scalar<Bitfield32> = {kind: 'bitfield32', size: 8};

/** A hole of `size` bytes: ignored when decoding, zero when encoding. */
export function pad(size: number): Pad {
  return {kind: 'pad', size};
}

/** A byte string of fixed size inside a header or struct. */
export function octets(size: number): Scalar<Uint8Array> {
  return {kind: 'octets', size};
}

/** A text in a buffer of fixed size, ended by NUL unless it fills the buffer. */
export function chars(size: number): Scalar<string> {
  return {kind: 'chars', size};
}

/**
 * A C struct; longer ones than declared are from newer kernels and fine, shorter ones throw.
 * `tail`: fields that newer kernels append, `undefined` where the kernel is older.
 */
export function struct<F extends Fields, T extends Fields, G extends object = object>(
  name: string,
  fields: F,
  options: {readonly tail: T; readonly derived?: Getters<DecodedFields<F> & OptionalFields<T>, G>},
): Type<Flat<DecodedFields<F> & OptionalFields<T> & Readonly<G>>, Flat<EncodableFields<F> & EncodableFields<T>>>;
/** `grows`: any field may be absent, as in `tcp_info`. */
export function struct<F extends Fields, G extends object = object>(
  name: string,
  fields: F,
  options: {readonly grows: true; readonly derived?: Getters<OptionalFields<F>, G>},
): Type<Flat<OptionalFields<F> & Readonly<G>>, Flat<EncodableFields<F>>>;
/** Without either: all fields must be there. */
export function struct<F extends Fields, G extends object = object>(
  name: string,
  fields: F,
  options?: {readonly grows?: false; readonly derived?: Getters<DecodedFields<F>, G>},
): Scalar<Flat<DecodedFields<F> & Readonly<G>>, Flat<EncodableFields<F>>>;
export function struct(
  name: string,
  fields: Fields,
  options: {readonly grows?: boolean; readonly tail?: Fields; readonly derived?: Derived} = {},
): Type<Any, Any> {
  let size = 0;
  for (const field in fields) size += fields[field]?.size ?? 0;
  return {kind: 'struct', name, fields, size, ...options};
}

/** A set of attributes, for messages, nests and records. */
export function attrs<A extends AttrTable, G extends object = object>(
  table: A,
  options?: {readonly derived?: Getters<DecodedAttrs<A>, G>},
): AttrSet<A, G> {
  return {kind: 'attrs', table, ...options};
}

/**
 * An attribute whose payload is attributes. `flag` sets NLA_F_NESTED when encoding. A set given as a function is asked at
 * first use: its module need not be loaded before.
 */
export function nest<S extends AttrSet>(
  set: S | (() => S),
  options?: {readonly flag?: boolean},
): Type<Decoded<S>, Encodable<S>> {
  if (typeof set !== 'function') return {kind: 'nest', attrs: set, ...options};
  return {
    kind: 'nest',
    get attrs() {
      return set();
    },
    ...options,
  };
}

/** A fixed header followed by attributes, as the payload of an attribute or the element of `array`. */
export function record<F extends Fields, S extends AttrSet, G extends object = object>(
  fields: F,
  set: S,
  options?: {readonly derived?: Getters<DecodedFields<F> & Decoded<S>, G>; readonly flag?: boolean},
): Type<Flat<DecodedFields<F> & Decoded<S> & Readonly<G>>, Flat<EncodableFields<F> & Encodable<S>>> {
  return {kind: 'record', fields, attrs: set, ...options};
}

/** A packed array of values of fixed size; a rest shorter than one value is ignored. */
export function list<D, E>(item: Scalar<D, E>): Type<D[], readonly E[]> {
  return {kind: 'list', item};
}

/**
 * A nest whose children are the elements of an array; their numbers are ignored, and when encoding they are 1, 2, 3...,
 * count up from `first`, or are all `number`.
 */
export function items<D, E>(
  item: Type<D, E>,
  options?: {readonly flag?: boolean; readonly number?: number; readonly first?: number},
): Type<D[], readonly E[]> {
  return {kind: 'items', item, ...options};
}

/** Elements that begin with their own length (u16, the record's first field), 4-aligned, as struct rtnexthop does. */
export function array<D, E>(element: Type<D, E>): Type<D[], readonly E[]> {
  return {kind: 'array', item: element};
}

/** An attribute that may come more than once. */
export function many<D, E>(item: Type<D, E>): Type<D[], readonly E[]> {
  return {kind: 'many', item};
}

/**
 * An attribute whose form depends on a sibling attribute or header field `by`, wherever that one comes. Values without an
 * entry decode as `otherwise`, copied bytes by default. A table given as a function is asked at first use.
 */
export function select<T extends SelectTable, O = Type<Uint8Array>>(
  by: string,
  table: T | (() => T),
  options?: {readonly otherwise?: O},
): Type<DecodedBy<T[keyof T]> | DecodedBy<O>, EncodableBy<T[keyof T]> | EncodableBy<O>> {
  return {kind: 'select', by, table, ...(options as {otherwise?: Node} | undefined)};
}

const registered: AnyMessage[] = [];

/** Every message declared so far, for property tests and the trace. */
export function messages(): readonly AnyMessage[] {
  return registered;
}

/**
 * A netlink message: fixed header fields, then attributes.
 * @param options.derived getters on the record's prototype; each gets the record without the derived ones
 * @param options.protocol netlink protocol of `types`; NETLINK_ROUTE by default
 * @param options.types names of the message types, for the trace: `{24: 'RTM_NEWROUTE'}`
 */
export function message<H extends Fields, A extends AttrTable, G extends object = object>(
  name: string,
  fields: H,
  table: A,
  options?: {
    readonly derived?: Getters<DecodedFields<H> & DecodedAttrs<A>, G>;
    readonly protocol?: number;
    readonly types?: {readonly [type: number]: string};
  },
): Message<H, A, G> {
  const made: Message<H, A, G> = {kind: 'message', name, fields, attrs: {kind: 'attrs', table}, ...options};
  registered.push(made);
  return made;
}
