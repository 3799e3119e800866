import {UsageError} from '../errors.js';

/** Status of a misspelt command line. */
export const MISUSE = 3;

/** What `-V` prints first: scripts read the reference's version from it. */
export const VERSION = 'net-tools 2.10';

/** Address families by the names `-A` and `--NAME` take, of those that have a routing table here. */
export const FAMILIES: Readonly<Record<string, number>> = {inet: 2, ip: 2, tcpip: 2, inet6: 10};

/** Families the reference knows by name, without a routing table or not on this system. */
export const OTHER_FAMILIES: readonly string[] = ['ax25', 'netrom', 'rose', 'ipx', 'ddp', 'appletalk', 'x25', 'unix'];

/** Titles of the routing tables, by family. */
export const TITLES: Readonly<Record<number, string>> = {2: 'Kernel IP routing table', 10: 'Kernel IPv6 routing table'};

/** Titles of the routing caches, which kernels do not have any more. */
export const CACHE_TITLES: Readonly<Record<number, string>> = {
  2: 'Kernel IP routing cache',
  10: 'Kernel IPv6 routing cache',
};

/**
 * Number of the family called `name`.
 * @throws {UsageError} when the tools know no such family
 */
export function familyOf(name: string): number {
  const found = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (found !== undefined) return found;
  if (OTHER_FAMILIES.includes(name)) throw new UsageError(MISUSE, `No routing for address family \`${name}'.`);
  throw new UsageError(1, `Unknown address family \`${name}'.`);
}

/** Ends of usage texts: what `-A` and `--NAME` take. */
export const familyHelp = '  AF: inet (IPv4, default), inet6 (IPv6); chosen with -4, -6, -A AF or --AF';
