import type {Io} from '../io.js';
import type {Family} from './familyWords.js';
import {MISUSE} from './words.js';

/** What is said where the kernel has no such protocol, by stream. */
interface Answer {
  readonly err: readonly string[];
  readonly out?: string;
}

const absent = (path: string): string => `${path}: No such file or directory`;

/** Families that have routing tables, on other systems. */
const answers: Readonly<Partial<Record<Family, Answer>>> = {
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
