import {readFileSync} from 'node:fs';
import {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {native} from '../native.js';
import {readText} from '../procfs/file.js';

const AF_INET = 2;
/** Status of a name that nobody knows. */
const UNKNOWN_HOST = 6;
const NETWORKS = '/etc/networks';

/**
 * An IPv4 address as inet_aton(3) takes it: one to four numbers in decimal, octal or hex, of which the last one fills all
 * bytes that are left. What stands behind a blank is not looked at.
 */
export function inetAton(text: string): IpAddress | undefined {
  const [number = ''] = text.split(/[ \t\n\v\f\r]/, 1);
  const parts = number.split('.');
  if (parts.length > 4) return undefined;
  let word = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    if (!/^(0[0-7]*|[1-9]\d*|0x[0-9a-f]+)$/i.test(part)) return undefined;
    const value = /^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part);
    const bits = i === parts.length - 1 ? 8 * (4 - i) : 8;
    if (value >= 2 ** bits) return undefined;
    word = i === parts.length - 1 ? word * 2 ** bits + value : word * 256 + value;
  }
  return IpAddress.inet(word);
}

/** Networks by name and back, from /etc/networks; read on first use. Source: networks(5). */
export class Networks {
  readonly #path: string;
  #entries: {readonly name: string; readonly aliases: readonly string[]; readonly word: number}[] | undefined;

  constructor(path = NETWORKS) {
    this.#path = path;
  }

  /** Name of a network. */
  name(address: IpAddress): string | undefined {
    return this.#load().find(entry => entry.word === address.w0)?.name;
  }

  /** Address of a network; numbers that are left out at its end are zero. */
  address(name: string): IpAddress | undefined {
    const entry = this.#load().find(one => one.name === name || one.aliases.includes(name));
    return entry === undefined ? undefined : IpAddress.inet(entry.word);
  }

  #load() {
    if (this.#entries !== undefined) return this.#entries;
    this.#entries = [];
    let text = '';
    try {
      text = readFileSync(this.#path, 'latin1');
    } catch {
      // No file, no names.
    }
    for (const line of text.split('\n')) {
      const [name, number, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (name === undefined || number === undefined) continue;
      const padded = [...number.split('.'), '0', '0', '0'].slice(0, 4).join('.');
      const address = inetAton(padded);
      if (address !== undefined) this.#entries.push({name, aliases, word: address.w0});
    }
    return this.#entries;
  }
}

/** What a word for an address means. */
export interface Target {
  readonly address: IpAddress;
  /** A name of a network, or `default`. */
  readonly net: boolean;
}

/** Which kind of name is looked for first. */
export type NameOrder = 'host first' | 'net first';

/**
 * A host or network by number, `default`, or name.
 * @throws {UsageError} `nosuch: Unknown host`, status 6
 */
export function resolveTarget(word: string, order: NameOrder, networks: Networks): Target {
  if (word === 'default') return {address: IpAddress.inet(0), net: true};
  const number = inetAton(word);
  if (number !== undefined) return {address: number, net: false};
  const net = (): Target | undefined => {
    const address = networks.address(word);
    return address && {address, net: true};
  };
  const host = (): Target | undefined => {
    const bytes = native().addrinfo(word, AF_INET)[0];
    return bytes && {address: IpAddress.fromBytes(bytes, 0, 4), net: false};
  };
  const found = order === 'host first' ? (host() ?? net()) : (net() ?? host());
  if (found !== undefined) return found;
  // The last look-up gives the reason, and /etc/networks has only one.
  const reason = order === 'host first' ? 'Unknown host' : word === '' ? emptyText() : lookupText();
  throw new UsageError(UNKNOWN_HOST, word === '' ? reason : `${word}: ${reason}`);
}

/** An empty name is a mistake to the resolver, where there is one; files just do not have it. */
function emptyText(): string {
  const sources = readText('/etc/nsswitch.conf');
  const hasResolver = typeof sources === 'number' || /^hosts:.*\bdns\b/m.test(sources);
  return hasResolver ? 'Unknown server error' : 'Unknown host';
}

/** Texts of herror(3) for the failures of getaddrinfo(3). */
function lookupText(): string {
  const EAI_AGAIN = -3;
  const EAI_FAIL = -4;
  const EAI_NODATA = -5;
  switch (native().lookupError()) {
    case EAI_AGAIN:
      return 'Host name lookup failure';
    case EAI_FAIL:
      return 'Unknown server error';
    case EAI_NODATA:
      return 'No address associated with name';
    default:
      return 'Unknown host';
  }
}

/** Names of hosts, each asked for once. */
export class HostNames {
  readonly #known = new Map<string, string | undefined>();

  name(address: IpAddress): string | undefined {
    const key = address.toString();
    if (!this.#known.has(key)) this.#known.set(key, native().nameinfo(address.bytes()));
    return this.#known.get(key);
  }
}

/**
 * An address as tables show it: by name where `hosts` is given and knows one. IPv4 in IPv6 goes without its prefix, and
 * the unspecified address of IPv6 is in brackets where names are wanted.
 */
export function hostText(address: IpAddress, hosts: HostNames | undefined): string {
  if (address.family === AF_INET)
    return (address.isUnspecified ? undefined : hosts?.name(address)) ?? address.toString();
  if (hosts !== undefined && address.isUnspecified) return '[::]';
  const mapped = (address.w0 | address.w1) === 0 && address.w2 === 0xffff;
  return (
    (mapped && address.w3 === 0 ? undefined : hosts?.name(address)) ??
    (mapped ? IpAddress.inet(address.w3) : address).toString()
  );
}
