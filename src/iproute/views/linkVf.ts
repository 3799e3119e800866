import type {LinkRow} from '../../ops/linkRows.js';
import type {ListedLink} from '../../rtnetlink/link/plain.js';
import type {ViewContext} from '../../view/context.js';
import {custom, type Field} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';
import {etherTypeText} from './kinds/values.js';
import {linkTypeText} from './linkNames.js';

type VfInfo = NonNullable<NonNullable<ListedLink['vfinfoList']>['info']>[number];
type Vlan = {readonly vlan: number; readonly qos: number; readonly vlanProto?: number};

const VLAN = 0x8100;
/** A setting that the driver does not know. */
const UNKNOWN = 0xffffffff;
/** IFLA_VF_LINK_STATE_AUTO and _ENABLE; the reference takes any other for disable. */
const states = ['auto', 'enable'];

/** VLAN tags: the list, else the one tag of old kernels; none with number 0. */
function vlansOf(vf: VfInfo): readonly Vlan[] {
  return (vf.vlanList?.info ?? []) as readonly Vlan[];
}

function guidText(guid: bigint): string {
  return (guid.toString(16).padStart(16, '0').match(/../g) ?? []).join(':');
}

function vlanText({vlan, qos, vlanProto}: Vlan): string {
  if (vlan === 0) return '';
  let text = `, vlan ${vlan}`;
  if (qos !== 0) text += `, qos ${qos}`;
  if (vlanProto !== undefined && vlanProto !== VLAN) text += `, vlan protocol ${etherTypeText(vlanProto)}`;
  return text;
}

function setting(text: string, value: {readonly setting: number} | undefined): string {
  return value === undefined || value.setting === UNKNOWN ? '' : `, ${text} ${value.setting === 0 ? 'off' : 'on'}`;
}

function writeText(out: Sink, vf: VfInfo, link: ListedLink, c: ViewContext): void {
  const length = link.address?.length ?? 0;
  out.ascii(`    vf ${vf.mac?.vf ?? 0} `);
  out.ascii(`    link/${linkTypeText(link.type, c.numeric)} `);
  out.lladdr((vf.mac?.mac ?? new Uint8Array(0)).subarray(0, length));
  if (vf.broadcast !== undefined) {
    out.ascii(' brd ');
    out.lladdr(vf.broadcast.subarray(0, length));
  }
  const vlans = vlansOf(vf);
  if (vlans.length > 0) for (const vlan of vlans) out.ascii(vlanText(vlan));
  else if (vf.vlan !== undefined) out.ascii(vlanText(vf.vlan));
  if (vf.txRate !== undefined && vf.txRate.rate !== 0) out.ascii(`, tx rate ${vf.txRate.rate} (Mbps)`);
  if (vf.rate !== undefined && vf.rate.maxTxRate !== 0) out.ascii(`, max_tx_rate ${vf.rate.maxTxRate}Mbps`);
  if (vf.rate !== undefined && vf.rate.minTxRate !== 0) out.ascii(`, min_tx_rate ${vf.rate.minTxRate}Mbps`);
  out.ascii(setting('spoof checking', vf.spoofchk));
  if (vf.ibNodeGuid !== undefined) out.ascii(`, NODE_GUID ${guidText(vf.ibNodeGuid.guid)}`);
  if (vf.ibPortGuid !== undefined) out.ascii(`, PORT_GUID ${guidText(vf.ibPortGuid.guid)}`);
  if (vf.linkState !== undefined) out.ascii(`, link-state ${states[vf.linkState.linkState] ?? 'disable'}`);
  out.ascii(setting('trust', vf.trust));
  out.ascii(setting('query_rss', vf.rssQueryEn));
  if (c.statistics > 0) writeCounters(out, vf, c);
}

function writeCounters(out: Sink, {stats}: VfInfo, c: ViewContext): void {
  if (stats === undefined) return;
  const line = (text: string): void => {
    out.byte(c.oneline ? 92 : 10);
    out.ascii(`    ${text}`);
  };
  const column = (value: bigint | undefined, width: number): string => String(value ?? 0n).padStart(width);
  line('RX: bytes  packets  mcast   bcast   dropped ');
  line(
    `${column(stats.rxBytes, 10)} ${column(stats.rxPackets, 8)} ${column(stats.multicast, 7)} ` +
      `${column(stats.broadcast, 7)} ${column(stats.rxDropped, 8)} `,
  );
  line('TX: bytes  packets   dropped ');
  line(`${column(stats.txBytes, 10)} ${column(stats.txPackets, 8)} ${column(stats.txDropped, 8)} `);
}

function number(json: JsonWriter, key: string, value: number): void {
  json.key(key);
  json.uint(value);
}

function word(json: JsonWriter, key: string, value: string): void {
  json.key(key);
  json.word(value);
}

function lladdr(json: JsonWriter, key: string, bytes: Uint8Array): void {
  json.key(key);
  const out = json.raw();
  out.byte(34);
  out.lladdr(bytes);
  out.byte(34);
}

function vlanMembers(json: JsonWriter, {vlan, qos, vlanProto}: Vlan): void {
  number(json, 'vlan', vlan);
  if (qos !== 0) number(json, 'qos', qos);
  if (vlanProto !== undefined && vlanProto !== VLAN) word(json, 'protocol', etherTypeText(vlanProto));
}

function switchMember(json: JsonWriter, key: string, value: {readonly setting: number} | undefined): void {
  if (value === undefined || value.setting === UNKNOWN) return;
  json.key(key);
  json.bool(value.setting !== 0);
}

function writeMembers(json: JsonWriter, vf: VfInfo, link: ListedLink, c: ViewContext): void {
  const length = link.address?.length ?? 0;
  number(json, 'vf', vf.mac?.vf ?? 0);
  word(json, 'link_type', linkTypeText(link.type, c.numeric));
  lladdr(json, 'address', (vf.mac?.mac ?? new Uint8Array(0)).subarray(0, length));
  if (vf.broadcast !== undefined) lladdr(json, 'broadcast', vf.broadcast.subarray(0, length));
  const vlans = vlansOf(vf);
  if (vf.vlanList !== undefined) {
    json.openArray('vlan_list');
    for (const vlan of vlans) {
      json.openObject();
      if (vlan.vlan !== 0) vlanMembers(json, vlan);
      json.closeObject();
    }
    json.closeArray();
  } else if (vf.vlan !== undefined && vf.vlan.vlan !== 0) vlanMembers(json, vf.vlan);
  if (vf.txRate !== undefined && vf.txRate.rate !== 0) number(json, 'tx_rate', vf.txRate.rate);
  if (vf.rate !== undefined) {
    json.openObject('rate');
    number(json, 'max_tx', vf.rate.maxTxRate);
    number(json, 'min_tx', vf.rate.minTxRate);
    json.closeObject();
  }
  switchMember(json, 'spoofchk', vf.spoofchk);
  if (vf.ibNodeGuid !== undefined) word(json, 'node guid', guidText(vf.ibNodeGuid.guid));
  if (vf.ibPortGuid !== undefined) word(json, 'port guid', guidText(vf.ibPortGuid.guid));
  if (vf.linkState !== undefined) word(json, 'link_state', states[vf.linkState.linkState] ?? 'disable');
  switchMember(json, 'trust', vf.trust);
  switchMember(json, 'query_rss_en', vf.rssQueryEn);
}

/** Virtual functions, a line each. */
export const vfField: Field<LinkRow> = custom(
  (out, {link}, c) => {
    for (const vf of link.vfinfoList?.info ?? []) {
      out.byte(c.oneline ? 92 : 10);
      writeText(out, vf, link, c);
    }
  },
  (json, {link}, c) => {
    json.openArray('vfinfo_list');
    for (const vf of link.vfinfoList?.info ?? []) {
      json.openObject();
      writeMembers(json, vf, link, c);
      json.closeObject();
    }
    json.closeArray();
  },
);
