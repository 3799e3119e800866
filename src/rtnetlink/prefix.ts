import type {IpAddress} from '../addr/ip.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {Prefix} from '../addr/prefix.js';

/** A prefix from two fields of a message; undefined without an address of IP, or when the length cannot be one of the address. */
export function prefixOf(address: IpAddress | undefined, length: number): Prefix | undefined {
  return address === undefined || address instanceof OpaqueAddress || length > address.bits
    ? undefined
    : new Prefix(address, length);
}
