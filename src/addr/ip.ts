import {ADDRESS_ROOM, asciiOf, writeInet, writeInet6} from './format.js';

/** Address family number of IPv4. Source: AF_INET. */
export const AF_INET = 2;
/** Address family number of IPv6. Source: AF_INET6. */
export const AF_INET6 = 10;

let scratch: Uint8Array | undefined;

/**
 * One IPv4 or IPv6 address: a value, never changed. The words are kept signed, because V8 stores small signed
 * integers in an object without a box; `a` to `d` show them unsigned.
 */
export class IpAddress {
  declare readonly family: 2 | 10;
  /** First word in host order, signed. IPv4 uses only this one. */
  declare readonly w0: number;
  /** Second word, signed. */
  declare readonly w1: number;
  /** Third word, signed. */
  declare readonly w2: number;
  /** Fourth word, signed. */
  declare readonly w3: number;

  /** Words may be signed or unsigned. Use `inet` or `inet6`. */
  constructor(family: 2 | 10, a: number, b: number, c: number, d: number) {
    this.family = family;
    this.w0 = a | 0;
    this.w1 = b | 0;
    this.w2 = c | 0;
    this.w3 = d | 0;
  }

  /** IPv4 from its word in host order. */
  static inet(a: number): IpAddress {
    return new IpAddress(2, a, 0, 0, 0);
  }

  /** IPv6 from four words in host order, first word first. */
  static inet6(a: number, b: number, c: number, d: number): IpAddress {
    return new IpAddress(10, a, b, c, d);
  }

  /** IPv4 from 4 or IPv6 from 16 bytes in network order. @hot */
  static fromBytes(buf: Uint8Array, at: number, length: 4 | 16): IpAddress {
    return length === 4
      ? new IpAddress(2, wordAt(buf, at), 0, 0, 0)
      : new IpAddress(10, wordAt(buf, at), wordAt(buf, at + 4), wordAt(buf, at + 8), wordAt(buf, at + 12));
  }

  /**
   * Strict text form: four decimal octets, or RFC 4291 text.
   * @throws {RangeError} when the text is anything else
   */
  static parse(text: string): IpAddress {
    const parsed = IpAddress.tryParse(text);
    if (parsed === undefined) throw new RangeError(`not an IP address: ${JSON.stringify(text)}`);
    return parsed;
  }

  /** As `parse`, with undefined where that throws. */
  static tryParse(text: string): IpAddress | undefined {
    if (text.includes(':')) return parseInet6(text);
    const word = parseQuad(text, 0, text.length);
    return word === undefined ? undefined : IpAddress.inet(word);
  }

  get a(): number {
    return this.w0 >>> 0;
  }
  get b(): number {
    return this.w1 >>> 0;
  }
  get c(): number {
    return this.w2 >>> 0;
  }
  get d(): number {
    return this.w3 >>> 0;
  }

  /** Width of the family's addresses. */
  get bits(): 32 | 128 {
    return this.family === 2 ? 32 : 128;
  }

  /** Whether all bits are zero. */
  get isUnspecified(): boolean {
    return (this.w0 | this.w1 | this.w2 | this.w3) === 0;
  }

  /** 4 or 16 bytes in network order. */
  bytes(): Uint8Array {
    const out = new Uint8Array(this.family === 2 ? 4 : 16);
    this.writeBytes(out, 0);
    return out;
  }

  /** Puts the 4 or 16 bytes at `at`. @hot @returns the position after them */
  writeBytes(into: Uint8Array, at: number): number {
    putWord(this.w0, into, at);
    if (this.family === 2) return at + 4;
    putWord(this.w1, into, at + 4);
    putWord(this.w2, into, at + 8);
    putWord(this.w3, into, at + 12);
    return at + 16;
  }

  /** Writes the text form at `at`. @hot @returns the position after it */
  writeText(into: Uint8Array, at: number): number {
    return this.family === 2 ? writeInet(this.w0, into, at) : writeInet6(this.w0, this.w1, this.w2, this.w3, into, at);
  }

  /** Text form as inet_ntop(3) has it. */
  toString(): string {
    scratch ??= new Uint8Array(ADDRESS_ROOM);
    return asciiOf(scratch, 0, this.writeText(scratch, 0));
  }

  /** JSON form: the text. */
  toJSON(): string {
    return this.toString();
  }

  /** Same family and bits. */
  equals(o: IpAddress): boolean {
    return this.family === o.family && this.w0 === o.w0 && this.w1 === o.w1 && this.w2 === o.w2 && this.w3 === o.w3;
  }
}

function wordAt(buf: Uint8Array, at: number): number {
  return (
    ((buf[at] as number) << 24) |
    ((buf[at + 1] as number) << 16) |
    ((buf[at + 2] as number) << 8) |
    (buf[at + 3] as number)
  );
}

function putWord(word: number, into: Uint8Array, at: number): void {
  into[at] = word >>> 24;
  into[at + 1] = word >>> 16;
  into[at + 2] = word >>> 8;
  into[at + 3] = word;
}

/** Four decimal octets without leading zeros in `text[at..end)`. */
function parseQuad(text: string, at: number, end: number): number | undefined {
  let word = 0;
  let octet = -1;
  let dots = 0;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (octet < 0 || ++dots > 3) return undefined;
      word = (word << 8) | octet;
      octet = -1;
      continue;
    }
    if (code < 48 || code > 57 || octet === 0) return undefined;
    octet = (octet < 0 ? 0 : octet * 10) + code - 48;
    if (octet > 255) return undefined;
  }
  return dots === 3 && octet >= 0 ? (word << 8) | octet : undefined;
}

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** RFC 4291 text, without a zone. */
function parseInet6(text: string): IpAddress | undefined {
  const groups: number[] = [];
  let gap = -1;
  let at = 0;
  if (text.startsWith('::')) {
    gap = 0;
    at = 2;
  } else if (text.startsWith(':')) {
    return undefined;
  }
  while (at < text.length) {
    let end = at;
    let value = 0;
    for (; end < text.length; end++) {
      const digit = hexValue(text.charCodeAt(end));
      if (digit < 0) break;
      value = (value << 4) | digit;
    }
    if (text[end] === '.') {
      const word = parseQuad(text, at, text.length);
      if (word === undefined) return undefined;
      groups.push(word >>> 16, word & 0xffff);
      break;
    }
    if (end === at || end - at > 4) return undefined;
    groups.push(value);
    if (end === text.length) break;
    if (text[end] !== ':') return undefined;
    at = end + 1;
    if (text[at] === ':') {
      if (gap >= 0) return undefined;
      gap = groups.length;
      at++;
    } else if (at === text.length) {
      return undefined;
    }
  }
  if (gap < 0 ? groups.length !== 8 : groups.length > 7) return undefined;
  if (gap >= 0) groups.splice(gap, 0, ...new Array<number>(8 - groups.length).fill(0));
  const word = (i: number): number => ((groups[i] as number) << 16) | (groups[i + 1] as number);
  return IpAddress.inet6(word(0), word(2), word(4), word(6));
}
