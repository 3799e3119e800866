import {nest} from '../../../netlink/schema.js';
import {amt} from './amt.js';
import {bareudp} from './bareudp.js';
import {batadv} from './batadv.js';
import {bond, bondSlave} from './bond.js';
import {bridge} from './bridge.js';
import {bridgePort} from './bridgeSlave.js';
import {can, canStats} from './can.js';
import {dsa} from './dsa.js';
import {geneve} from './geneve.js';
import {gre} from './gre.js';
import {gtp} from './gtp.js';
import {hsr} from './hsr.js';
import {ipoib} from './ipoib.js';
import {ip6Tunnel, ipTunnel} from './iptun.js';
import {ipvlan} from './ipvlan.js';
import {macsec} from './macsec.js';
import {macvlan} from './macvlan.js';
import {netkit} from './netkit.js';
import {rmnet} from './rmnet.js';
import {tun} from './tun.js';
import {veth} from './veth.js';
import {vlan} from './vlan.js';
import {vrf} from './vrf.js';
import {vti} from './vti.js';
import {vxlan} from './vxlan.js';
import {wwan} from './wwan.js';
import {xfrm} from './xfrm.js';

/** IFLA_INFO_DATA by IFLA_INFO_KIND, each asked at first use; a kind without options (ifb) has no line. */
export const kinds = () => ({
  amt: nest(() => amt),
  bareudp: nest(() => bareudp),
  batadv: nest(() => batadv),
  bond: nest(() => bond),
  bridge: nest(() => bridge),
  can: nest(() => can),
  dsa: nest(() => dsa),
  erspan: nest(() => gre),
  geneve: nest(() => geneve),
  gre: nest(() => gre),
  gretap: nest(() => gre),
  gtp: nest(() => gtp),
  hsr: nest(() => hsr),
  ip6erspan: nest(() => gre),
  ip6gre: nest(() => gre),
  ip6gretap: nest(() => gre),
  ip6tnl: nest(() => ip6Tunnel),
  ipip: nest(() => ipTunnel),
  ipoib: nest(() => ipoib),
  ipvlan: nest(() => ipvlan),
  ipvtap: nest(() => ipvlan),
  macsec: nest(() => macsec),
  macvlan: nest(() => macvlan),
  macvtap: nest(() => macvlan),
  netkit: nest(() => netkit),
  rmnet: nest(() => rmnet),
  sit: nest(() => ipTunnel),
  tun: nest(() => tun),
  veth: nest(() => veth),
  vlan: nest(() => vlan),
  vrf: nest(() => vrf),
  vti: nest(() => vti),
  vti6: nest(() => vti),
  vxcan: nest(() => veth),
  vxlan: nest(() => vxlan),
  wwan: nest(() => wwan),
  xfrm: nest(() => xfrm),
});

/** IFLA_INFO_SLAVE_DATA by IFLA_INFO_SLAVE_KIND. */
export const slaveKinds = () => ({
  bond: nest(() => bondSlave),
  bridge: nest(() => bridgePort),
  vrf: nest(() => vrf),
});

/** IFLA_INFO_XSTATS by IFLA_INFO_KIND. */
export const counters = () => ({can: canStats});
