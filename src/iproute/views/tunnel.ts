import type {IpAddress} from '../../addr/ip.js';
import type {TunnelRow} from '../../ops/tunnel.js';
import type {GreParms} from '../../ops/tunnelValues.js';
import {
  GRE_CSUM,
  GRE_KEY,
  GRE_SEQ,
  IP6_TNL_F_ALLOW_LOCAL_REMOTE,
  IP6_TNL_F_IGN_ENCAP_LIMIT,
  IP6_TNL_F_RCV_DSCP_COPY,
  IP6_TNL_F_USE_ORIG_FLOWLABEL,
  IP6_TNL_F_USE_ORIG_TCLASS,
  IPPROTO_GRE,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  IPPROTO_MPLS,
  type TunnelParms,
  type TunnelParms6,
} from '../../rtnetlink/link/tunnelParms.js';
import {custom, type Field, field, view, when} from '../../view/field.js';
import {address, ifname, type Kind, present, text, uint, unresolved} from '../../view/kinds.js';
import type {View} from '../../view/view.js';

type Row4 = TunnelRow<TunnelParms>;
type Row6 = TunnelRow<TunnelParms6>;

const protocols: Readonly<Record<number, string>> = {
  0: 'any',
  [IPPROTO_IPIP]: 'ip',
  [IPPROTO_GRE]: 'gre',
  [IPPROTO_IPV6]: 'ipv6',
  [IPPROTO_MPLS]: 'mpls',
};

function modeName(protocol: number, outer: string): string {
  return `${protocols[protocol] ?? 'unknown'}/${outer}`;
}

/** An address, `any` where it is none; JSON has the zeros. */
const endpoint: Kind<IpAddress> = {
  text: (out, value, c) => (value.isUnspecified ? out.ascii('any') : address.text(out, value, c)),
  json: unresolved.json,
};

/** Fields from a key to the lines about sequence and checksum, which GRE has. */
function greFields<R>(of: (row: R) => GreParms, protocol: (row: R) => number): Field<R>[] {
  const both = (g: GreParms): boolean => (g.iFlags & g.oFlags & GRE_KEY) !== 0 && g.iKey === g.oKey;
  const key = (get: (g: GreParms) => number | undefined) => (row: R) => get(of(row));
  const line = (out: {ascii(text: string): void}, newline: string, sentence: string): void =>
    out.ascii(`${newline}  ${sentence}.`);
  return [
    field(
      'key',
      ' key %s',
      uint,
      key(g => (both(g) ? g.iKey : undefined)),
    ),
    field(
      'ikey',
      ' ikey %s',
      uint,
      key(g => (!both(g) && (g.iFlags & GRE_KEY) !== 0 ? g.iKey : undefined)),
    ),
    field(
      'okey',
      ' okey %s',
      uint,
      key(g => (!both(g) && (g.oFlags & GRE_KEY) !== 0 ? g.oKey : undefined)),
    ),
    when<R>(
      row => protocol(row) === IPPROTO_GRE,
      [
        custom(
          (out, row, c) => {
            const {iFlags, oFlags} = of(row);
            const newline = c.oneline ? '\\' : '\n';
            if ((iFlags & GRE_SEQ) !== 0) line(out, newline, 'Drop packets out of sequence');
            if ((iFlags & GRE_CSUM) !== 0) line(out, newline, 'Checksum in received packet is required');
            if ((oFlags & GRE_SEQ) !== 0) line(out, newline, 'Sequence packets on output');
            if ((oFlags & GRE_CSUM) !== 0) line(out, newline, 'Checksum output packets');
          },
          (json, row) => {
            const {iFlags, oFlags} = of(row);
            json.openArray('flags');
            if ((iFlags & GRE_SEQ) !== 0) json.word('rx_drop_ooseq');
            if ((iFlags & GRE_CSUM) !== 0) json.word('rx_csum');
            if ((oFlags & GRE_SEQ) !== 0) json.word('tx_seq');
            if ((oFlags & GRE_CSUM) !== 0) json.word('tx_csum');
            json.closeArray();
          },
        ),
      ],
    ),
  ];
}

/** Counters below the tunnel, which the reference writes as text into JSON, too. */
export const counters: View<Row4 | Row6> = view<Row4 | Row6>([
  when(
    r => r.link !== undefined,
    [
      custom((out, {link}, c) => {
        const s = link?.stats64 ?? link?.stats;
        if (s === undefined) return;
        const newline = c.oneline ? '\\' : '\n';
        const cells = (values: readonly (bigint | number)[], widths: readonly number[]): string =>
          values.map((value, i) => String(value).padEnd(widths[i] ?? 0)).join(' ');
        out.ascii(`${newline}RX: Packets    Bytes        Errors CsumErrs OutOfSeq Mcasts${newline}    `);
        out.ascii(
          cells(
            [s.rxPackets, s.rxBytes, s.rxErrors, s.rxFrameErrors, s.rxFifoErrors, s.multicast],
            [10, 12, 6, 8, 8, 8],
          ),
        );
        out.ascii(`${newline}TX: Packets    Bytes        Errors DeadLoop NoRoute  NoBufs${newline}    `);
        out.ascii(
          cells(
            [s.txPackets, s.txBytes, s.txErrors, s.collisions, s.txCarrierErrors, s.txDropped],
            [10, 12, 6, 8, 8, 6],
          ),
        );
      }, null),
    ],
  ),
]);

/** `inherit`, a name, or both; JSON has the number. */
const tos: Kind<number> = {
  text: (out, value, c) => {
    const high = value & ~1;
    const name = c.names.dsfield.toText(high, c.numeric);
    const word = name === String(high) ? `0x${high.toString(16).padStart(2, '0')}` : name;
    out.text(value === 1 ? 'inherit' : (value & 1) === 1 ? `inherit/${word}` : word);
  },
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};

const routers: Field<Row4> = custom(
  (out, r, c) => {
    for (const {addr, flags} of r.routers ?? []) {
      out.ascii(flags === 0 ? ' pr ' : ' pdr ');
      address.text(out, addr, c);
    }
  },
  (json, r) => {
    for (const {addr, flags} of r.routers ?? []) {
      json.key(flags === 0 ? 'pr' : 'pdr');
      json.word(addr.toString());
    }
  },
);

/** One IPv4 tunnel; without the end of its last line. */
export const tunnelView4: View<Row4> = view<Row4>([
  field('ifname', '%s: ', text, r => r.parms.name, {colour: 'ifname'}),
  field('mode', '%s', text, r => modeName(r.parms.protocol, 'ip')),
  field(null, ' remote ', present, () => true),
  field('remote', '%s ', endpoint, r => r.parms.daddr, {colour: 'family'}),
  field('local', 'local %s', endpoint, r => r.parms.saddr, {colour: 'family'}),
  routers,
  field('dev', ' dev %s', ifname, r => r.parms.link || undefined),
  field('ttl', ' ttl %s', uint, r => r.parms.ttl || undefined),
  when(r => r.parms.ttl === 0, [field(null, ' ttl inherit', present, () => true)]),
  // Plain `inherit` is text only.
  field('tos', null, tos, r => (r.parms.tos > 1 ? r.parms.tos : undefined)),
  field(null, ' tos %s', tos, r => r.parms.tos || undefined),
  field('nopmtudisc', ' nopmtudisc', present, r => ((r.parms.fragOff & 0x4000) === 0 ? true : undefined)),
  when(
    r => (r.deployment?.prefixlen ?? 0) !== 0,
    [
      field('6rd-prefix', ' 6rd-prefix %s', unresolved, r => r.deployment?.prefix),
      field('6rd-prefixlen', '/%s', uint, r => r.deployment?.prefixlen),
      when(
        r => (r.deployment?.relayPrefixlen ?? 0) !== 0,
        [
          field('6rd-relay_prefix', ' 6rd-relay_prefix %s', unresolved, r => r.deployment?.relayPrefix),
          field('6rd-relay_prefixlen', '/%s', uint, r => r.deployment?.relayPrefixlen),
        ],
      ),
    ],
  ),
  ...greFields<Row4>(
    r => r.parms,
    r => r.parms.protocol,
  ),
]);

/** Hexadecimal with some digits; JSON string of the same. */
function hex(digits: number): Kind<number> {
  const form = (value: number): string => `0x${value.toString(16).padStart(digits, '0')}`;
  return {text: (out, value) => out.ascii(form(value)), json: (json, value) => json.word(form(value))};
}

/** A flag with a word of its own in JSON, and the text of what it stands in for. */
function flagged(key: string, text: string, bit: number): Field<Row6> {
  return field(key, text, present, r => ((r.parms.flags & bit) === 0 ? undefined : true));
}

const unless = (bit: number, get: (parms: TunnelParms6) => number) => (r: Row6) =>
  (r.parms.flags & bit) === 0 ? get(r.parms) : undefined;

/** One IPv6 tunnel; without the end of its last line. */
export const tunnelView6: View<Row6> = view<Row6>([
  field('ifname', '%s: ', text, r => r.parms.name, {colour: 'ifname'}),
  field('mode', '%s', text, r => modeName(r.parms.proto, 'ipv6')),
  field(null, ' remote ', present, () => true),
  field('remote', '%s ', address, r => r.parms.raddr, {colour: 'family'}),
  field('local', 'local %s', address, r => r.parms.laddr, {colour: 'family'}),
  field('link', ' dev %s', ifname, r => r.parms.link || undefined),
  flagged('ip6_tnl_f_ign_encap_limit', ' encaplimit none', IP6_TNL_F_IGN_ENCAP_LIMIT),
  field(
    'encap_limit',
    ' encaplimit %s',
    uint,
    unless(IP6_TNL_F_IGN_ENCAP_LIMIT, p => p.encapLimit),
  ),
  field('hoplimit', ' hoplimit %s', uint, r => r.parms.hopLimit || undefined),
  when(r => r.parms.hopLimit === 0, [field(null, ' hoplimit inherit', present, () => true)]),
  flagged('ip6_tnl_f_use_orig_tclass', ' tclass inherit', IP6_TNL_F_USE_ORIG_TCLASS),
  field(
    'tclass',
    ' tclass %s',
    hex(2),
    unless(IP6_TNL_F_USE_ORIG_TCLASS, p => (p.flowinfo >>> 20) & 0xff),
  ),
  flagged('ip6_tnl_f_use_orig_flowlabel', ' flowlabel inherit', IP6_TNL_F_USE_ORIG_FLOWLABEL),
  field(
    'flowlabel',
    ' flowlabel %s',
    hex(5),
    unless(IP6_TNL_F_USE_ORIG_FLOWLABEL, p => p.flowinfo & 0xfffff),
  ),
  field('flowinfo', ' (flowinfo %s)', hex(8), r => r.parms.flowinfo),
  flagged('ip6_tnl_f_rcv_dscp_copy', ' dscp inherit', IP6_TNL_F_RCV_DSCP_COPY),
  flagged('ip6_tnl_f_allow_local_remote', ' allow-localremote', IP6_TNL_F_ALLOW_LOCAL_REMOTE),
  ...greFields<Row6>(
    r => r.parms,
    r => r.parms.proto,
  ),
]);
