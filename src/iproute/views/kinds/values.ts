import {etherTypeName} from '../../../names/etherTypes.js';
import type {Kind} from '../../../view/kinds.js';

/** A bridge as `ifla_bridge_id` names it. */
export interface BridgeId {
  readonly prio: number;
  readonly addr: Uint8Array;
}

function bridgeIdText({prio, addr}: BridgeId): string {
  return `${prio.toString(16).padStart(4, '0')}.${Array.from(addr, byte => byte.toString(16)).join(':')}`;
}

/** `8000.2:0:0:0:0:10`. */
export const bridgeId: Kind<BridgeId> = {
  text: (out, value) => out.ascii(bridgeIdText(value)),
  json: (json, value) => json.word(bridgeIdText(value)),
};

function seconds(ticks: bigint): string {
  return `${ticks / 100n}.${String(ticks % 100n).padStart(2, '0')}`;
}

/** A timer in 1/100 s, as seconds. */
export const timer: Kind<bigint> = {
  text: (out, value) => out.ascii(seconds(value).padStart(7)),
  json: (json, value) => json.raw().ascii(seconds(value)),
};

/** `0x8`, but `0` without the prefix; JSON string. */
export const alternateHex: Kind<number> = {
  text: (out, value) => out.ascii(alternate(value)),
  json: (json, value) => json.word(alternate(value)),
};

function alternate(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`;
}

/** An EtherType by name. */
export const etherType: Kind<number> = {
  text: (out, value) => out.ascii(etherTypeText(value)),
  json: (json, value) => json.word(etherTypeText(value)),
};

/** Name of an EtherType, or its number in brackets. */
export function etherTypeText(value: number): string {
  // The two of VLAN tags need no table.
  if (value === 0x8100) return '802.1Q';
  return value === 0x88a8 ? '802.1ad' : (etherTypeName(value) ?? `[${value}]`);
}

/** `on` or `off` of a 0 or 1; JSON boolean. */
export const onOffNumber: Kind<number> = {
  text: (out, value) => out.ascii(value === 0 ? 'off' : 'on'),
  json: (json, value) => json.bool(value !== 0),
};
