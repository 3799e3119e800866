/**
 * TCP states by their kernel number, which UDP and other sockets borrow: `established` is a connected one, `close` one
 * that is not. Source: uapi linux/tcp.h and net/tcp_states.h.
 */
export const STATES = {
  established: 1,
  'syn-sent': 2,
  'syn-recv': 3,
  'fin-wait-1': 4,
  'fin-wait-2': 5,
  'time-wait': 6,
  close: 7,
  'close-wait': 8,
  'last-ack': 9,
  listen: 10,
  closing: 11,
} as const;

/** Name of a socket state. */
export type StateName = keyof typeof STATES;

/** All states as a mask, as the reference asks for them with `-a`. */
export const ALL_STATES = 0xfff;

/**
 * Mask with one bit a state, as requests take it.
 * @param names nothing is all states
 */
export function stateMask(names: readonly StateName[] = []): number {
  if (names.length === 0) return ALL_STATES;
  let mask = 0;
  for (const name of names) mask |= 1 << STATES[name];
  return mask;
}

/** Name of a state number; undefined for one that is not known. */
export function stateName(state: number): StateName | undefined {
  for (const name in STATES) if (STATES[name as StateName] === state) return name as StateName;
  return undefined;
}

/** __SO_ACCEPTCON in /proc/net/unix. */
const ACCEPTS = 1 << 16;
const PROC_STATES = [0, STATES.close, STATES['syn-sent'], STATES.established, STATES.closing];

/** State of a UNIX socket by what /proc/net/unix has. */
export function procUnixState(flags: number, state: number): number {
  return (flags & ACCEPTS) !== 0 ? STATES.listen : (PROC_STATES[state] ?? 0);
}
