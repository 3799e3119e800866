import {type Field, field, when} from '../../../view/field.js';
import {uint, word} from '../../../view/kinds.js';
import {fwmark, switchedOn} from './tunnel.js';

/** What tunnels over IPv6 share. */
interface Ip6 {
  readonly encapLimit: number | undefined;
  readonly flowinfo: number | undefined;
  readonly flags: number | undefined;
  readonly fwmark: number | undefined;
}

const padded = (value: number, width: number): string => `0x${value.toString(16).padStart(width, '0')}`;

/** IP6_TNL_F_* as a value's place: `WORD ` and a boolean of an odd name. Source: uapi linux/ip6_tunnel.h. */
function flagged(bit: number, key_: string, text: string): Field<Ip6> {
  return switchedOn(key_, text, r => ((r.flags ?? 0) & bit) !== 0);
}

/** A value that a flag stands in for. */
function unlessFlagged(bit: number, field_: Field<Ip6>): Field<Ip6> {
  return when(r => ((r.flags ?? 0) & bit) === 0, [field_]);
}

/** Options of a tunnel over IPv6 in the reference's order, up to the keys or the mark. */
export const ip6Options: readonly Field<Ip6>[] = [
  flagged(0x1, 'ip6_tnl_f_ign_encap_limit', 'encaplimit none '),
  unlessFlagged(
    0x1,
    field('encap_limit', 'encaplimit %s ', uint, r => r.encapLimit),
  ),
  flagged(0x2, 'ip6_tnl_f_use_orig_tclass', 'tclass inherit '),
  unlessFlagged(
    0x2,
    field('tclass', 'tclass %s ', word, r => part(r.flowinfo, 20, 0xff, 2)),
  ),
  flagged(0x4, 'ip6_tnl_f_use_orig_flowlabel', 'flowlabel inherit '),
  unlessFlagged(
    0x4,
    field('flowlabel', 'flowlabel %s ', word, r => part(r.flowinfo, 0, 0xfffff, 5)),
  ),
  flagged(0x10, 'ip6_tnl_f_rcv_dscp_copy', 'dscp inherit '),
];

function part(flowinfo: number | undefined, shift: number, mask: number, width: number): string | undefined {
  return flowinfo === undefined ? undefined : padded((flowinfo >>> shift) & mask, width);
}

/** For Mobile IPv6, which only tunnels that carry IPv6 show. */
export const mip6: Field<Ip6> = flagged(0x8, 'ip6_tnl_f_mip6_dev', 'mip6 ');

/** Whether the other end may be here. */
export const localRemote: Field<Ip6> = flagged(0x40, 'ip6_tnl_f_allow_local_remote', 'allow-localremote ');

/** Firewall mark of a tunnel over IPv6. */
export const ip6Fwmark: readonly Field<Ip6>[] = [
  flagged(0x20, 'ip6_tnl_f_use_orig_fwmark', 'fwmark inherit '),
  unlessFlagged(0x20, fwmark()),
];
