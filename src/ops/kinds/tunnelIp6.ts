import {wrong} from '../../grammar/errors.js';
import {choice, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {unsigned} from '../../grammar/numbers.js';
import {either, fwmark} from './tunnel.js';
import {number} from './values.js';

/** Numbers of IP6_TNL_F_*. Source: uapi linux/ip6_tunnel.h. */
const IGNORE_ENCAP_LIMIT = 0x1;
const ORIGINAL_TCLASS = 0x2;
const ORIGINAL_FLOWLABEL = 0x4;
const DSCP_COPY = 0x10;
const ORIGINAL_FWMARK = 0x20;
const ALLOW_LOCAL_REMOTE = 0x40;

/** TUNNEL_ENCAP_FLAG_CSUM6, which new tunnels over IPv6 have. Source: uapi linux/if_tunnel.h. */
export const CSUM6 = 2;

/** Traffic class and flow label inside the second half of an IPv6 header's first word. */
const TCLASS_SHIFT = 20;
const TCLASS_MASK = 0xff << TCLASS_SHIFT;
const FLOWLABEL_MASK = 0xfffff;

/** The word that a value without any other takes. */
export const inheritOnly: ValueType<true> = {
  label: 'inherit',
  complete: ['inherit'],
  parse(cursor) {
    const word = cursor.next();
    if (word !== 'inherit') throw wrong(word, 'not inherit');
    return true;
  },
  format: () => ['inherit'],
};

/** Values of the options of a tunnel over IPv6; `inherit` and `none` are words of the spec. */
export const ip6Values = {
  encaplimit: either<number | 'none'>('none', 'none', number(0xff, 'invalid ELIM')),
  tclass: either<number | 'inherit'>('inherit', 'inherit', hexadecimal(0xff, 'invalid TClass')),
  flowlabel: either<number | 'inherit'>('inherit', 'inherit', hexadecimal(0xfffff, 'invalid Flowlabel')),
  fwmark: either<number | 'inherit'>('inherit', 'inherit', fwmark),
} as const;

function hexadecimal(max: number, text: string): ValueType<number> {
  return {
    label: 'NUMBER',
    parse(cursor) {
      const word = cursor.next();
      const value = unsigned(word, max, 16);
      if (value === undefined) throw wrong(word, text);
      return value;
    },
    format: value => [`0x${value.toString(16)}`],
  };
}

/** Options that all tunnels over IPv6 have, but for those whose spellings differ. In full only. */
export const ip6Terms = () => ({
  dscp: keyword('dscp', inheritOnly),
  fwmark: keyword('fwmark', ip6Values.fwmark),
  localRemote: choice({'allow-localremote': true, 'noallow-localremote': false}),
});

/** Hop limit, class, label, flags and mark of a tunnel over IPv6, from what is and the words. */
export function ip6Data(spec: SpecBag, old: SpecBag): SpecBag {
  const state = {
    ttl: spec.ttl ?? old.ttl ?? 64,
    encapLimit: old.encapLimit ?? 4,
    flowinfo: old.flowinfo ?? 0,
    flags: old.flags ?? 0,
    fwmark: old.fwmark ?? 0,
  };
  const mark = (bit: number, isSet: boolean): void => {
    state.flags = isSet ? state.flags | bit : state.flags & ~bit;
  };
  const {encaplimit, tclass, flowlabel, dscp, localRemote} = spec;
  if (encaplimit !== undefined) {
    mark(IGNORE_ENCAP_LIMIT, encaplimit === 'none');
    if (encaplimit !== 'none') state.encapLimit = encaplimit;
  }
  if (tclass !== undefined) {
    mark(ORIGINAL_TCLASS, tclass === 'inherit');
    state.flowinfo = field(state.flowinfo, TCLASS_MASK, tclass === 'inherit' ? 0 : tclass << TCLASS_SHIFT);
  }
  if (flowlabel !== undefined) {
    mark(ORIGINAL_FLOWLABEL, flowlabel === 'inherit');
    state.flowinfo = field(state.flowinfo, FLOWLABEL_MASK, flowlabel === 'inherit' ? 0 : flowlabel);
  }
  if (dscp === true) mark(DSCP_COPY, true);
  if (spec.fwmark !== undefined) {
    mark(ORIGINAL_FWMARK, spec.fwmark === 'inherit');
    state.fwmark = spec.fwmark === 'inherit' ? 0 : spec.fwmark;
  }
  if (localRemote !== undefined) mark(ALLOW_LOCAL_REMOTE, localRemote);
  return state;
}

function field(word: number, mask: number, value: number): number {
  return ((word & ~mask) | value) >>> 0;
}
