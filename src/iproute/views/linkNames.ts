import {linkFlagWords} from '../../rtnetlink/words.js';

let lastFlags = -1;
let lastWords: readonly string[] = [];

/** Flags as words. Most links of a listing have those of the one before. */
export function linkFlags(flags: number): readonly string[] {
  if (flags !== lastFlags) {
    lastFlags = flags;
    lastWords = linkFlagWords(flags);
  }
  return lastWords;
}

/** Link types that have a word. Source: uapi linux/if_arp.h, ARPHRD_*. */
const linkTypes: Readonly<Record<number, string>> = {
  0: 'netrom',
  1: 'ether',
  2: 'eether',
  3: 'ax25',
  4: 'pronet',
  5: 'chaos',
  6: 'ieee802',
  7: 'arcnet',
  8: 'atalk',
  15: 'dlci',
  19: 'atm',
  23: 'metricom',
  24: 'ieee1394',
  27: 'eui64',
  32: 'infiniband',
  256: 'slip',
  257: 'cslip',
  258: 'slip6',
  259: 'cslip6',
  260: 'rsrvd',
  264: 'adapt',
  270: 'rose',
  271: 'x25',
  280: 'can',
  512: 'ppp',
  513: 'hdlc',
  516: 'lapb',
  517: 'ddcmp',
  518: 'rawhdlc',
  768: 'ipip',
  769: 'tunnel6',
  770: 'frad',
  771: 'skip',
  772: 'loopback',
  773: 'ltalk',
  774: 'fddi',
  775: 'bif',
  776: 'sit',
  777: 'ip/ddp',
  778: 'gre',
  779: 'pimreg',
  780: 'hippi',
  781: 'ash',
  782: 'econet',
  783: 'irda',
  784: 'fcpp',
  785: 'fcal',
  786: 'fcpl',
  800: 'tr',
  801: 'ieee802.11',
  802: 'ieee802.11/prism',
  803: 'ieee802.11/radiotap',
  804: 'ieee802.15.4',
  805: 'ieee802.15.4/monitor',
  820: 'phonet',
  821: 'phonet_pipe',
  822: 'caif',
  823: 'gre6',
  824: 'netlink',
  825: '6lowpan',
  65534: 'none',
  65535: 'void',
};

/** Word of a link type; `[N]` without one or with `-N`. */
export function linkTypeText(type: number, numeric: boolean): string {
  return (numeric ? undefined : linkTypes[type]) ?? `[${type}]`;
}

/** Tunnels whose link-layer address is an IP address. */
const ipAddressed: readonly number[] = [768, 769, 776, 778, 823];

/** Whether the address of this type of link is shown as an IP address. */
export function hasIpAddress(type: number, address: Uint8Array): boolean {
  return ipAddressed.includes(type) && (address.length === 4 || address.length === 16);
}

/** Word of a value, undefined where it has none. */
export type Words = readonly (string | undefined)[];

/** Link modes. Source: uapi linux/if.h, IF_LINK_MODE_*. */
export const linkModes: Words = ['DEFAULT', 'DORMANT'];

/** How IPv6 makes interface identifiers. Source: uapi linux/if_link.h, IN6_ADDR_GEN_MODE_*. */
export const addrGenModes: Words = ['eui64', 'none', 'stable_secret', 'random'];

/** What a notification is about; 0 is nothing. Source: uapi linux/if_link.h, IFLA_EVENT_*. */
export const events: Words = [
  undefined,
  'REBOOT',
  'FEATURE CHANGE',
  'BONDING FAILOVER',
  'NOTIFY PEERS',
  'RESEND IGMP',
  'BONDING OPTION',
];
