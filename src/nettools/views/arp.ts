import {NUD_DELAY, NUD_NOARP, NUD_PERMANENT, NUD_PROBE, NUD_REACHABLE, NUD_STALE} from '../../rtnetlink/constants.js';
import type {Sink} from '../../view/sink.js';
import {type HardwareType, hardwareOf} from '../hardware.js';
import type {ArpEntry} from '../neighbours.js';

/** Header of the table. */
export const arpTableHeader = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n';

/** States with a hardware address that may be used. */
const COMPLETE = NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY;
const ADDRESS_WIDTH = 23;
const HARDWARE_WIDTH = 20;

function isComplete(entry: ArpEntry): boolean {
  return (entry.state & COMPLETE) !== 0;
}

function isPermanent(entry: ArpEntry): boolean {
  return entry.isPublic || (entry.state & NUD_PERMANENT) !== 0;
}

/** Types without a name of their own go by that of Ethernet. */
function typeName({arphrd}: ArpEntry): string {
  const type: HardwareType = hardwareOf(arphrd);
  return (type.arphrd === undefined ? hardwareOf(1) : type).name;
}

/** Bytes as they are, whatever the hardware. */
function lladdrText({lladdr}: ArpEntry): string {
  return Array.from(lladdr ?? [], byte => byte.toString(16).padStart(2, '0')).join(':');
}

/** A row of the table. @param host name of the host, where it has one */
export function writeArpRow(out: Sink, entry: ArpEntry, host: string | undefined): void {
  const {dst, isPublic, ifname} = entry;
  out.text((host ?? String(dst)).slice(0, ADDRESS_WIDTH).padEnd(ADDRESS_WIDTH + 2));
  let flags = '';
  if (isComplete(entry)) {
    out.ascii(typeName(entry).padEnd(8));
    out.ascii(lladdrText(entry).slice(0, HARDWARE_WIDTH).padEnd(HARDWARE_WIDTH));
    flags = 'C';
  } else {
    out.ascii(isPublic ? '*       <from_interface>    ' : '        (incomplete)        ');
  }
  if (isPermanent(entry)) flags += 'M';
  if (isPublic) flags += 'P';
  out.ascii(flags.padEnd(22));
  out.text(`${ifname}\n`);
}

/** An entry as a sentence. */
export function writeArpSentence(out: Sink, entry: ArpEntry, host: string | undefined): void {
  const {dst, isPublic, ifname} = entry;
  out.text(`${host ?? '?'} (${dst}) at `);
  if (isComplete(entry)) out.ascii(`${lladdrText(entry)} [${typeName(entry)}] `);
  else out.ascii(isPublic ? '<from_interface> ' : '<incomplete> ');
  if (isPermanent(entry)) out.ascii('PERM ');
  if (isPublic) out.ascii('PUB ');
  out.text(`on ${ifname}\n`);
}
