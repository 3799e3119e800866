/** Words of the reference for the numbers of messages, as programs print and the library takes them. */

/** Route types, by rtm_type. Source: ip-route(8); RTN_*. */
export const ROUTE_TYPES = [
  'none',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
] as const;

/** A route type by its word. */
export type RouteType = (typeof ROUTE_TYPES)[number];

/** Operational states, by IFLA_OPERSTATE. Source: RFC 2863, ifOperStatus; IF_OPER_*. */
export const OPER_STATES = ['UNKNOWN', 'NOTPRESENT', 'DOWN', 'LOWERLAYERDOWN', 'TESTING', 'DORMANT', 'UP'] as const;

/** Neighbour states by bit, in the order they are shown. Source: ip-neighbour(8); NUD_*. */
export const NEIGHBOUR_STATES = {
  incomplete: 0x1,
  reachable: 0x2,
  stale: 0x4,
  delay: 0x8,
  probe: 0x10,
  failed: 0x20,
  noarp: 0x40,
  permanent: 0x80,
} as const;

/** A neighbour state by its word. */
export type NeighbourState = keyof typeof NEIGHBOUR_STATES;

/** Flags of a link in the order the reference shows them. Source: uapi linux/if.h, IFF_*. */
const LINK_FLAGS = {
  LOOPBACK: 0x8,
  BROADCAST: 0x2,
  POINTOPOINT: 0x10,
  MULTICAST: 0x1000,
  NOARP: 0x80,
  ALLMULTI: 0x200,
  PROMISC: 0x100,
  MASTER: 0x400,
  SLAVE: 0x800,
  DEBUG: 0x4,
  DYNAMIC: 0x8000,
  AUTOMEDIA: 0x4000,
  PORTSEL: 0x2000,
  NOTRAILERS: 0x20,
  UP: 0x1,
  LOWER_UP: 0x10000,
  DORMANT: 0x20000,
  ECHO: 0x40000,
} as const;

const RUNNING = 0x40;

/**
 * Flags of a link as words: `NO-CARRIER` for one that is up but not running, RUNNING itself not at all, unknown bits as
 * one hex number.
 * Source: observed on `ip link`.
 */
export function linkFlagWords(flags: number): string[] {
  const words: string[] = [];
  if ((flags & LINK_FLAGS.UP) !== 0 && (flags & RUNNING) === 0) words.push('NO-CARRIER');
  let rest = flags & ~RUNNING;
  for (const word of Object.keys(LINK_FLAGS) as (keyof typeof LINK_FLAGS)[]) {
    if ((rest & LINK_FLAGS[word]) === 0) continue;
    words.push(word);
    rest &= ~LINK_FLAGS[word];
  }
  if (rest !== 0) words.push((rest >>> 0).toString(16));
  return words;
}

/** States of a neighbour as words; several only in filters. */
export function neighbourStateWords(state: number): NeighbourState[] {
  return (Object.keys(NEIGHBOUR_STATES) as NeighbourState[]).filter(word => (state & NEIGHBOUR_STATES[word]) !== 0);
}
