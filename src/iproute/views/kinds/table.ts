import type {Field} from '../../../view/field.js';
import {amtFields} from './amt.js';
import {bareudpFields} from './bareudp.js';
import {bondFields, bondSlaveFields} from './bond.js';
import {bridgeFields} from './bridge.js';
import {bridgePortFields} from './bridgeSlave.js';
import {canFields, canStatsFields} from './can.js';
import {dsaFields} from './dsa.js';
import {geneveFields} from './geneve.js';
import {greFields, ip6greFields} from './gre.js';
import {gtpFields} from './gtp.js';
import {hsrFields} from './hsr.js';
import {ipoibFields} from './ipoib.js';
import {ip6TunnelFields, ipTunnelFields} from './iptun.js';
import {ipvlanFields} from './ipvlan.js';
import {macsecFields} from './macsec.js';
import {macvlanFields} from './macvlan.js';
import {netkitFields} from './netkit.js';
import {rmnetFields} from './rmnet.js';
import {tunFields} from './tun.js';
import {vlanFields} from './vlan.js';
import {vrfFields} from './vrf.js';
import {vtiFields} from './vti.js';
import {vxlanFields} from './vxlan.js';
import {wwanFields} from './wwan.js';
import {xfrmFields} from './xfrm.js';

type Fields = readonly Field<never>[];

/** Fields by kind, each asked at first use. */
type Table = Readonly<Record<string, () => Fields>>;

/** Fields of IFLA_INFO_DATA by kind; other kinds show their name alone. */
const byKind: Table = {
  amt: () => amtFields,
  bareudp: () => bareudpFields,
  bond: () => bondFields,
  bridge: () => bridgeFields,
  can: () => canFields,
  dsa: () => dsaFields,
  erspan: () => greFields,
  geneve: () => geneveFields,
  gre: () => greFields,
  gretap: () => greFields,
  gtp: () => gtpFields,
  hsr: () => hsrFields,
  ip6erspan: () => ip6greFields,
  ip6gre: () => ip6greFields,
  ip6gretap: () => ip6greFields,
  ip6tnl: () => ip6TunnelFields,
  ipip: () => ipTunnelFields,
  ipoib: () => ipoibFields,
  ipvlan: () => ipvlanFields,
  ipvtap: () => ipvlanFields,
  macsec: () => macsecFields,
  macvlan: () => macvlanFields,
  macvtap: () => macvlanFields,
  netkit: () => netkitFields,
  rmnet: () => rmnetFields,
  sit: () => ipTunnelFields,
  tun: () => tunFields,
  vlan: () => vlanFields,
  vrf: () => vrfFields,
  vti: () => vtiFields,
  vti6: () => vtiFields,
  vxlan: () => vxlanFields,
  wwan: () => wwanFields,
  xfrm: () => xfrmFields,
};

/** Fields of IFLA_INFO_SLAVE_DATA by the kind of the master. */
const slaveFields: Table = {
  bond: () => bondSlaveFields,
  bridge: () => bridgePortFields,
  vrf: () => vrfFields,
};

/** Fields of IFLA_INFO_XSTATS by kind, with `-s`. */
const counterFields: Table = {can: () => canStatsFields};

function of(table: Table, kind: string): Fields | undefined {
  return Object.hasOwn(table, kind) ? table[kind]?.() : undefined;
}

/** Fields of a device of this kind. */
export function fieldsOf(kind: string): Fields | undefined {
  return of(byKind, kind);
}

/** Fields of a port of a device of this kind. */
export function slaveFieldsOf(kind: string): Fields | undefined {
  return of(slaveFields, kind);
}

/** Counters that only this kind has. */
export function counterFieldsOf(kind: string): Fields | undefined {
  return of(counterFields, kind);
}
