import {Names} from '../../names/tables.js';
import type {Address} from '../../rtnetlink/address/schema.js';
import {AF_INET} from '../../rtnetlink/constants.js';
import {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';
import {formatHardware, hardwareOf} from '../hardware.js';
import type {Interface} from '../interfaces.js';
import {flagWords, summedCounters} from './interface.js';

/** Interfaces as an array of objects with the keys of `ip -j -s address`; aliases are objects of their own. */
export function writeInterfacesJson(out: Sink, interfaces: readonly Interface[]): void {
  const json = new JsonWriter(out, false);
  const {scope} = new Names();
  json.openArray();
  for (const {name, link, inet, inet6, isLink} of interfaces) {
    json.openObject();
    json.key('ifindex');
    json.uint(link.index);
    json.key('ifname');
    json.string(name);
    json.key('flags');
    json.words(flagWords.filter(([, bit]) => (link.flags & bit) !== 0).map(([word]) => word));
    json.key('mtu');
    json.uint(link.mtu ?? 0);
    if (link.txqlen !== undefined) {
      json.key('txqlen');
      json.uint(link.txqlen);
    }
    const hardware = hardwareOf(link.type);
    json.key('link_type');
    json.string(hardware.name === 'loop' ? 'loopback' : hardware.name);
    if (link.address !== undefined) {
      json.key('address');
      json.string(formatHardware(hardware, link.address) ?? lladdrText(link.address));
    }
    json.openArray('addr_info');
    if (inet !== undefined) writeAddress(json, inet, scope.toText(inet.scope, false));
    for (const address of inet6) writeAddress(json, address, scope.toText(address.scope, false));
    json.closeArray();
    if (isLink && link.stats64 !== undefined) writeCounters(json, link.stats64);
    json.closeObject();
  }
  json.closeArray();
  json.end();
}

function lladdrText(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');
}

function writeAddress(json: JsonWriter, record: Address, scope: string): void {
  const {family, local, address, peer, prefixlen, broadcast, label} = record;
  const text = (key: string, value: string): void => {
    json.key(key);
    json.string(value);
  };
  json.openObject();
  text('family', family === AF_INET ? 'inet' : 'inet6');
  text('local', String(local ?? address));
  if (peer !== undefined) text('address', String(peer));
  json.key('prefixlen');
  json.uint(prefixlen);
  if (broadcast !== undefined) text('broadcast', String(broadcast));
  text('scope', scope);
  if (label !== undefined) text('label', label);
  json.closeObject();
}

function writeCounters(json: JsonWriter, s: NonNullable<Interface['link']['stats64']>): void {
  const {rxDropped, frame, carrier} = summedCounters(s);
  const counters = (key: string, values: Readonly<Record<string, bigint>>): void => {
    json.openObject(key);
    for (const [name, value] of Object.entries(values)) {
      json.key(name);
      json.big(value);
    }
    json.closeObject();
  };
  json.openObject('stats64');
  counters('rx', {
    bytes: s.rxBytes,
    packets: s.rxPackets,
    errors: s.rxErrors,
    dropped: rxDropped,
    fifo_errors: s.rxFifoErrors,
    frame_errors: frame,
    multicast: s.multicast,
  });
  counters('tx', {
    bytes: s.txBytes,
    packets: s.txPackets,
    errors: s.txErrors,
    dropped: s.txDropped,
    fifo_errors: s.txFifoErrors,
    carrier_errors: carrier,
    collisions: s.collisions,
  });
  json.closeObject();
}
