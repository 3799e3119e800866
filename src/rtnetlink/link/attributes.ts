import {attrs, bareText, bytes, i32, lladdr, nest, text, u8, u16, u32, uint} from '../../netlink/schema.js';
import {afSpec, devlinkPort, protinfo} from './family.js';
import {linkNameAttributes} from './name.js';
import {linkMap, linkStats, linkStats64} from './stats.js';
import {port, vfInfoList, vfPorts} from './vf.js';

/** A nest of one u32 named `id`. Source: uapi linux/dpll.h, DPLL_A_PIN_ID. */
const dpllPin = attrs({id: [1, u32]});

/** BPF programs on a link. Source: uapi linux/if_link.h, IFLA_XDP_*. */
const xdp = attrs({
  fd: [1, i32],
  attached: [2, u8],
  flags: [3, u32],
  progId: [4, u32],
  drvProgId: [5, u32],
  skbProgId: [6, u32],
  hwProgId: [7, u32],
  expectedFd: [8, i32],
});

/** Source: uapi linux/if_link.h, IFLA_PROTO_DOWN_REASON_*. */
const protoDownReason = attrs({mask: [1, u32], value: [2, u32]});

/**
 * Attributes of a link but IFLA_LINKINFO, which the peer of a link inside IFLA_INFO_DATA cannot have.
 * Source: uapi linux/if_link.h, IFLA_*.
 */
export const linkAttributes = {
  ...linkNameAttributes,
  address: [1, lladdr],
  broadcast: [2, lladdr],
  mtu: [4, u32],
  link: [5, u32],
  qdisc: [6, text],
  stats: [7, linkStats],
  cost: [8, text],
  priority: [9, text],
  master: [10, u32],
  wireless: [11, bytes],
  protinfo: [12, protinfo],
  txqlen: [13, u32],
  map: [14, linkMap],
  weight: [15, u32],
  operstate: [16, u8],
  linkmode: [17, u8],
  netNsPid: [19, u32],
  ifalias: [20, bareText],
  numVf: [21, u32],
  vfinfoList: [22, nest(vfInfoList)],
  stats64: [23, linkStats64],
  vfPorts: [24, nest(vfPorts)],
  portSelf: [25, nest(port)],
  afSpec: [26, afSpec],
  group: [27, u32],
  netNsFd: [28, u32],
  promiscuity: [30, u32],
  numTxQueues: [31, u32],
  numRxQueues: [32, u32],
  carrier: [33, u8],
  physPortId: [34, bytes],
  carrierChanges: [35, u32],
  physSwitchId: [36, bytes],
  linkNetnsid: [37, i32],
  physPortName: [38, text],
  protoDown: [39, u8],
  gsoMaxSegs: [40, u32],
  gsoMaxSize: [41, u32],
  xdp: [43, nest(xdp)],
  event: [44, u32],
  newNetnsid: [45, i32],
  targetNetnsid: [46, i32],
  carrierUpCount: [47, u32],
  carrierDownCount: [48, u32],
  newIfindex: [49, i32],
  minMtu: [50, u32],
  maxMtu: [51, u32],
  permAddress: [54, lladdr],
  protoDownReason: [55, nest(protoDownReason, {flag: true})],
  parentDevName: [56, text],
  parentDevBusName: [57, text],
  groMaxSize: [58, u32],
  tsoMaxSize: [59, u32],
  tsoMaxSegs: [60, u32],
  allmulti: [61, u32],
  devlinkPort: [62, nest(devlinkPort, {flag: true})],
  gsoIpv4MaxSize: [63, u32],
  groIpv4MaxSize: [64, u32],
  dpllPin: [65, nest(dpllPin, {flag: true})],
  maxPacingOffloadHorizon: [66, uint],
  netnsImmutable: [67, u8],
  headroom: [68, u16],
  tailroom: [69, u16],
} as const;
