import type {Decoded} from '../../../netlink/schema.js';
import {attrs, chars, list, nest, struct, u16, u32} from '../../../netlink/schema.js';

/** Bit rate in bit/s, sample point in 1/1000, `tq` in ns. Source: uapi linux/can/netlink.h, struct can_bittiming. */
const bittiming = struct('can_bittiming', {
  bitrate: u32,
  samplePoint: u32,
  tq: u32,
  propSeg: u32,
  phaseSeg1: u32,
  phaseSeg2: u32,
  sjw: u32,
  brp: u32,
});

/** What a controller can be set to. Source: uapi linux/can/netlink.h, struct can_bittiming_const. */
const bittimingConst = struct('can_bittiming_const', {
  name: chars(16),
  tseg1Min: u32,
  tseg1Max: u32,
  tseg2Min: u32,
  tseg2Max: u32,
  sjwMax: u32,
  brpMin: u32,
  brpMax: u32,
  brpInc: u32,
});

/** Compensation of the transmitter's delay. Source: uapi linux/can/netlink.h, IFLA_CAN_TDC_*. */
const tdc = attrs({
  tdcvMin: [1, u32],
  tdcvMax: [2, u32],
  tdcoMin: [3, u32],
  tdcoMax: [4, u32],
  tdcfMin: [5, u32],
  tdcfMax: [6, u32],
  tdcv: [7, u32],
  tdco: [8, u32],
  tdcf: [9, u32],
});

/**
 * A CAN bus; `ctrlmode.mask` says which of `flags` (CAN_CTRLMODE_*) a request sets; `restart` is only sent.
 * Source: uapi linux/can/netlink.h, IFLA_CAN_*.
 */
export const can = attrs({
  bittiming: [1, bittiming],
  bittimingConst: [2, bittimingConst],
  clock: [3, u32],
  state: [4, u32],
  ctrlmode: [5, struct('can_ctrlmode', {mask: u32, flags: u32})],
  restartMs: [6, u32],
  restart: [7, u32],
  berrCounter: [8, struct('can_berr_counter', {txerr: u16, rxerr: u16})],
  dataBittiming: [9, bittiming],
  dataBittimingConst: [10, bittimingConst],
  termination: [11, u16],
  terminationConst: [12, list(u16)],
  bitrateConst: [13, list(u32)],
  dataBitrateConst: [14, list(u32)],
  bitrateMax: [15, u32],
  tdc: [16, nest(tdc, {flag: true})],
  ctrlmodeExt: [17, nest(attrs({supported: [1, u32]}), {flag: true})],
});

/** A CAN bus. */
export type Can = Decoded<typeof can>;

/** Counters of a CAN bus, in IFLA_INFO_XSTATS. Source: uapi linux/can/netlink.h, struct can_device_stats. */
export const canStats = struct('can_device_stats', {
  busError: u32,
  errorWarning: u32,
  errorPassive: u32,
  busOff: u32,
  arbitrationLost: u32,
  restarts: u32,
});

/** Counters of a CAN bus. */
export type CanStats = Decoded<typeof canStats>;
