import type {Tun} from '../../../rtnetlink/link/kinds/tun.js';
import type {Field} from '../../../view/field.js';
import {custom, field, when} from '../../../view/field.js';
import {type Kind, text, uint} from '../../../view/kinds.js';
import {nameOfGroup, nameOfUser} from './accounts.js';
import {onOffNumber} from './values.js';

/** IFF_TUN and IFF_TAP. Source: uapi linux/if_tun.h. */
const types = ['', 'tun', 'tap'];

const type: Kind<number> = {
  text: (out, value) => out.ascii(types[value] ?? String(value)),
  json: (json, value) => json.word(types[value] ?? String(value)),
};

/** A tun or tap device with `-d`. */
export const tunFields: readonly Field<Tun>[] = [
  field('type', 'type %s ', type, r => r.type),
  field('pi', 'pi %s ', onOffNumber, r => r.pi),
  field('vnet_hdr', 'vnet_hdr %s ', onOffNumber, r => r.vnetHdr),
  custom(
    (out, r) => {
      if (r.multiQueue === 1) out.ascii('multi_queue ');
    },
    (json, r) => {
      json.key('multi_queue');
      json.bool(r.multiQueue === 1);
    },
  ),
  when(
    r => r.multiQueue === 1,
    [
      field('numqueues', 'numqueues %s ', uint, r => r.numQueues),
      field('numdisabled', 'numdisabled %s ', uint, r => r.numDisabledQueues),
    ],
  ),
  field('persist', 'persist %s ', onOffNumber, r => r.persist),
  field('user', 'user %s ', text, r => (r.owner === undefined ? undefined : nameOfUser(r.owner))),
  field('group', 'group %s ', text, r => (r.group === undefined ? undefined : nameOfGroup(r.group))),
];
