import type {Decoded, Encodable} from '../../netlink/schema.js';
import {attrs, message, nest, pad, struct, text, u8, u16, u32, u64} from '../../netlink/schema.js';

/** Parameters of a neighbour table, of all links or of one; times in ms. Source: uapi linux/neighbour.h, NDTPA_*. */
const parms = attrs({
  ifindex: [1, u32],
  refcnt: [2, u32],
  reachableTime: [3, u64],
  baseReachableTime: [4, u64],
  retransTime: [5, u64],
  gcStaletime: [6, u64],
  delayProbeTime: [7, u64],
  queueLen: [8, u32],
  appProbes: [9, u32],
  ucastProbes: [10, u32],
  mcastProbes: [11, u32],
  anycastDelay: [12, u64],
  proxyDelay: [13, u64],
  proxyQlen: [14, u32],
  locktime: [15, u64],
  queueLenbytes: [16, u32],
  mcastReprobes: [17, u32],
  intervalProbeTimeMs: [19, u64],
});

/**
 * One neighbour table, or its parameters for one link (then without `config`). `gcInterval` in ms; `lastFlush` and
 * `lastRand` in ms ago.
 * Source: uapi linux/neighbour.h, struct ndtmsg, NDTA_*.
 */
export const neighTableMessage = message(
  'neighbour table',
  {family: u8, pad1: pad(3)},
  {
    name: [1, text],
    thresh1: [2, u32],
    thresh2: [3, u32],
    thresh3: [4, u32],
    config: [
      5,
      struct('ndt_config', {
        keyLen: u16,
        entrySize: u16,
        entries: u32,
        lastFlush: u32,
        lastRand: u32,
        hashRnd: u32,
        hashMask: u32,
        hashChainGc: u32,
        proxyQlen: u32,
      }),
    ],
    parms: [6, nest(parms)],
    stats: [
      7,
      struct(
        'ndt_stats',
        {
          allocs: u64,
          destroys: u64,
          hashGrows: u64,
          resFailed: u64,
          lookups: u64,
          hits: u64,
          rcvProbesMcast: u64,
          rcvProbesUcast: u64,
          periodicGcRuns: u64,
          forcedGcRuns: u64,
        },
        {tail: {tableFulls: u64}},
      ),
    ],
    gcInterval: [8, u64],
  },
  {types: {64: 'RTM_NEWNEIGHTBL', 66: 'RTM_GETNEIGHTBL', 67: 'RTM_SETNEIGHTBL'}},
);

/** One neighbour table, as the kernel reports it. */
export type NeighbourTable = Decoded<typeof neighTableMessage>;
/** Fields of a neighbour table request. */
export type NeighbourTableRequest = Encodable<typeof neighTableMessage>;
