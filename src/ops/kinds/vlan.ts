import {refuse} from '../../grammar/errors.js';
import {clause, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {onOff, vlanProtocol} from '../linkValues.js';
import type {LinkKind} from './kind.js';
import {number, option} from './values.js';

/** VLAN_FLAG_* by option. Source: uapi linux/if_vlan.h. */
const flags: Readonly<Record<string, number>> = {
  reorderHdr: 1,
  gvrp: 2,
  looseBinding: 4,
  mvrp: 8,
  bridgeBinding: 16,
};

/** A pair of priorities. */
interface Mapping {
  readonly from: number;
  readonly to: number;
}

/** `FROM:TO`, as many as there are. */
function mappings(): ValueType<readonly Mapping[]> {
  return {
    label: 'QOS-MAP',
    parse(cursor, keyword) {
      const all: Mapping[] = [];
      for (let word = cursor.next(); ; word = cursor.next()) {
        const colon = word.indexOf(':');
        if (colon === -1) {
          cursor.position--;
          return all;
        }
        const from = word.slice(0, colon);
        const pair = {from: unsigned(from, 0xffffffff), to: unsigned(word.slice(colon + 1), 0xffffffff)};
        if (pair.from === undefined || pair.to === undefined) {
          throw refuse(`Error: argument "${from}" is wrong: invalid ${keyword}`);
        }
        all.push(pair as Mapping);
        if (cursor.done) return all;
      }
    },
    format: value => value.map(({from, to}) => `${from}:${to}`),
  };
}

/** Options of a VLAN device, in match order. */
const options = clause({
  protocol: option('protocol', vlanProtocol('protocol is invalid')),
  id: option('id', number(0xffff, 'id is invalid')),
  reorderHdr: option('reorder_hdr', onOff),
  gvrp: option('gvrp', onOff),
  mvrp: option('mvrp', onOff),
  looseBinding: option('loose_binding', onOff),
  bridgeBinding: option('bridge_binding', onOff),
  ingressQos: option('ingress-qos-map', mappings()),
  egressQos: option('egress-qos-map', mappings()),
});

/** The flags become one attribute behind all others. */
function data(spec: SpecBag): SpecBag {
  const attributes: SpecBag = {};
  let bits = 0;
  let mask = 0;
  for (const [key, value] of Object.entries(spec)) {
    const bit = flags[key];
    if (bit === undefined) {
      attributes[key] = value;
      continue;
    }
    mask |= bit;
    bits = value === true ? bits | bit : bits & ~bit;
  }
  if (mask !== 0) attributes.flags = {flags: bits, mask};
  return attributes;
}

/** `type vlan`. */
export const vlan: LinkKind = {name: 'vlan', options, data, unknown: 'unknown command'};
