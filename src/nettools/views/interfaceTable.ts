import {
  IFF_ALLMULTI,
  IFF_BROADCAST,
  IFF_DEBUG,
  IFF_DYNAMIC,
  IFF_LOOPBACK,
  IFF_MASTER,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_NOTRAILERS,
  IFF_POINTOPOINT,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_SLAVE,
  IFF_UP,
} from '../../rtnetlink/constants.js';
import type {Sink} from '../../view/sink.js';
import type {Interface} from '../interfaces.js';
import {summedCounters} from './interface.js';

/** Letters of the flags in the order they are shown. */
const letters: readonly (readonly [letter: string, bit: number])[] = [
  ['A', IFF_ALLMULTI],
  ['B', IFF_BROADCAST],
  ['D', IFF_DEBUG],
  ['L', IFF_LOOPBACK],
  ['M', IFF_MULTICAST],
  ['d', IFF_DYNAMIC],
  ['P', IFF_PROMISC],
  ['N', IFF_NOTRAILERS],
  ['O', IFF_NOARP],
  ['P', IFF_POINTOPOINT],
  ['s', IFF_SLAVE],
  ['m', IFF_MASTER],
  ['R', IFF_RUNNING],
  ['U', IFF_UP],
];

const FLAGS16 = 0xffff;

/** Header of the table of interfaces: `ifconfig -s`, `netstat -i`. */
export const interfaceTableHeader = 'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';

/** One row; numbers push what is behind them. */
export function writeInterfaceRow(out: Sink, {name, link, isLink}: Interface): void {
  out.text(name.padEnd(15));
  out.ascii(` ${String((link.mtu ?? 0) | 0).padStart(5)}`);
  const s = link.stats64;
  if (isLink && s !== undefined) {
    const cell = (value: bigint, width: number): string => ` ${String(value).padStart(width)}`;
    out.ascii(
      cell(s.rxPackets, 8) +
        cell(s.rxErrors, 6) +
        cell(summedCounters(s).rxDropped, 6) +
        ` ${String(s.rxFifoErrors).padEnd(6)}` +
        cell(s.txPackets, 8) +
        cell(s.txErrors, 6) +
        cell(s.txDropped, 6) +
        cell(s.txFifoErrors, 6),
    );
  } else {
    out.ascii('      - no statistics available -                       ');
  }
  out.ascii(` ${lettersOf(link.flags)}\n`);
}

function lettersOf(flags: number): string {
  if ((flags & FLAGS16) === 0) return '[NO FLAGS]';
  let text = '';
  for (const [letter, bit] of letters) if ((flags & bit) !== 0) text += letter;
  return text;
}
