import type {Gre} from '../../../rtnetlink/link/kinds/gre.js';
import {custom, type Field, field} from '../../../view/field.js';
import {enumerated, hex, uint} from '../../../view/kinds.js';
import {encap, ends, fwmark, key, switchedOn, tos, ttl, unlessZero} from './tunnel.js';
import {ip6Fwmark, ip6Options, localRemote} from './tunnelIp6.js';

/** Bits of the first word of a GRE header. Source: RFC 2890. */
const CSUM = 0x8000;
const KEY = 0x2000;
const SEQ = 0x1000;

const external: Field<Gre> = switchedOn('external', 'external ', r => r.collectMetadata);

const flow: readonly Field<Gre>[] = [
  field('ikey', 'ikey %s ', key, r => (((r.iflags ?? 0) & KEY) === 0 ? undefined : r.ikey)),
  field('okey', 'okey %s ', key, r => (((r.oflags ?? 0) & KEY) === 0 ? undefined : r.okey)),
  switchedOn('iseq', 'iseq ', r => (r.iflags ?? 0) & SEQ),
  switchedOn('oseq', 'oseq ', r => (r.oflags ?? 0) & SEQ),
  switchedOn('icsum', 'icsum ', r => (r.iflags ?? 0) & CSUM),
  switchedOn('ocsum', 'ocsum ', r => (r.oflags ?? 0) & CSUM),
];

const erspan: readonly Field<Gre>[] = [
  field('erspan_index', 'erspan_index %s ', uint, r => r.erspanIndex),
  field('erspan_ver', 'erspan_ver %s ', uint, r => r.erspanVer),
  field('erspan_dir', 'erspan_dir %s ', enumerated(['ingress', 'egress']), r =>
    r.erspanDir === undefined ? undefined : Math.min(r.erspanDir, 1),
  ),
  field('erspan_hwid', 'erspan_hwid %s ', hex, r => r.erspanHwid),
];

/** A GRE or ERSPAN tunnel over IPv4 with `-d`, in the reference's order. */
export const greFields: readonly Field<Gre>[] = [
  external,
  ...ends,
  field('ttl', 'ttl %s ', ttl, r => r.ttl ?? 0),
  field('tos', 'tos %s ', tos, r => unlessZero(r.tos)),
  custom(
    (out, r) => {
      if (r.pmtudisc === 0) out.ascii('nopmtudisc ');
    },
    (json, r) => {
      if (r.pmtudisc === undefined) return;
      json.key('pmtudisc');
      json.bool(r.pmtudisc !== 0);
    },
  ),
  switchedOn('ignore_df', 'ignore-df ', r => r.ignoreDf),
  ...flow,
  fwmark(),
  ...erspan,
  encap,
];

/** A GRE or ERSPAN tunnel over IPv6 with `-d`, in the reference's order. */
export const ip6greFields: readonly Field<Gre>[] = [
  external,
  ...ends,
  field('ttl', 'hoplimit %s ', ttl, r => r.ttl ?? 0),
  ...ip6Options,
  ...flow,
  localRemote,
  ...ip6Fwmark,
  ...erspan,
  encap,
];
