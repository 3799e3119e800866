import {attrs, bytes, i32, nest, text, u8, u16, u32, uint} from '../../netlink/schema.js';
import {counterAttributes} from './counters.js';
import {afSpec, devlinkPort, protinfo} from './family.js';
import {plainLinkAttributes} from './plain.js';
import {linkStats} from './stats.js';
import {port, vfPorts} from './vf.js';

/** A nest of one u32 named `id`. Source: uapi linux/dpll.h, DPLL_A_PIN_ID. */
const dpllPin = attrs({id: [1, u32]});

/**
 * Attributes of a link but IFLA_LINKINFO, which the peer of a link inside IFLA_INFO_DATA cannot have.
 * Source: uapi linux/if_link.h, IFLA_*.
 */
export const linkAttributes = {
  ...plainLinkAttributes,
  ...counterAttributes,
  stats: [7, linkStats],
  cost: [8, text],
  priority: [9, text],
  wireless: [11, bytes],
  protinfo: [12, protinfo],
  weight: [15, u32],
  netNsPid: [19, u32],
  numVf: [21, u32],
  vfPorts: [24, nest(vfPorts)],
  portSelf: [25, nest(port)],
  afSpec: [26, afSpec],
  netNsFd: [28, u32],
  promiscuity: [30, u32],
  numTxQueues: [31, u32],
  numRxQueues: [32, u32],
  carrier: [33, u8],
  physPortId: [34, bytes],
  carrierChanges: [35, u32],
  physSwitchId: [36, bytes],
  physPortName: [38, text],
  gsoMaxSegs: [40, u32],
  gsoMaxSize: [41, u32],
  targetNetnsid: [46, i32],
  carrierUpCount: [47, u32],
  carrierDownCount: [48, u32],
  minMtu: [50, u32],
  maxMtu: [51, u32],
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
