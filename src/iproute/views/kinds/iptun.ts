import type {IpAddress} from '../../../addr/ip.js';
import type {Ip6Tunnel, IpTunnel} from '../../../rtnetlink/link/kinds/iptun.js';
import {custom, type Field, field, when} from '../../../view/field.js';
import {word} from '../../../view/kinds.js';
import {encap, ends, fwmark, switchedOn, tos, ttl, unlessZero, yesOrNo} from './tunnel.js';
import {ip6Fwmark, ip6Options, localRemote, mip6} from './tunnelIp6.js';

/** What is carried. Source: uapi linux/in.h, IPPROTO_*; 0 is all. */
const protocols: Readonly<Record<number, string>> = {0: 'any', 4: 'ipip', 41: 'ip6ip', 137: 'mplsip'};
const ip6Protocols: Readonly<Record<number, string>> = {0: 'any', 4: 'ipip6', 41: 'ip6ip6'};

/** Source: uapi linux/if_tunnel.h. */
const SIT_ISATAP = 1;

function protocol(words: Readonly<Record<number, string>>): Field<{readonly proto: number | undefined}> {
  return field('proto', '%s ', word, r => (r.proto === undefined ? undefined : words[r.proto]));
}

/** An address and its length: `WORD ADDRESS/LENGTH `, two members in JSON. */
function network(
  text: string,
  key: string,
  get: (r: IpTunnel) => readonly [address: IpAddress | undefined, length: number | undefined],
): Field<IpTunnel> {
  return custom(
    (out, r) => {
      const [address, length] = get(r);
      if (address === undefined || length === undefined) return;
      out.ascii(`${text} `);
      out.address(address);
      out.ascii(`/${length} `);
    },
    (json, r) => {
      const [address, length] = get(r);
      if (address === undefined || length === undefined) return;
      json.key(key);
      json.word(address.toString());
      json.key(`${key}len`);
      json.uint(length);
    },
  );
}

/** An ipip or sit tunnel with `-d`, in the reference's order. */
export const ipTunnelFields: readonly Field<IpTunnel>[] = [
  switchedOn('external', 'external ', r => r.collectMetadata),
  protocol(protocols),
  ...ends,
  field('ttl', 'ttl %s ', ttl, r => r.ttl ?? 0),
  field('tos', 'tos %s ', tos, r => unlessZero(r.tos)),
  field('pmtudisc', '%s ', yesOrNo('pmtudisc'), r => (r.pmtudisc ?? 0) !== 0),
  switchedOn('isatap', 'isatap ', r => (r.flags ?? 0) & SIT_ISATAP),
  when(
    r => (r.sixRdPrefixlen ?? 0) !== 0,
    [
      network('6rd-prefix', 'prefix', r => [r.sixRdPrefix, r.sixRdPrefixlen]),
      network('6rd-relay_prefix', 'relay_prefix', r => [
        r.sixRdRelayPrefix?.isUnspecified === true ? undefined : r.sixRdRelayPrefix,
        r.sixRdRelayPrefixlen,
      ]),
    ],
  ),
  fwmark(),
  encap,
];

/** A tunnel over IPv6 with `-d`, in the reference's order. */
export const ip6TunnelFields: readonly Field<Ip6Tunnel>[] = [
  switchedOn('external', 'external ', r => r.collectMetadata),
  protocol(ip6Protocols),
  ...ends,
  field('ttl', 'hoplimit %s ', ttl, r => r.ttl ?? 0),
  ...ip6Options,
  mip6,
  localRemote,
  ...ip6Fwmark,
  encap,
];
