import type {Macvlan} from '../../../rtnetlink/link/kinds/macvlan.js';
import type {Field} from '../../../view/field.js';
import {custom, field, when} from '../../../view/field.js';
import {type Kind, uint} from '../../../view/kinds.js';

/** MACVLAN_MODE_*. Source: uapi linux/if_link.h. */
const modes: Readonly<Record<number, string>> = {1: 'private', 2: 'vepa', 4: 'bridge', 8: 'passthru', 16: 'source'};
const SOURCE = 16;

const mode: Kind<number> = {
  text: (out, value) => out.ascii(modes[value] ?? '<unknown mode>'),
  json: (json, value) => json.word(modes[value] ?? '<unknown mode>'),
};

function flag(word: string, bit: number): Field<Macvlan> {
  return when(
    r => ((r.flags ?? 0) & bit) !== 0,
    [
      custom(
        out => out.ascii(`${word} `),
        json => {
          json.key(word);
          json.bool(true);
        },
      ),
    ],
  );
}

/** A macvlan or macvtap device with `-d`. */
export const macvlanFields: readonly Field<Macvlan>[] = [
  field('mode', 'mode %s ', mode, r => r.mode),
  flag('nopromisc', 1),
  flag('nodst', 2),
  field('bcqueuelen', 'bcqueuelen %s ', uint, r => r.bcQueueLen),
  field('usedbcqueuelen', 'usedbcqueuelen %s ', uint, r => r.bcQueueLenUsed),
  field('macaddr_count', 'remotes (%s) ', uint, r => (r.mode === SOURCE ? r.macaddrCount : undefined)),
  custom(
    (out, r) => {
      for (const address of r.macaddrData ?? []) {
        out.lladdr(address);
        out.byte(32);
      }
    },
    (json, r) => {
      if (r.macaddrData === undefined) return;
      json.openArray('macaddr_data');
      for (const address of r.macaddrData) {
        const out = json.raw();
        out.byte(34);
        out.lladdr(address);
        out.byte(34);
      }
      json.closeArray();
    },
  ),
];
