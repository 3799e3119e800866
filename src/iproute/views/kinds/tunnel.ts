import {IpAddress} from '../../../addr/ip.js';
import {custom, type Field, field, group, when} from '../../../view/field.js';
import {address, hex, ifname, type Kind, uint} from '../../../view/kinds.js';

/** Nothing shown for zero. */
export function unlessZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

/** `word ` in text where the option is on; a boolean under `key` in JSON there. */
export function switchedOn<R>(key: string, text: string, get: (r: R) => unknown): Field<R> {
  return when(
    r => Boolean(get(r)),
    [
      custom(
        out => out.ascii(text),
        json => {
          json.key(key);
          json.bool(true);
        },
      ),
    ],
  );
}

/** `word` or `noword`; a boolean in JSON. */
export function yesOrNo(text: string): Kind<boolean> {
  return {
    text: (out, value) => out.ascii(value ? text : `no${text}`),
    json: (json, value) => json.bool(value),
  };
}

/** `word ` or `noword ` where the kernel says which; a boolean in JSON. */
export function either<R>(key: string, text: string, get: (r: R) => number | undefined): Field<R> {
  return field(key, '%s ', yesOrNo(text), r => {
    const value = get(r);
    return value === undefined ? undefined : value !== 0;
  });
}

/** Attributes that all tunnels have. */
interface Ends {
  readonly local: IpAddress | undefined;
  readonly remote: IpAddress | undefined;
  readonly link: number | undefined;
}

const endpoint: Kind<IpAddress> = {
  text(out, value, c) {
    if (value.isUnspecified) out.ascii('any');
    else address.text(out, value, c);
  },
  json(json, value, c) {
    if (value.isUnspecified) json.word('any');
    else address.json(json, value, c);
  },
};

const NOWHERE = IpAddress.inet(0);

/** Both ends, and the device below. */
export const ends: readonly Field<Ends>[] = [
  field('remote', 'remote %s ', endpoint, r => r.remote ?? NOWHERE),
  field('local', 'local %s ', endpoint, r => r.local ?? NOWHERE),
  field('link', 'dev %s ', ifname, r => unlessZero(r.link)),
];

/** Time to live or hop limit, 0 is the inner packet's; a number in JSON. */
export const ttl: Kind<number> = {
  text: (out, value) => (value === 0 ? out.ascii('inherit') : out.uint(value)),
  json: uint.json,
};

/** TOS byte in hexadecimal, 1 is the inner packet's. */
export const tos: Kind<number> = {
  text(out, value, c) {
    if (value === 1) out.ascii('inherit');
    else hex.text(out, value, c);
  },
  json: hex.json,
};

/** A key, as an IPv4 address. */
export const key: Kind<number> = {
  text: (out, value) => out.address(IpAddress.inet(value)),
  json: (json, value) => json.word(IpAddress.inet(value).toString()),
};

/** Firewall mark. */
export function fwmark<R extends {readonly fwmark: number | undefined}>(): Field<R> {
  return field('fwmark', 'fwmark %s ', hex, r => unlessZero(r.fwmark));
}

/** A second encapsulation in UDP. */
interface Encap {
  readonly encapType: number | undefined;
  readonly encapFlags: number | undefined;
  readonly encapSport: number | undefined;
  readonly encapDport: number | undefined;
}

/** Source: uapi linux/if_tunnel.h, TUNNEL_ENCAP_*. */
const encapTypes: readonly (string | undefined)[] = [undefined, 'fou', 'gue'];
const encapType: Kind<number> = {
  text: (out, value) => out.ascii(encapTypes[value] ?? 'unknown'),
  json(json, value) {
    const name = encapTypes[value];
    if (name === undefined) json.null();
    else json.word(name);
  },
};

const sourcePort: Kind<number> = {
  text: (out, value) => (value === 0 ? out.ascii('auto') : out.uint(value)),
  json: uint.json,
};

function encapFlag(bit: number): (r: Encap) => boolean {
  return r => ((r.encapFlags ?? 0) & bit) !== 0;
}

/** What the tunnel is wrapped in. */
export const encap: Field<Encap> = group<Encap, Encap>(
  'encap',
  [
    field('type', 'encap %s ', encapType, r => r.encapType),
    field('sport', 'encap-sport %s ', sourcePort, r => r.encapSport),
    field('dport', 'encap-dport %s ', uint, r => r.encapDport),
    field('csum', '%s ', yesOrNo('encap-csum'), encapFlag(1)),
    field('csum6', '%s ', yesOrNo('encap-csum6'), encapFlag(2)),
    field('remcsum', '%s ', yesOrNo('encap-remcsum'), encapFlag(4)),
  ],
  r => (unlessZero(r.encapType) === undefined ? undefined : r),
);
