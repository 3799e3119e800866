import {IpAddress} from '../addr/ip.js';
import {parseLladdr} from '../addr/lladdr.js';
import {Prefix} from '../addr/prefix.js';
import {fromSubnet, type Subnet} from '../addr/subnet.js';
import type {Names, NameTable} from '../names/tables.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage} from '../netlink/schema.js';
import {AF_INET, AF_INET6, AF_UNSPEC} from './constants.js';

/** A link by its name, one of its alternative names, or its index. */
export type Device = string | number;
/** An IP address, as text in its strict form (`192.0.2.1`, `fd00::1`), parsed, or of the package ip-address. */
export type AddressInput = string | IpAddress | Subnet;
/** An address with a prefix length (`192.0.2.0/24`); without one it is a whole address. */
export type PrefixInput = string | Prefix | Subnet;
/** An address family by its word or number. */
export type FamilyInput = 'inet' | 'inet6' | number;
/** A link-layer address, as hex bytes joined by colons or as bytes. */
export type LladdrInput = string | Uint8Array;
/** A value with names in /etc/iproute2, by name, digits or number. */
export type NamedInput = string | number;

/** What a program passed cannot be meant. `field` is the property at fault. */
export class InputError extends RangeError {
  override readonly name = 'InputError';
  readonly code = 'ERR_INPUT';
  readonly field: string;

  constructor(field: string, value: unknown, cause?: unknown) {
    super(`${field}: ${JSON.stringify(value)} is not valid`, cause === undefined ? undefined : {cause});
    this.field = field;
  }
}

/** What turns input into a request beyond the input itself. */
export interface InputContext {
  readonly names: Names;
  /** Index of a device that `Change.devices` named. */
  index(device: Device): number;
  /** Descriptor of a namespace file, closed after the request was answered. */
  namespace(nameOrPath: string): number;
}

/** One kind of change: how its input becomes a request. */
export interface Change<I, M extends AnyMessage = AnyMessage> {
  /** Devices that have to be looked up before `request` is called. */
  devices(input: I): readonly (Device | undefined)[];
  /** @throws {InputError} */
  request(input: I, context: InputContext): Request<M>;
}

/** Makes a change from its two halves. */
export function change<I, M extends AnyMessage = AnyMessage>(
  devices: (input: I) => readonly (Device | undefined)[],
  request: (input: I, context: InputContext) => Request<M>,
): Change<I, M> {
  return {devices, request};
}

/** @throws {InputError} */
export function toAddress(field: string, input: AddressInput): IpAddress {
  if (input instanceof IpAddress) return input;
  const address = typeof input === 'string' ? IpAddress.tryParse(input) : fromSubnet(input)?.address;
  if (address === undefined) throw new InputError(field, input);
  return address;
}

/** @throws {InputError} */
export function toPrefix(field: string, input: PrefixInput): Prefix {
  if (input instanceof Prefix) return input;
  if (typeof input !== 'string') {
    const prefix = fromSubnet(input);
    if (prefix === undefined) throw new InputError(field, input);
    return prefix;
  }
  try {
    return Prefix.parse(input);
  } catch (error) {
    throw new InputError(field, input, error);
  }
}

/** @throws {InputError} */
export function toLladdr(field: string, input: LladdrInput): Uint8Array {
  if (input instanceof Uint8Array) return input;
  const bytes = parseLladdr(input);
  if (bytes === undefined) throw new InputError(field, input);
  return bytes;
}

/** Number of a family; AF_UNSPEC when there is none. */
export function toFamily(input: FamilyInput | undefined): number {
  if (input === undefined) return AF_UNSPEC;
  if (input === 'inet') return AF_INET;
  if (input === 'inet6') return AF_INET6;
  if (typeof input === 'number') return input;
  throw new InputError('family', input);
}

/** Number of a name or of digits. @throws {InputError} */
export function toNumber(field: string, table: NameTable, input: NamedInput): number {
  if (typeof input === 'number') return input;
  const named = table.toNumber(input);
  if (named !== undefined) return named;
  if (/^(0x[0-9a-fA-F]+|\d+)$/.test(input)) return Number(input);
  throw new InputError(field, input);
}

/** Position of a word in its list; numbers pass. @throws {InputError} */
export function toPosition(field: string, words: readonly string[], input: string | number): number {
  if (typeof input === 'number') return input;
  const position = words.indexOf(input);
  if (position < 0) throw new InputError(field, input);
  return position;
}

/** Applies `convert` unless there is nothing to convert. */
export function optional<T, R>(input: T | undefined, convert: (input: T) => R): R | undefined {
  return input === undefined ? undefined : convert(input);
}
