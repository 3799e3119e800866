import type {Decoded} from '../../../netlink/schema.js';
import {attrs, i32, inet, inet6, items, lladdr, nest, u8, u16, u32} from '../../../netlink/schema.js';

/** The aggregator in use. Source: uapi linux/if_link.h, IFLA_BOND_AD_INFO_*. */
const adInfo = attrs({
  aggregator: [1, u16],
  numPorts: [2, u16],
  actorKey: [3, u16],
  partnerKey: [4, u16],
  partnerMac: [5, lladdr],
});

/** A bonding device; delays in ms. Source: uapi linux/if_link.h, IFLA_BOND_*. */
export const bond = attrs({
  mode: [1, u8],
  activeSlave: [2, u32],
  miimon: [3, u32],
  updelay: [4, u32],
  downdelay: [5, u32],
  useCarrier: [6, u8],
  arpInterval: [7, u32],
  arpIpTarget: [8, items(inet, {first: 0})],
  arpValidate: [9, u32],
  arpAllTargets: [10, u32],
  primary: [11, u32],
  primaryReselect: [12, u8],
  failOverMac: [13, u8],
  xmitHashPolicy: [14, u8],
  resendIgmp: [15, u32],
  numPeerNotif: [16, u8],
  allSlavesActive: [17, u8],
  minLinks: [18, u32],
  lpInterval: [19, u32],
  packetsPerSlave: [20, u32],
  adLacpRate: [21, u8],
  adSelect: [22, u8],
  adInfo: [23, nest(adInfo)],
  adActorSysPrio: [24, u16],
  adUserPortKey: [25, u16],
  adActorSystem: [26, lladdr],
  tlbDynamicLb: [27, u8],
  peerNotifDelay: [28, u32],
  adLacpActive: [29, u8],
  missedMax: [30, u8],
  nsIp6Target: [31, items(inet6, {first: 0})],
});

/** A bonding device. */
export type Bond = Decoded<typeof bond>;

/** A device under a bond. Source: uapi linux/if_link.h, IFLA_BOND_SLAVE_*. */
export const bondSlave = attrs({
  state: [1, u8],
  miiStatus: [2, u8],
  linkFailureCount: [3, u32],
  permHwaddr: [4, lladdr],
  queueId: [5, u16],
  adAggregatorId: [6, u16],
  adActorOperPortState: [7, u8],
  adPartnerOperPortState: [8, u16],
  prio: [9, i32],
  actorPortPrio: [10, u16],
});

/** A device under a bond. */
export type BondSlave = Decoded<typeof bondSlave>;
