import type {IpAddress} from '../../addr/ip.js';
import {Prefix} from '../../addr/prefix.js';

/** Which end of a socket a condition looks at. */
export type Side = 'local' | 'peer';

/** One address a condition accepts. */
export interface Host {
  /** AF_UNSPEC where any family may have it. */
  readonly family: number;
  /** The address's first words in network order, signed. */
  readonly words: readonly [number, number, number, number];
  /** How many of their bits count; 0 is any address. */
  readonly bits: number;
  /** -1 is any port. */
  readonly port: number;
  /** Glob for the name of a UNIX socket; undefined is any name. */
  readonly pattern?: string | undefined;
}

/**
 * The address or prefix as a condition accepts it.
 * @param address undefined for any
 * @param port -1 for any
 */
export function socketHost(address: IpAddress | Prefix | undefined, port = -1): Host {
  if (address === undefined) return {family: 0, words: [0, 0, 0, 0], bits: 0, port};
  const prefix = address instanceof Prefix ? address : new Prefix(address, address.bits);
  const {family, w0, w1, w2, w3} = prefix.address;
  return {family, words: [w0, w1, w2, w3], bits: prefix.length, port};
}

/** A filter as a tree. Source: ss(8), EXPRESSION. */
export type Expression =
  /** All of them, or any; none is true and false. */
  | {readonly kind: 'and' | 'or'; readonly operands: readonly Expression[]}
  | {readonly kind: 'not'; readonly operand: Expression}
  /** Any of the addresses, with its port. */
  | {readonly kind: 'host'; readonly side: Side; readonly hosts: readonly Host[]}
  /** Port at least, or at most, the given one. */
  | {readonly kind: 'least' | 'most'; readonly side: Side; readonly port: number}
  /** Bound to the interface of this index. */
  | {readonly kind: 'dev'; readonly index: number}
  | {readonly kind: 'mark'; readonly mark: number; readonly mask: number}
  | {readonly kind: 'cgroup'; readonly id: bigint}
  /** The kernel chose the local port. */
  | {readonly kind: 'autobound'};
