import {
  NTF_EXT_EXT_VALIDATED,
  NTF_EXT_LEARNED,
  NTF_EXT_MANAGED,
  NTF_PROXY,
  NTF_ROUTER,
} from '../../rtnetlink/constants.js';
import type {Neighbour} from '../../rtnetlink/neigh/schema.js';
import {neighbourStateWords} from '../../rtnetlink/words.js';
import {custom, type Field, field, view, when} from '../../view/field.js';
import {address, ifname, lladdr, named, present, uint} from '../../view/kinds.js';

/** One entry, and whether its device is already known to the reader. */
export interface NeighRow {
  readonly neighbour: Neighbour;
  /** The listing is that of one device. */
  readonly ofDevice: boolean;
}

function flag(word: string, isSet: (r: Neighbour) => boolean): Field<NeighRow> {
  return field(word, `${word} `, present, r => (isSet(r.neighbour) ? true : undefined));
}

/** Seconds since something happened, from clock ticks. */
function seconds(ticks: number): number {
  return Math.trunc(ticks / 100);
}

const statistics: readonly Field<NeighRow>[] = [
  when(
    r => (r.neighbour.cacheinfo?.refcnt ?? 0) !== 0,
    [field('refcnt', ' ref %s', uint, r => r.neighbour.cacheinfo?.refcnt)],
  ),
  custom(
    (out, {neighbour: {cacheinfo}}) => {
      if (cacheinfo === undefined) return;
      const {used, confirmed, updated} = cacheinfo;
      out.ascii(` used ${seconds(used)}/${seconds(confirmed)}/${seconds(updated)}`);
    },
    (json, {neighbour: {cacheinfo}}) => {
      if (cacheinfo === undefined) return;
      for (const key of ['used', 'confirmed', 'updated'] as const) {
        json.key(key);
        json.uint(seconds(cacheinfo[key]));
      }
    },
  ),
  field('probes', 'probes %s ', uint, r => r.neighbour.probes),
];

/** States in capitals; none for a proxy entry. */
const states: Field<NeighRow> = custom(
  (out, {neighbour}) => {
    for (const word of neighbourStateWords(neighbour.state)) out.ascii(`${word.toUpperCase()} `);
  },
  (json, {neighbour}) => {
    if (neighbour.state === 0) return;
    json.openArray('state');
    for (const word of neighbourStateWords(neighbour.state)) json.word(word.toUpperCase());
    json.closeArray();
  },
);

const device = (r: NeighRow): number | undefined => (r.ofDevice ? undefined : r.neighbour.ifindex || undefined);

/** One line of `ip neighbour`; without its end. */
export const neighView = view<NeighRow>(
  [
    field('dst', '%s ', address, r => r.neighbour.dst, {colour: 'family'}),
    field('dev', 'dev %s ', ifname, device, {
      colour: 'ifname',
    }),
    field('lladdr', 'lladdr %s ', lladdr, r => r.neighbour.lladdr, {colour: 'mac'}),
    flag('router', r => (r.flags & NTF_ROUTER) !== 0),
    flag('proxy', r => (r.flags & NTF_PROXY) !== 0),
    flag('managed', r => ((r.flagsExt ?? 0) & NTF_EXT_MANAGED) !== 0),
    flag('extern_learn', r => (r.flags & NTF_EXT_LEARNED) !== 0),
    flag('extern_valid', r => ((r.flagsExt ?? 0) & NTF_EXT_EXT_VALIDATED) !== 0),
    when((_, c) => c.statistics > 0, statistics),
    states,
    field('protocol', 'proto %s ', named('protocol'), r => r.neighbour.protocol),
  ],
  [
    field('dst', '%-39s ', address, r => r.neighbour.dst, {colour: 'family'}),
    field('dev', '%-16s ', ifname, device, {colour: 'ifname'}),
    field('lladdr', '%s', lladdr, r => r.neighbour.lladdr, {colour: 'mac'}),
  ],
);
