/** Hardware types as net-tools name them, with the text form of their addresses. */

import {atoi} from './cNumbers.js';

/** One hardware type. */
export interface HardwareType {
  /** Word that stands for it in listings and on command lines. */
  readonly name: string;
  readonly title: string;
  /** ARPHRD_ number; undefined for a name that no link has any more. Source: uapi linux/if_arp.h. */
  readonly arphrd: number | undefined;
  /** Bytes of an address; 0 where addresses have no text form. */
  readonly octets: number;
  /** Text of an address; types without it show none. Gets at least `octets` bytes. */
  readonly format?: (bytes: Uint8Array) => string;
  /**
   * Bytes of an address, undefined where the text is none. Types without it cannot be set.
   * @param into has what missing bytes become; `octets` long
   */
  readonly parse?: (text: string, into?: Uint8Array) => Uint8Array | undefined;
  /** Said before the complaint about a text that is no address. */
  readonly malformed?: string;
}

const ETHER_OCTETS = 6;
const ASH_OCTETS = 64;

function hexPair(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function joined(separator: string, upper: boolean, octets: number): (bytes: Uint8Array) => string {
  return bytes => {
    let text = '';
    for (let i = 0; i < octets; i++) text += (i === 0 ? '' : separator) + hexPair(bytes[i] as number);
    return upper ? text.toUpperCase() : text;
  };
}

/**
 * Reader of hex bytes: digits in pairs, a colon between pairs may be left out. What is missing at the end stays as it was,
 * what is too much is not looked at.
 * @param single a byte may have one digit, before a colon or the end
 */
function hexBytes(octets: number, single: boolean): NonNullable<HardwareType['parse']> {
  return (text, bytes = new Uint8Array(octets)) => {
    for (let at = 0, i = 0; i < octets && at < text.length; i++) {
      const pattern = single ? /^[0-9a-f](?:[0-9a-f]|(?=:|$))/i : /^[0-9a-f]{2}/i;
      const [digits] = pattern.exec(text.slice(at, at + 3)) ?? [];
      if (digits === undefined) return undefined;
      bytes[i] = Number.parseInt(digits, 16);
      at += digits.length;
      if (text[at] === ':') at++;
    }
    return bytes;
  };
}

/** Letters of a call sign, shifted by one bit, then the station's number. Source: AX.25, address field. */
function formatCallSign(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 6; i++) {
    const code = (bytes[i] as number) >> 1;
    if (code !== 0x20) text += String.fromCharCode(code);
  }
  const station = ((bytes[6] as number) >> 1) & 15;
  return station === 0 ? text : `${text}-${station}`;
}

function parseCallSign(text: string): Uint8Array | undefined {
  const found = /^([0-9a-z]{0,6})(?:-(.*))?$/i.exec(text);
  if (found === null) return undefined;
  const bytes = new Uint8Array(7).fill(0x40, 0, 6);
  const letters = (found[1] as string).toUpperCase();
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i) << 1;
  bytes[6] = atoi(found[2] ?? '') << 1;
  return bytes;
}

const ROSE_OCTETS = 5;

function parseRose(text: string): Uint8Array | undefined {
  return text.length === 2 * ROSE_OCTETS
    ? (hexBytes(ROSE_OCTETS, false)(text) ?? new Uint8Array(ROSE_OCTETS))
    : undefined;
}

/** An address of a type that nobody names: as much as the old ioctl had room for. */
function formatUnknown(bytes: Uint8Array): string {
  const room = new Uint8Array(16);
  room.set(bytes.subarray(0, 8));
  return joined('-', true, room.length)(room);
}

const callSign = {octets: 7, format: formatCallSign, parse: parseCallSign};

/** Types without addresses that could be shown. */
function plain(name: string, title: string, arphrd?: number): HardwareType {
  return {name, title, arphrd, octets: 0};
}

/** All types in the order in which usage texts list them. */
export function hardwareTypes(): readonly HardwareType[] {
  return [
    plain('loop', 'Local Loopback', 772),
    plain('slip', 'Serial Line IP', 256),
    plain('cslip', 'VJ Serial Line IP', 257),
    plain('slip6', '6-bit Serial Line IP', 258),
    plain('cslip6', 'VJ 6-bit Serial Line IP', 259),
    plain('adaptive', 'Adaptive Serial Line IP', 264),
    {
      name: 'ash',
      title: 'Ash',
      arphrd: undefined,
      octets: ASH_OCTETS,
      parse: text => (/^[0-9a-f:]*$/i.test(text) ? new Uint8Array(ASH_OCTETS) : undefined),
      malformed: 'Malformed Ash address',
    },
    etherType(),
    {name: 'ax25', title: 'AMPR AX.25', arphrd: 3, ...callSign},
    {name: 'netrom', title: 'AMPR NET/ROM', arphrd: 0, ...callSign},
    {
      name: 'rose',
      title: 'AMPR ROSE',
      arphrd: 270,
      octets: ROSE_OCTETS,
      format: joined('', false, ROSE_OCTETS),
      parse: parseRose,
    },
    {name: 'tunnel', title: 'IPIP Tunnel', arphrd: 768, octets: 0, format: () => '', parse: () => undefined},
    plain('ppp', 'Point-to-Point Protocol', 512),
    plain('hdlc', '(Cisco)-HDLC', 513),
    plain('lapb', 'LAPB', 516),
    {name: 'arcnet', title: 'ARCnet', arphrd: 7, octets: 1, format: joined('', true, 1), parse: hexBytes(1, false)},
    {
      name: 'dlci',
      title: 'Frame Relay DLCI',
      arphrd: 15,
      octets: 2,
      format: bytes => String((bytes[0] as number) | ((bytes[1] as number) << 8)),
    },
    plain('frad', 'Frame Relay Access Device', 770),
    plain('sit', 'IPv6-in-IPv4', 776),
    {
      name: 'fddi',
      title: 'Fiber Distributed Data Interface',
      arphrd: 774,
      octets: 6,
      format: joined('-', true, 6),
      parse: hexBytes(6, false),
    },
    {name: 'hippi', title: 'HIPPI', arphrd: 780, octets: 6, format: joined(':', true, 6), parse: hexBytes(6, false)},
    {
      name: 'irda',
      title: 'IrLAP',
      arphrd: 783,
      octets: 4,
      format: bytes => joined(':', false, 4)(bytes.slice(0, 4).reverse()),
    },
    plain('ec', 'Econet', 782),
    {
      name: 'x25',
      title: 'generic X.25',
      arphrd: 271,
      octets: 8,
      format: bytes => String.fromCharCode(...bytes.subarray(0, 8)).replace(/[^ -~].*/s, ''),
      parse: () => new Uint8Array(8),
    },
    {
      name: 'eui64',
      title: 'Generic EUI-64',
      arphrd: 27,
      octets: 8,
      format: joined(':', true, 8),
      parse: hexBytes(8, true),
    },
  ];
}

function etherType(): HardwareType {
  return {
    name: 'ether',
    title: 'Ethernet',
    arphrd: 1,
    octets: ETHER_OCTETS,
    format: joined(':', false, ETHER_OCTETS),
    parse: hexBytes(ETHER_OCTETS, true),
  };
}

const known = new Map<number, HardwareType>();

/** Type of a link by its ARPHRD_ number; the types that net-tools do not know share one. */
export function hardwareOf(arphrd: number): HardwareType {
  let found = known.get(arphrd);
  if (found === undefined) {
    found = arphrd === 1 ? etherType() : (hardwareTypes().find(type => type.arphrd === arphrd) ?? unspecified);
    known.set(arphrd, found);
  }
  return found;
}

const unspecified: HardwareType = {
  name: 'unspec',
  title: 'UNSPEC',
  arphrd: undefined,
  octets: 8,
  format: formatUnknown,
};

/** Type by the name a command line gives; `unspec` has no handler for anything. */
export function hardwareNamed(name: string): HardwareType | undefined {
  return name === 'unspec' ? unspecified : hardwareTypes().find(type => type.name === name);
}

/** Text of an address of a link; short addresses are filled up with zeros. */
export function formatHardware(type: HardwareType, bytes: Uint8Array | undefined): string | undefined {
  if (type.format === undefined) return undefined;
  const full = new Uint8Array(Math.max(type.octets, bytes?.length ?? 0));
  if (bytes !== undefined) full.set(bytes);
  return type.format(full);
}
