import {refuse} from '../../grammar/errors.js';
import {
  choice,
  clause,
  formatClause,
  keyword,
  type Parsed,
  parseClause,
  type SpecBag,
  type ValueType,
} from '../../grammar/grammar.js';
import {netkitModes, netkitPolicies, netkitScrubs} from '../../rtnetlink/link/kinds/netkit.js';
import {oneOf} from '../wordValues.js';
import type {KindContext, LinkKind} from './kind.js';
import {peerBody, peerOptions} from './veth.js';

const mode = oneOf(netkitModes, () => refuse('Error: argument of "mode" must be either "l3" or "l2"', 1));
const scrub = oneOf(netkitScrubs, () => refuse('Error: scrub must be either "none" or "default"', 1));

/** The peer's own words stand before those of any link. */
const ofPeer = clause({peerPolicy: choice(netkitPolicies), peerScrub: keyword('scrub', scrub)});

interface Peer {
  readonly own: Parsed<typeof ofPeer>;
  readonly link: Parsed<typeof peerOptions>;
}

const peer: ValueType<Peer> = {
  label: '[ forward | blackhole ] [ scrub { none | default } ] [ LINK-OPTIONS ]',
  parse: (cursor, _keyword, env) => ({
    own: parseClause(ofPeer, cursor, env),
    link: parseClause(peerOptions, cursor, env),
  }),
  format: ({own, link}, env) => [...formatClause(ofPeer, own, env), ...formatClause(peerOptions, link, env)],
};

/** Options of a netkit pair, as iproute2 has them since 6.7. Keys are attribute names. */
const options = clause({
  mode: keyword('mode', mode, {duplicate: 'error'}),
  policy: choice(netkitPolicies),
  scrub: keyword('scrub', scrub),
  peer: keyword('peer', peer),
});

function data({peer: other, ...attributes}: SpecBag, context: KindContext): SpecBag {
  if (other === undefined) return attributes;
  const {own, link}: Peer = other;
  Object.assign(attributes, own);
  if (Object.keys(link).length > 0) attributes.peerInfo = peerBody(link, context);
  return attributes;
}

/** `type netkit`. */
export const netkit = (): LinkKind => ({name: 'netkit', options, data, unknown: 'unknown option', help: 'none'});
