import type {NamedNetns, NumberedNetns} from '../../ops/netnsIds.js';
import {NOT_ASSIGNED} from '../../rtnetlink/nsid/schema.js';
import {field, view} from '../../view/field.js';
import {int, type Kind, text} from '../../view/kinds.js';

/** A number, or that there is none: in JSON its key is missing then. */
const number: Kind<number> = {
  text: (out, id) => out.ascii(id === NOT_ASSIGNED ? 'unassigned' : String(id)),
  json: int.json,
};

function assigned(id: number | undefined): number | undefined {
  return id === NOT_ASSIGNED ? undefined : id;
}

/** A line of `ip netns list`. */
export const netnsView = view<NamedNetns>([
  field('name', '%s', text, r => r.name),
  field('id', ' (id: %s)', int, r => r.id),
  field(null, '\n', text, () => ''),
]);

/** A line of `ip netns list-id`. */
export const nsidView = view<NumberedNetns>([
  field(null, 'nsid %s ', number, r => r.nsid.nsid),
  field('nsid', null, int, r => assigned(r.nsid.nsid)),
  field(null, 'current-nsid %s ', number, r => r.nsid.currentNsid),
  field('current-nsid', null, int, r => assigned(r.nsid.currentNsid)),
  field('name', '(iproute2 netns name: %s)', text, r => r.name),
  field(null, '\n', text, () => ''),
]);
