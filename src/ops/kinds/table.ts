import {amt} from './amt.js';
import {bareudp} from './bareudp.js';
import {batadv} from './batadv.js';
import {bond, bondSlave} from './bond.js';
import {bridge} from './bridge.js';
import {bridgeSlave} from './bridgeSlave.js';
import {can} from './can.js';
import {dsa} from './dsa.js';
import {geneve} from './geneve.js';
import {erspan, gre, gretap} from './gre.js';
import {gtp} from './gtp.js';
import {hsr} from './hsr.js';
import {ip6erspan, ip6gre, ip6gretap} from './ip6gre.js';
import {ip6tnl} from './ip6tnl.js';
import {ipoib} from './ipoib.js';
import {ipip, sit} from './iptun.js';
import {ipvlan, ipvtap} from './ipvlan.js';
import type {LinkKind} from './kind.js';
import {macsec} from './macsec.js';
import {macvlan, macvtap} from './macvlan.js';
import {netkit} from './netkit.js';
import {rmnet} from './rmnet.js';
import {veth, vxcan} from './veth.js';
import {vlan} from './vlan.js';
import {vrf} from './vrf.js';
import {vti, vti6} from './vti.js';
import {vxlan} from './vxlan.js';
import {wwan} from './wwan.js';
import {xfrm} from './xfrm.js';

/** Kinds with options, each asked at first use. */
const kinds: Readonly<Record<string, () => LinkKind>> = {
  amt: () => amt(),
  bareudp: () => bareudp(),
  batadv: () => batadv(),
  bond: () => bond(),
  bond_slave: () => bondSlave(),
  bridge: () => bridge,
  bridge_slave: () => bridgeSlave,
  can: () => can(),
  dsa: () => dsa(),
  erspan: () => erspan(),
  geneve: () => geneve(),
  gre: () => gre(),
  gretap: () => gretap(),
  gtp: () => gtp(),
  hsr: () => hsr(),
  ip6erspan: () => ip6erspan(),
  ip6gre: () => ip6gre(),
  ip6gretap: () => ip6gretap(),
  ip6tnl: () => ip6tnl(),
  ipip: () => ipip(),
  ipoib: () => ipoib(),
  ipvlan: () => ipvlan(),
  ipvtap: () => ipvtap(),
  macsec: () => macsec(),
  macvlan: () => macvlan(),
  macvtap: () => macvtap(),
  netkit: () => netkit(),
  rmnet: () => rmnet(),
  sit: () => sit(),
  veth: () => veth,
  vlan: () => vlan,
  vrf: () => vrf,
  vti: () => vti(),
  vti6: () => vti6(),
  vxcan: () => vxcan,
  vxlan: () => vxlan,
  wwan: () => wwan(),
  xfrm: () => xfrm(),
};

/** Kinds that the reference knows but that have no options: it ignores what stands behind them. */
const bare: readonly string[] = [
  'dummy',
  'ifb',
  'netdevsim',
  'nlmon',
  'team',
  'team_slave',
  'tun',
  'vcan',
  'virt_wifi',
  'vrf_slave',
];

/** Those that have no help either. */
const helpless: readonly string[] = ['tun', 'vrf_slave'];

/** A kind by its name, which is never abbreviated. */
export function findKind(name: string): LinkKind | undefined {
  if (Object.hasOwn(kinds, name)) return kinds[name]?.();
  return bare.includes(name) ? {name, slave: name.endsWith('_slave')} : undefined;
}

/** Whether `ip link help KIND` has something to say. */
export function hasHelp(name: string): boolean {
  return findKind(name) !== undefined && !helpless.includes(name);
}
