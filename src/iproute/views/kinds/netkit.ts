import {type Netkit, netkitModes, netkitPolicies, netkitScrubs} from '../../../rtnetlink/link/kinds/netkit.js';
import {type Field, field} from '../../../view/field.js';
import {word} from '../../../view/kinds.js';

function wordOf(table: Readonly<Record<string, number>>, value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  return Object.keys(table).find(name => table[name] === value) ?? 'UNKNOWN';
}

/** One of a netkit pair with `-d`, in the order of iproute2 6.15. */
export const netkitFields: readonly Field<Netkit>[] = [
  field('mode', 'mode %s ', word, r => wordOf(netkitModes, r.mode)),
  field('type', 'type %s ', word, ({primary}) =>
    primary === undefined ? undefined : primary === 0 ? 'peer' : 'primary',
  ),
  field('policy', 'policy %s ', word, r => wordOf(netkitPolicies, r.policy)),
  field('peer_policy', 'peer policy %s ', word, r => wordOf(netkitPolicies, r.peerPolicy)),
  field('scrub', 'scrub %s ', word, r => wordOf(netkitScrubs, r.scrub)),
  field('peer_scrub', 'peer scrub %s ', word, r => wordOf(netkitScrubs, r.peerScrub)),
];
