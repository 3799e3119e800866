import {STATE_NAMES} from '../sockdiag/constants.js';
import type {Transport} from '../sockdiag/requests.js';

/** What the column `Netid` says: the table, or that nobody knows it. */
export type NetId = Transport | 'icmp6' | '???';

let states: readonly Uint8Array[] | undefined;
const netids = new Map<NetId, Uint8Array>();

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Text of the column `Netid`. @hot */
export function netidText(transport: NetId): Uint8Array {
  let text = netids.get(transport);
  if (text === undefined) {
    text = ascii(transport);
    netids.set(transport, text);
  }
  return text;
}

/** Text of the column `State`. @hot */
export function stateText(state: number): Uint8Array {
  states ??= STATE_NAMES.map(ascii);
  return states[state] ?? (states[0] as Uint8Array);
}

/** Directions that are shut down: bit 0 reading, bit 1 writing. */
export function directions(shutdown: number): {readonly read: boolean; readonly write: boolean} {
  return {read: (shutdown & 1) !== 0, write: (shutdown & 2) !== 0};
}
