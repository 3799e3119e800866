import type {Vlan} from '../../../rtnetlink/link/kinds/vlan.js';
import type {Field} from '../../../view/field.js';
import {custom, field, flags} from '../../../view/field.js';
import {uint} from '../../../view/kinds.js';
import {etherType} from './values.js';

/** VLAN_FLAG_*, in the reference's order. Source: uapi linux/if_vlan.h. */
const flagWords: readonly (readonly [bit: number, word: string])[] = [
  [1, 'REORDER_HDR'],
  [2, 'GVRP'],
  [8, 'MVRP'],
  [4, 'LOOSE_BINDING'],
  [16, 'BRIDGE_BINDING'],
];

function wordsOf(r: Vlan): readonly string[] | undefined {
  if (r.flags === undefined) return undefined;
  const words: string[] = [];
  let rest = r.flags.flags;
  for (const [bit, word] of flagWords) {
    if ((rest & bit) === 0) continue;
    words.push(word);
    rest &= ~bit;
  }
  if (rest !== 0) words.push(rest.toString(16));
  return words;
}

type Mappings = readonly {readonly from: number; readonly to: number}[];

/** A line of its own in text. */
function mapping(key: string, word: string, get: (r: Vlan) => Mappings | undefined): Field<Vlan> {
  return custom(
    (out, r, c) => {
      const all = get(r);
      if (all === undefined) return;
      out.byte(c.oneline ? 92 : 10);
      out.ascii(`      ${word} { `);
      for (const {from, to} of all) out.ascii(`${from}:${to} `);
      out.ascii('} ');
    },
    (json, r) => {
      const all = get(r);
      if (all === undefined) return;
      json.openArray(key);
      for (const {from, to} of all) {
        json.openObject();
        json.key('from');
        json.uint(from);
        json.key('to');
        json.uint(to);
        json.closeObject();
      }
      json.closeArray();
    },
  );
}

/** A VLAN device with `-d`. */
export const vlanFields: readonly Field<Vlan>[] = [
  field('protocol', 'protocol %s ', etherType, r => r.protocol),
  field('id', 'id %s ', uint, r => r.id),
  flags('flags', ['<', ',', '> '], wordsOf),
  mapping('ingress_qos', 'ingress-qos-map', r => r.ingressQos),
  mapping('egress_qos', 'egress-qos-map', r => r.egressQos),
];
