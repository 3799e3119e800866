import type {Hsr} from '../../../rtnetlink/link/kinds/hsr.js';
import {type Field, field} from '../../../view/field.js';
import {type Kind, lladdr, uint} from '../../../view/kinds.js';

const NONE = -1;

/** Name of a device, or `<none>` where the kernel names none. */
const port: Kind<number> = {
  text: (out, value, c) => out.text(value === NONE ? '<none>' : c.ifname(value)),
  json(json, value, c) {
    if (value === NONE) json.null();
    else json.string(c.ifname(value));
  },
};

/** An HSR or PRP device with `-d`, in the reference's order. */
export const hsrFields: readonly Field<Hsr>[] = [
  field('slave1', 'slave1 %s ', port, r => r.slave1 ?? NONE),
  field('slave2', 'slave2 %s ', port, r => r.slave2 ?? NONE),
  // Newer than iproute2 6.1.
  field('interlink', 'interlink %s ', port, r => r.interlink),
  field('seq_nr', 'sequence %s ', uint, r => r.seqNr),
  field('supervision_addr', 'supervision %s ', lladdr, r => r.supervisionAddr),
  field('proto', 'proto %s ', uint, r => r.protocol),
];
