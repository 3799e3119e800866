import {bond, bondSlave} from './bond.js';
import {bridge} from './bridge.js';
import {bridgeSlave} from './bridgeSlave.js';
import {ipvlan, ipvtap} from './ipvlan.js';
import type {LinkKind} from './kind.js';
import {macvlan, macvtap} from './macvlan.js';
import {veth, vxcan} from './veth.js';
import {vlan} from './vlan.js';
import {vrf} from './vrf.js';
import {vxlan} from './vxlan.js';

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
  switch (name) {
    case 'bond':
      return bond();
    case 'bond_slave':
      return bondSlave();
    case 'bridge':
      return bridge;
    case 'bridge_slave':
      return bridgeSlave;
    case 'veth':
      return veth;
    case 'vxcan':
      return vxcan;
    case 'vxlan':
      return vxlan;
    case 'macvlan':
      return macvlan();
    case 'macvtap':
      return macvtap();
    case 'vlan':
      return vlan;
    case 'vrf':
      return vrf;
    case 'ipvlan':
      return ipvlan();
    case 'ipvtap':
      return ipvtap();
    default:
      return bare.includes(name) ? {name} : undefined;
  }
}

/** Whether `ip link help KIND` has something to say. */
export function hasHelp(name: string): boolean {
  return findKind(name) !== undefined && !helpless.includes(name);
}
