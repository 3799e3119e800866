import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import type {Family} from './familyWords.js';
import {MISUSE} from './words.js';

/** What is said where the kernel has no such protocol, by stream. */
interface Answer {
  readonly err: readonly string[];
  readonly out?: string;
}

const absent = (path: string): string => `${path}: No such file or directory`;

/** Families that have routing tables, on other systems or kernels. */
const answers: Readonly<Partial<Record<Family, Answer>>> = {
  inet6: {err: [absent('/proc/net/ipv6_route')], out: 'INET6 (IPv6) not configured in this system.'},
  x25: {err: [], out: 'X.25 not configured in this system.'},
  ax25: {err: [absent('/proc/net/ax25_route')], out: 'AX.25 not configured in this system.'},
  netrom: {
    err: [absent('/proc/net/nr_nodes'), '/proc/net/nr_neigh: Invalid argument'],
    out: 'NET/ROM not configured in this system.',
  },
  rose: {err: [absent('/proc/net/rose_nodes'), 'ROSE not configured in this system.']},
  ipx: {
    err: ['No such file or directory'],
    out: 'IPX routing not in file /proc/net/ipx/route or /proc/net/ipx_route found.',
  },
  ddp: {err: [absent('Error opening /proc/net/atalk_route'), 'DDP (AppleTalk) not configured on this system.']},
  bluetooth: {err: ["Address family `bluetooth' not supported."]},
};

/**
 * The answer to the wish for a routing table of a family that has none here. Nothing is read: the protocols are not in
 * kernels for servers, and their tables are not shown where they are.
 * @returns the exit status
 */
export function noRoutes(family: Family, io: Io): number {
  const answer = answers[family] ?? {err: [`No routing for address family \`${family}'.`]};
  io.err(answer.err.map(line => `${line}\n`).join(''));
  if (answer.out !== undefined) io.out.ascii(`${answer.out}\n`);
  return answers[family] === undefined || family === 'bluetooth' ? MISUSE : 1;
}

/** Status of a system call that failed. */
const REFUSED = 7;
const x25Usage = 'Usage: x25_route [-v] {add|del} TARGET[/LENGTH] [dev] DEVICE';

/**
 * The answer to the wish to change the routes of such families, or of several at once.
 * @param words verb, and what stands behind it
 */
export function noChange(families: readonly Family[], [verb, ...words]: readonly string[]): UsageError {
  const [family = ''] = families;
  const unsupported = `Address family \`${families.join(',')}' not supported.`;
  if (families.length > 1) {
    return new UsageError(MISUSE, ["Please don't supply more than one address family.", unsupported]);
  }
  switch (family) {
    case 'netrom':
      return new UsageError(1, 'NET/ROM: this needs to be written');
    case 'ipx':
      return new UsageError(1, 'IPX: this needs to be written');
    case 'x25': {
      if (verb === 'flush') return new UsageError(MISUSE, ["Flushing `x25' routing table not supported", x25Usage]);
      const isRoute = words.length === (words[1] === 'dev' ? 3 : 2);
      return isRoute
        ? new UsageError(REFUSED, 'socket: Address family not supported by protocol')
        : new UsageError(MISUSE, x25Usage);
    }
    case 'bluetooth':
      return new UsageError(MISUSE, unsupported);
    default:
      return new UsageError(MISUSE, `No routing for address family \`${family}'.`);
  }
}
