import type {LinkRow} from '../../ops/linkRows.js';
import {type Field, field} from '../../view/field.js';
import {type Kind, text, uint} from '../../view/kinds.js';
import {infoFields} from './kinds/info.js';
import {addrGenModes} from './linkNames.js';

function addrGenModeText(mode: number): string {
  return addrGenModes[mode] ?? `0x${mode.toString(16).padStart(2, '0')}`;
}

const addrGenMode: Kind<number> = {
  text: (out, mode) => out.ascii(addrGenModeText(mode)),
  json: (json, mode) => json.word(addrGenModeText(mode)),
};

/** What `-d` adds. @param isLink as `ip link` shows it, with the side of IPv6 */
export const detailFields = (isLink: boolean): readonly Field<LinkRow>[] => [
  field('promiscuity', ' promiscuity %s ', uint, r => r.link.promiscuity),
  field('allmulti', ' allmulti %s ', uint, r => r.link.allmulti),
  field('min_mtu', 'minmtu %s ', uint, r => r.link.minMtu),
  field('max_mtu', 'maxmtu %s ', uint, r => r.link.maxMtu),
  ...infoFields,
  field('inet6_addr_gen_mode', 'addrgenmode %s ', addrGenMode, r => (isLink ? addrGenModeOf(r) : undefined)),
  field('num_tx_queues', 'numtxqueues %s ', uint, r => r.link.numTxQueues),
  field('num_rx_queues', 'numrxqueues %s ', uint, r => r.link.numRxQueues),
  field('gso_max_size', 'gso_max_size %s ', uint, r => r.link.gsoMaxSize),
  field('gso_max_segs', 'gso_max_segs %s ', uint, r => r.link.gsoMaxSegs),
  field('tso_max_size', 'tso_max_size %s ', uint, r => r.link.tsoMaxSize),
  field('tso_max_segs', 'tso_max_segs %s ', uint, r => r.link.tsoMaxSegs),
  field('gro_max_size', 'gro_max_size %s ', uint, r => r.link.groMaxSize),
  field('phys_port_name', 'portname %s ', text, r => r.link.physPortName),
  field('phys_port_id', 'portid %s ', hexBytes(), r => r.link.physPortId),
  field('phys_switch_id', 'switchid %s ', hexBytes(), r => r.link.physSwitchId),
  field('parentbus', 'parentbus %s ', text, r => r.link.parentDevBusName),
  field('parentdev', 'parentdev %s ', text, r => r.link.parentDevName),
];

function hexBytes(): Kind<Uint8Array> {
  const of = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return {text: (out, bytes) => out.ascii(of(bytes)), json: (json, bytes) => json.word(of(bytes))};
}

/** The families of a link; an AF_BRIDGE message has other attributes there. */
function addrGenModeOf({link}: LinkRow): number | undefined {
  const spec = link.afSpec;
  return spec !== undefined && 'inet6' in spec ? spec.inet6?.addrGenMode : undefined;
}
