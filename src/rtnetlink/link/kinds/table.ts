import {nest} from '../../../netlink/schema.js';
import {bond, bondSlave} from './bond.js';
import {bridge} from './bridge.js';
import {bridgePort} from './bridgeSlave.js';
import {ipvlan} from './ipvlan.js';
import {macvlan} from './macvlan.js';
import {tun} from './tun.js';
import {veth} from './veth.js';
import {vlan} from './vlan.js';
import {vrf} from './vrf.js';
import {vxlan} from './vxlan.js';

/** IFLA_INFO_DATA by IFLA_INFO_KIND; a kind without options (ifb) has no line. */
export const kinds = () => ({
  bond: nest(bond),
  bridge: nest(bridge),
  ipvlan: nest(ipvlan),
  ipvtap: nest(ipvlan),
  macvlan: nest(macvlan),
  macvtap: nest(macvlan),
  tun: nest(tun),
  veth: nest(veth),
  vlan: nest(vlan),
  vrf: nest(vrf),
  vxcan: nest(veth),
  vxlan: nest(vxlan),
});

/** IFLA_INFO_SLAVE_DATA by IFLA_INFO_SLAVE_KIND. */
export const slaveKinds = () => ({
  bond: nest(bondSlave),
  bridge: nest(bridgePort),
  vrf: nest(vrf),
});
