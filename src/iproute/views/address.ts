import type {IpAddress} from '../../addr/ip.js';
import {OpaqueAddress} from '../../addr/opaque.js';
import {type AddressFlag, addressFlags} from '../../ops/addressFlags.js';
import type {Address} from '../../rtnetlink/address/schema.js';
import {IFA_F_PERMANENT} from '../../rtnetlink/constants.js';
import {custom, type Field, field, line, literal, view, when} from '../../view/field.js';
import {ifname, address as ipAddress, type Kind, lifetime, named, text, uint, word} from '../../view/kinds.js';

const AF_INET6 = 10;

/** One address, and whether its line names the link: with `-o`, and in a flush. */
export interface AddressRow {
  readonly address: Address;
  readonly hasLink: boolean;
}

/** The link's own address. */
function ownOf({address: a}: AddressRow): IpAddress | undefined {
  return a.local ?? a.address;
}

/** The other end. Of families other than IP the reference tells it whenever both are sent: it compares 16 bytes. */
function peerOf({address: a}: AddressRow): IpAddress | undefined {
  return a.local instanceof OpaqueAddress ? a.address : a.peer;
}

function familyWord({address: a}: AddressRow): string | undefined {
  return a.family === 2 ? 'inet' : a.family === AF_INET6 ? 'inet6' : undefined;
}

/** Families other than IP have addresses that the reference does not write. */
const address: Kind<IpAddress> = {
  text(out, value, c) {
    if (value instanceof OpaqueAddress) out.ascii('???');
    else ipAddress.text(out, value, c);
  },
  json(json, value, c) {
    if (value instanceof OpaqueAddress) json.word('???');
    else ipAddress.json(json, value, c);
  },
};

/** Own address, peer, prefix length and metric: all that `-br` shows. */
const addressFields: readonly Field<AddressRow>[] = [
  field('local', '%s', address, ownOf, {colour: 'family'}),
  when(r => peerOf(r) !== undefined, [literal(' peer ')]),
  field('address', '%s', address, peerOf, {colour: 'family'}),
  field('prefixlen', '/%s ', uint, r => (ownOf(r) === undefined ? undefined : r.address.prefixlen)),
  field('metric', 'metric %s ', uint, r => r.address.rtPriority || undefined),
];

/** Whether an address shows the word of a flag; the lack of `permanent` is what shows. */
function hasFlag({family, flagBits}: Address, {word: name, bit}: AddressFlag): boolean {
  if (((flagBits & bit) !== 0) === (bit === IFA_F_PERMANENT)) return false;
  // One bit has two words.
  return name === 'secondary' ? family !== AF_INET6 : name !== 'temporary' || family === AF_INET6;
}

const wordOf = ({word: name, bit}: AddressFlag): string => (bit === IFA_F_PERMANENT ? 'dynamic' : name);

/** Flags in the order of their bits: one field, because most addresses show none. */
const flagsField = custom<AddressRow>(
  (out, {address: a}) => {
    for (const flag of addressFlags) if (hasFlag(a, flag)) out.ascii(`${wordOf(flag)} `);
  },
  (json, {address: a}) => {
    for (const flag of addressFlags) {
      if (!hasFlag(a, flag)) continue;
      json.key(wordOf(flag));
      json.bool(true);
    }
  },
);

const KNOWN_FLAGS = 0xfff;

/** Flags without a word. */
const otherFlags: Kind<number> = {
  text: (out, value) => out.hex(value, 2),
  json: (json, value) => json.word(value.toString(16).padStart(2, '0')),
};

/** One address of `ip addr`, with its line ends. */
export const addressView = view<AddressRow>(
  [
    when(
      r => r.hasLink,
      [field('index', '%s: ', uint, r => r.address.index), field('dev', '%s', ifname, r => r.address.index)],
    ),
    field('family', '    %s ', word, familyWord),
    field('family_index', '    family %s ', uint, r => (familyWord(r) === undefined ? r.address.family : undefined)),
    ...addressFields,
    field('broadcast', 'brd %s ', address, r => r.address.broadcast, {colour: 'family'}),
    field('anycast', 'any %s ', address, r => r.address.anycast, {colour: 'family'}),
    field('multicast', 'mcast %s ', address, r => r.address.multicast, {colour: 'family'}),
    field('scope', 'scope %s ', named('scope'), r => r.address.scope),
    flagsField,
    field('ifa_flags', 'flags %s ', otherFlags, r => (r.address.flagBits & ~KNOWN_FLAGS) >>> 0 || undefined),
    field('label', '%s', text, r => r.address.label),
    when(
      r => r.address.cacheinfo !== undefined,
      [
        line('       '),
        field('valid_life_time', 'valid_lft %s', lifetime, r => r.address.cacheinfo?.valid),
        field('preferred_life_time', ' preferred_lft %s', lifetime, r => r.address.cacheinfo?.prefered),
      ],
    ),
    literal('\n'),
  ],
  addressFields,
);
