import type {Decoded} from '../../../netlink/schema.js';
import {attrs, lladdr, u8, u16, u32} from '../../../netlink/schema.js';

/** A device that sends all over two others (IEC 62439-3: HSR or PRP). Source: uapi linux/if_link.h, IFLA_HSR_*. */
export const hsr = attrs({
  slave1: [1, u32],
  slave2: [2, u32],
  multicastSpec: [3, u8],
  supervisionAddr: [4, lladdr],
  seqNr: [5, u16],
  version: [6, u8],
  protocol: [7, u8],
  interlink: [8, u32],
});

/** An HSR or PRP device. */
export type Hsr = Decoded<typeof hsr>;
