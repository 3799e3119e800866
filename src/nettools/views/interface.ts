import type {Address} from '../../rtnetlink/address/schema.js';
import {
  IFF_ALLMULTI,
  IFF_AUTOMEDIA,
  IFF_BROADCAST,
  IFF_DEBUG,
  IFF_DYNAMIC,
  IFF_LOOPBACK,
  IFF_MASTER,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_NOTRAILERS,
  IFF_POINTOPOINT,
  IFF_PORTSEL,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_SLAVE,
  IFF_UP,
  RT_SCOPE_HOST,
  RT_SCOPE_LINK,
  RT_SCOPE_SITE,
} from '../../rtnetlink/constants.js';
import type {Sink} from '../../view/sink.js';
import {formatHardware, hardwareOf} from '../hardware.js';
import type {Interface, InterfaceLink} from '../interfaces.js';
import {maskText} from './mask.js';
import {mediaName} from './media.js';

/** Words of the flags in the order they are shown. Source: uapi linux/if.h, IFF_*. */
export const flagWords: readonly (readonly [word: string, bit: number])[] = [
  ['UP', IFF_UP],
  ['BROADCAST', IFF_BROADCAST],
  ['DEBUG', IFF_DEBUG],
  ['LOOPBACK', IFF_LOOPBACK],
  ['POINTOPOINT', IFF_POINTOPOINT],
  ['NOTRAILERS', IFF_NOTRAILERS],
  ['RUNNING', IFF_RUNNING],
  ['NOARP', IFF_NOARP],
  ['PROMISC', IFF_PROMISC],
  ['ALLMULTI', IFF_ALLMULTI],
  ['SLAVE', IFF_SLAVE],
  ['MASTER', IFF_MASTER],
  ['MULTICAST', IFF_MULTICAST],
  ['DYNAMIC', IFF_DYNAMIC],
];

const INDENT = '        ';

/** An interface over several lines, as `ifconfig` and `netstat -ie` show it, with an empty line behind it. */
export function writeInterface(out: Sink, shown: Interface): void {
  const {name, link, inet, inet6, isLink} = shown;
  out.text(name);
  out.ascii(`: flags=${flagsText(link.flags)}  mtu ${(link.mtu ?? 0) | 0}\n`);
  if (inet?.local !== undefined) out.ascii(inetLine(inet, link.flags));
  for (const address of inet6) out.ascii(inet6Line(address));
  writeHardware(out, link);
  if ((link.flags & IFF_PORTSEL) !== 0) {
    const auto = (link.flags & IFF_AUTOMEDIA) !== 0 ? 'autoselect' : '';
    out.ascii(`${INDENT}media ${mediaName(link.map?.port ?? 0)}${auto}\n`);
  }
  if (isLink && link.stats64 !== undefined) writeCounters(out, link.stats64);
  if (link.map !== undefined) out.ascii(resourcesLine(link.map));
  out.byte(10);
}

/** The old ioctl has 16 bits for flags and a sign. */
function flagsText(flags: number): string {
  const words = flagWords.filter(([, bit]) => (flags & bit) !== 0).map(([word]) => word);
  const number = (flags << 16) >> 16;
  // Without a single flag the bracket is opened only.
  return `${number}${words.length > 0 ? `<${words.join(',')}>` : number === 0 ? '<' : ''}`;
}

function inetLine({local, address, prefixlen, broadcast}: Address, flags: number): string {
  let line = `${INDENT}inet ${local}  netmask ${maskText(prefixlen)}`;
  if ((flags & IFF_BROADCAST) !== 0) line += `  broadcast ${broadcast ?? '0.0.0.0'}`;
  if ((flags & IFF_POINTOPOINT) !== 0) line += `  destination ${address ?? '0.0.0.0'}`;
  return `${line}\n`;
}

/** Scope of an IPv6 address by the bits of /proc/net/if_inet6. Source: linux net/ipv6.h, IPV6_ADDR_*. */
const COMPAT = 0x80;
const scopeBits: Readonly<Record<number, readonly [bit: number, word: string]>> = {
  [RT_SCOPE_LINK]: [0x20, 'link'],
  [RT_SCOPE_SITE]: [0x40, 'site'],
  [RT_SCOPE_HOST]: [0x10, 'host'],
};

function inet6Line(record: Address): string {
  const address = record.local ?? record.address;
  if (address === undefined) return '';
  const inFour = (address.w0 | address.w1) === 0;
  // ::1.2.3.4 counts as an IPv4 address in disguise; messages call its scope global.
  const isCompat = inFour && address.w2 === 0 && record.scope === 0;
  const [bit, word] = isCompat ? [COMPAT, 'compat,global'] : (scopeBits[record.scope] ?? [0, 'global']);
  const text = inFour && address.w2 === 0xffff ? address.toString().slice('::ffff:'.length) : address.toString();
  return `${INDENT}inet6 ${text}  prefixlen ${record.prefixlen}  scopeid 0x${bit.toString(16)}<${word}>\n`;
}

function writeHardware(out: Sink, {type, address, txqlen}: InterfaceLink): void {
  const hardware = hardwareOf(type);
  const text = formatHardware(hardware, address);
  out.ascii(`${INDENT}${hardware.name}`);
  if (text !== undefined) out.text(` ${text}`);
  if (txqlen !== undefined) out.ascii(`  txqueuelen ${txqlen | 0}`);
  out.ascii(`  (${hardware.title})\n`);
}

type Counters = NonNullable<InterfaceLink['stats64']>;

/** What /proc/net/dev calls drop, frame and carrier sums up several counters. Source: proc_net_dev, observed. */
export function summedCounters(s: Counters): {
  readonly rxDropped: bigint;
  readonly frame: bigint;
  readonly carrier: bigint;
} {
  return {
    rxDropped: s.rxDropped + s.rxMissedErrors,
    frame: s.rxLengthErrors + s.rxOverErrors + s.rxCrcErrors + s.rxFrameErrors,
    carrier: s.txCarrierErrors + s.txAbortedErrors + s.txWindowErrors + s.txHeartbeatErrors,
  };
}

function writeCounters(out: Sink, s: Counters): void {
  const {rxDropped, frame, carrier} = summedCounters(s);
  out.ascii(
    `${INDENT}RX packets ${s.rxPackets}  bytes ${s.rxBytes} (${humanBytes(s.rxBytes)})\n` +
      `${INDENT}RX errors ${s.rxErrors}  dropped ${rxDropped}  overruns ${s.rxFifoErrors}  frame ${frame}\n` +
      `${INDENT}TX packets ${s.txPackets}  bytes ${s.txBytes} (${humanBytes(s.txBytes)})\n` +
      `${INDENT}TX errors ${s.txErrors}  dropped ${s.txDropped} overruns ${s.txFifoErrors}` +
      `  carrier ${carrier}  collisions ${s.collisions}\n`,
  );
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Bytes with one decimal, cut and not rounded; a unit is used from one above its size on. */
export function humanBytes(bytes: bigint): string {
  let unit = 0;
  while (unit < UNITS.length - 1 && bytes > 1n << BigInt(10 * (unit + 1))) unit++;
  const size = 1n << BigInt(10 * unit);
  // The largest counters are shown as floating point rounds them.
  const tenths =
    unit === UNITS.length - 1 ? BigInt(Math.floor((Number(bytes) * 10) / Number(size))) : (bytes * 10n) / size;
  return `${tenths / 10n}.${tenths % 10n} ${UNITS[unit]}`;
}

/** Resources of an old driver, one line where there are any. */
function resourcesLine({irq, baseAddr, memStart, memEnd, dma}: NonNullable<InterfaceLink['map']>): string {
  // Addresses below 0x100 are numbers of other things.
  const base = baseAddr >= 0x100n;
  if (irq === 0 && !base && memStart === 0n && dma === 0) return '';
  let line = `${INDENT}device `;
  if (irq !== 0) line += `interrupt ${irq}  `;
  if (base) line += `base 0x${baseAddr.toString(16)}  `;
  if (memStart !== 0n) line += `memory 0x${memStart.toString(16)}-${memEnd.toString(16)}  `;
  if (dma !== 0) line += `  dma 0x${dma.toString(16)}`;
  return `${line}\n`;
}
