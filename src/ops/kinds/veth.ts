import {duplicate} from '../../grammar/errors.js';
import {clause, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {checkNames, groupRefusal} from '../linkRequest.js';
import {type LinkSpec, linkOptions} from '../linkSpec.js';
import {offOn} from '../linkValues.js';
import type {KindContext, LinkKind} from './kind.js';

/** The type of a peer is that of the device itself. */
const typeAgain: ValueType<never> = {
  label: 'TYPE',
  parse(cursor) {
    throw duplicate('type', cursor.next());
  },
  format: () => [],
};

/** As of the device itself, but for the status of a wrong word. */
const WRONG = 1;
/** Words of the other end of a pair, as of any link. */
export const peerOptions = clause({
  ...linkOptions.terms,
  carrier: keyword('carrier', offOn(WRONG)),
  protoDown: keyword('protodown', offOn(WRONG)),
  type: keyword('type', typeAgain, {match: 'prefix', hidden: true}),
});

/** Header and attributes of the other end: its own message within that of the pair. */
export function peerBody(of: LinkSpec, context: KindContext): SpecBag {
  // A change takes the words of a peer for those of a device that is there; the kernel knows no such change.
  if (!context.isNew) return context.existing(of);
  checkNames(of);
  const ifname = of.name ?? of.dev;
  if (of.group !== undefined && ifname === undefined) throw groupRefusal();
  const body = context.body(of);
  if (of.link !== undefined) body.link = context.lower(of.link);
  if (ifname !== undefined) body.ifname = ifname;
  return body;
}

function data({peer}: SpecBag, context: KindContext): SpecBag {
  return peer === undefined ? {} : {peer: peerBody(peer, context)};
}

function make(name: string): LinkKind {
  return {name, options: clause({peer: keyword('peer', peerOptions)}), data, usageToOutput: true};
}

/** `type veth`. */
export const veth: LinkKind = make('veth');
/** `type vxcan`. */
export const vxcan: LinkKind = make('vxcan');
