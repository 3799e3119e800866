import {AF_INET, AF_INET6, type IpAddress} from '../../addr/ip.js';
import {parsePrefix, parseUnsigned} from '../../addr/iproute.js';
import {encodeText} from '../../addr/text.js';
import {UsageError} from '../../errors.js';
import type {Host} from './expression.js';
import {AF_NETLINK, AF_PACKET, AF_UNIX, AF_UNSPEC, AF_VSOCK, bytesText, swap32} from './subject.js';

/** How a filter's words become numbers; an unknown name is undefined. */
export interface FilterNames {
  /** Port of a service, of the transports that are listed. */
  service(name: string): number | undefined;
  /** Addresses of a host, IPv4 first; `family` 0 asks for both. */
  resolve(name: string, family: number): readonly IpAddress[];
  /** Index of an interface. */
  ifindex(name: string): number | undefined;
  /** Number of a control group, or why there is none of this path. */
  cgroup(path: string): bigint | string;
  /** Number of a netlink protocol such as `route`. */
  netlinkProtocol(name: string): number | undefined;
  /** Number of an Ethernet protocol such as `ip`. */
  etherProtocol(name: string): number | undefined;
}

/** What one host word said. */
export interface HostWord {
  readonly hosts: readonly Host[];
  /** Family the word settles for all that follows, and for which sockets are listed; undefined: any. */
  readonly family: number | undefined;
}

const ANY = [0, 0, 0, 0] as const;
const ANY_PORT = -1;
const FAMILIES = [
  ['unix:', AF_UNIX],
  ['link:', AF_PACKET],
  ['netlink:', AF_NETLINK],
  ['vsock:', AF_VSOCK],
  ['inet:', AF_INET],
  ['inet6:', AF_INET6],
] as const;
/** The reference's status for an address it cannot read. */
const BAD = 1;
const INT_MAX = 0x7fff_ffff;

/**
 * Reads `[FAMILY:]ADDRESS[:PORT]`.
 * @param family what `-f` or an earlier word settled; AF_UNSPEC for IPv4 and IPv6
 * @param portOnly the word stands behind `sport` or `dport`
 * @throws {UsageError} in the reference's words. Source: ss(8), HOST SYNTAX
 */
export function parseHost(text: string, family: number, portOnly: boolean, names: FilterNames): HostWord {
  let word = text;
  let chosen = family;
  for (const [prefix, number] of FAMILIES) {
    if (!text.startsWith(prefix)) continue;
    word = text.slice(prefix.length);
    chosen = number;
    break;
  }
  const hosts = hostsOf(word, chosen, portOnly, names);
  return {hosts, family: chosen === AF_UNSPEC ? undefined : chosen};
}

function hostsOf(word: string, family: number, portOnly: boolean, names: FilterNames): readonly Host[] {
  switch (family) {
    case AF_UNIX:
      // No ports: `sport` compares names, too.
      return [
        {
          family,
          words: ANY,
          bits: 0,
          port: ANY_PORT,
          pattern: word === '*' ? undefined : bytesText(encodeText(word)),
        },
      ];
    case AF_PACKET:
      return [linkHost(word, portOnly, names)];
    case AF_NETLINK:
      return [netlinkHost(word, portOnly, names)];
    case AF_VSOCK:
      return [vsockHost(word, portOnly)];
    default:
      return inetHosts(word, family, portOnly, names);
  }
}

/** Parts of a word without brackets: the address up to the first colon, the port behind it. `*` is undefined: any. */
function plainParts(word: string, portOnly: boolean): {readonly address?: string; readonly port?: string | undefined} {
  const colon = word.indexOf(':');
  if (portOnly) return {port: given(colon === 0 ? word.slice(1) : word)};
  if (colon < 0) return word === '*' || word === '' ? {} : {address: word};
  const address = word.slice(0, colon);
  const port = given(word.slice(colon + 1));
  return address === '' || address === '*' ? {port} : {address, port};
}

function given(part: string): string | undefined {
  return part === '*' ? undefined : part;
}

/** Ethernet protocol and interface. */
function linkHost(word: string, portOnly: boolean, names: FilterNames): Host {
  const {address, port = ''} = plainParts(word, portOnly);
  const number = port === '' ? ANY_PORT : (names.ifindex(port) ?? integer(port) ?? bad());
  return numberHost(AF_PACKET, address && (names.etherProtocol(address) ?? bad()), number);
}

/** Netlink protocol and port id, where `kernel` is 0. */
function netlinkHost(word: string, portOnly: boolean, names: FilterNames): Host {
  const {address, port = ''} = plainParts(word, portOnly);
  const number = port === '' ? ANY_PORT : port === 'kernel' ? 0 : (integer(port) ?? bad());
  return numberHost(AF_NETLINK, address && (names.netlinkProtocol(address) ?? bad()), number);
}

/** CID and port. The CID must be a number, and then any matches, as in the reference. */
function vsockHost(word: string, portOnly: boolean): Host {
  const {address, port} = plainParts(word, portOnly);
  const number = port === undefined ? ANY_PORT : (unsigned(port) ?? bad()) | 0;
  if (address !== undefined && unsigned(address) === undefined) bad();
  return {family: AF_VSOCK, words: ANY, bits: 0, port: number};
}

/** An address that is one number of 32 bits. */
function numberHost(family: number, value: number | '' | undefined, port: number): Host {
  if (value === undefined || value === '') return {family, words: ANY, bits: 0, port};
  return {family, words: [swap32(value), 0, 0, 0], bits: 32, port};
}

/**
 * IPv4 and IPv6: prefix or host name, in brackets where its colons would be taken for the port's. The port is read
 * first.
 */
function inetHosts(word: string, family: number, portOnly: boolean, names: FilterNames): readonly Host[] {
  let address = '';
  let port = '';
  const close = word.startsWith('[') ? word.indexOf(']') : 0;
  if (close < 0) throw badHost();
  if (close > 0) {
    address = word.slice(1, close);
    port = afterColon(word.slice(close + 1));
  } else if (word.startsWith('*')) {
    port = afterColon(word.slice(1));
  } else if (portOnly) {
    address = word;
  } else {
    // A prefix length ends the address, so that its colons need no brackets.
    const colon = word.lastIndexOf(':');
    const alone = colon < word.indexOf('/') || colon < 0;
    address = alone ? word : word.slice(0, colon);
    port = alone ? '' : word.slice(colon + 1);
  }
  if (portOnly) {
    // What stands in brackets, or before a star, is all that counts.
    port = address.startsWith('*') ? '' : afterColon(address);
    address = '';
  }
  let number = ANY_PORT;
  if (port !== '' && port !== '*') {
    number = integer(port) ?? names.service(port) ?? bad(`Error: "${port}" does not look like a port.`);
  }
  if (address === '' || address === '*') return [{family: AF_UNSPEC, words: ANY, bits: 0, port: number}];
  // `-f tipc` and `-f xdp` leave addresses of IPv4.
  const isOther = family !== AF_UNSPEC && family !== AF_INET && family !== AF_INET6;
  const isPrefix = address.includes('/');
  const prefix = isOther && isPrefix ? undefined : parsePrefix(address, isOther ? AF_INET : family);
  if (prefix !== undefined) return [hostOf(prefix.address, prefix.length, number)];
  // No host has a colon in its name, but resolvers make IPv4 of IPv6.
  const found = isPrefix || isOther || address.includes(':') ? [] : names.resolve(address, family);
  if (found.length === 0) throw badHost(`Error: an inet prefix is expected rather than "${address}".`);
  return found.map(one => hostOf(one, one.bits, number));
}

function afterColon(rest: string): string {
  return rest.startsWith(':') ? rest.slice(1) : rest;
}

function hostOf(address: IpAddress | undefined, bits: number, port: number): Host {
  if (address === undefined) return {family: AF_UNSPEC, words: ANY, bits: 0, port};
  return {family: address.family, words: [address.w0, address.w1, address.w2, address.w3], bits, port};
}

/** A number that fits C's int, in decimal, octal or hex. */
function integer(text: string): number | undefined {
  const negative = /^\s*-/.test(text);
  const read = parseUnsigned(negative ? text.replace('-', '') : text);
  if (read === undefined || read.end + (negative ? 1 : 0) !== text.length) return undefined;
  if (read.value > INT_MAX + (negative ? 1 : 0)) return undefined;
  return negative ? -read.value : read.value;
}

/** A number of 32 bits, in decimal, octal or hex. */
export function unsigned(text: string): number | undefined {
  const read = parseUnsigned(text);
  return read !== undefined && read.end === text.length && read.value <= 0xffff_ffff ? read.value : undefined;
}

function badHost(...first: readonly string[]): UsageError {
  return new UsageError(BAD, [...first, 'Cannot parse dst/src address.']);
}

function bad(...first: readonly string[]): never {
  throw badHost(...first);
}
