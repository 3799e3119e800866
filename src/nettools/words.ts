import type {Family} from './familyWords.js';

/** Status of a misspelt command line. */
export const MISUSE = 3;

/** Titles of the routing tables, by family. */
export const TITLES: Readonly<Partial<Record<Family, string>>> = {
  inet: 'Kernel IP routing table',
  inet6: 'Kernel IPv6 routing table',
};

/** Titles of the routing caches, which kernels do not have any more. */
export const CACHE_TITLES: Readonly<Partial<Record<Family, string>>> = {
  inet: 'Kernel IP routing cache',
  inet6: 'Kernel IPv6 routing cache',
};
