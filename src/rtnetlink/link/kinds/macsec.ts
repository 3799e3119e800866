import type {Decoded} from '../../../netlink/schema.js';
import {attrs, be16, be64, u8, u32, u64} from '../../../netlink/schema.js';

/**
 * A MACsec device (IEEE 802.1AE); `port` is only sent. Source: uapi linux/if_link.h, IFLA_MACSEC_*; linux/if_macsec.h
 * for the cipher suites.
 */
export const macsec = attrs({
  sci: [1, be64],
  port: [2, be16],
  icvLen: [3, u8],
  cipherSuite: [4, u64],
  window: [5, u32],
  encodingSa: [6, u8],
  encrypt: [7, u8],
  protect: [8, u8],
  incSci: [9, u8],
  es: [10, u8],
  scb: [11, u8],
  replayProtect: [12, u8],
  validation: [13, u8],
  offload: [15, u8],
});

/** A MACsec device. */
export type Macsec = Decoded<typeof macsec>;
