import {IpAddress} from './ip.js';

/** First `length` bits of one 32-bit word. @returns the signed mask */
function maskOf(length: number): number {
  return length <= 0 ? 0 : length >= 32 ? -1 : -1 << (32 - length);
}

/** An address with a prefix length. Host bits are kept, as addresses of interfaces need them. */
export class Prefix {
  readonly address: IpAddress;
  readonly length: number;

  /** @throws {RangeError} when the length does not fit the family */
  constructor(address: IpAddress, length: number) {
    if (!Number.isInteger(length) || length < 0 || length > address.bits) {
      throw new RangeError(`not a prefix length of ${String(address)}: ${length}`);
    }
    this.address = address;
    this.length = length;
  }

  /**
   * Strict text form: an address of `IpAddress.parse`, alone or with `/` and a decimal length.
   * @throws {RangeError} when the text is anything else
   */
  static parse(text: string): Prefix {
    const slash = text.indexOf('/');
    const address = IpAddress.parse(slash < 0 ? text : text.slice(0, slash));
    if (slash < 0) return new Prefix(address, address.bits);
    const length = text.slice(slash + 1);
    if (!/^(0|[1-9]\d{0,2})$/.test(length)) throw new RangeError(`not a prefix: ${JSON.stringify(text)}`);
    return new Prefix(address, Number(length));
  }

  /** Address with the host bits cleared. */
  get network(): IpAddress {
    const {w0, w1, w2, w3} = this.address;
    const n = this.length;
    return new IpAddress(
      this.address.family,
      w0 & maskOf(n),
      w1 & maskOf(n - 32),
      w2 & maskOf(n - 64),
      w3 & maskOf(n - 96),
    );
  }

  /** Address with all host bits set: the broadcast address of an IPv4 prefix. */
  get last(): IpAddress {
    const {w0, w1, w2, w3, family} = this.address;
    const n = this.length;
    return family === 2
      ? IpAddress.inet(w0 | ~maskOf(n))
      : IpAddress.inet6(w0 | ~maskOf(n), w1 | ~maskOf(n - 32), w2 | ~maskOf(n - 64), w3 | ~maskOf(n - 96));
  }

  /** Whether the address lies in the prefix. */
  contains(a: IpAddress): boolean {
    const own = this.address;
    return (
      a.family === own.family &&
      ((a.w0 ^ own.w0) & maskOf(this.length)) === 0 &&
      ((a.w1 ^ own.w1) & maskOf(this.length - 32)) === 0 &&
      ((a.w2 ^ own.w2) & maskOf(this.length - 64)) === 0 &&
      ((a.w3 ^ own.w3) & maskOf(this.length - 96)) === 0
    );
  }

  /** Same address and length. */
  equals(o: Prefix): boolean {
    return this.length === o.length && this.address.equals(o.address);
  }

  /** Always with the length. */
  toString(): string {
    return `${String(this.address)}/${this.length}`;
  }

  /** JSON form: the text. */
  toJSON(): string {
    return this.toString();
  }
}
