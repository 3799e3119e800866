import type {Gtp} from '../../../rtnetlink/link/kinds/gtp.js';
import {type Field, field} from '../../../view/field.js';
import {uint, word} from '../../../view/kinds.js';

/** Source: uapi linux/if_link.h, enum ifla_gtp_role. */
const roles = ['ggsn', 'sgsn'];

/** A GTP-U tunnel with `-d`, in the reference's order. */
export const gtpFields: readonly Field<Gtp>[] = [
  field('role', 'role %s ', word, r => (r.role === undefined ? undefined : (roles[r.role] ?? 'unknown'))),
  field('hsize', 'hsize %s ', uint, r => r.pdpHashsize),
  field('restart_count', 'restart_count %s ', uint, r => r.restartCount),
];
