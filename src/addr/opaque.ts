import {IpAddress} from './ip.js';
import {formatLladdr} from './lladdr.js';

/**
 * What a command line says in the place of an address without being one of IPv4 or IPv6: nothing at all (`any`, `all`), a
 * link-layer address (`-0`), a label (`-M`). Its bytes go to the kernel, which judges them.
 */
export class OpaqueAddress extends IpAddress {
  readonly #bytes: Uint8Array;

  /** @param family AF_* number that the line has settled, 0 for none */
  constructor(family: number, bytes: Uint8Array = new Uint8Array(0)) {
    super(family as 2, 0, 0, 0, 0);
    this.#bytes = bytes;
  }

  /** Whether it has no bytes: then a second word may take its place. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  override bytes(): Uint8Array {
    return this.#bytes;
  }

  override writeBytes(into: Uint8Array, at: number): number {
    into.set(this.#bytes, at);
    return at + this.#bytes.length;
  }

  override toString(): string {
    return this.isEmpty ? 'any' : formatLladdr(this.#bytes);
  }
}
