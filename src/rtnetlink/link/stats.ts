import type {Decoded} from '../../netlink/schema.js';
import {pad, struct, u8, u16, u32, u64} from '../../netlink/schema.js';

/**
 * Counters of a link since it was made. Packets and bytes are good ones; `multicast` counts received packets.
 * Source: uapi linux/if_link.h, struct rtnl_link_stats64.
 */
export const linkStats64 = struct(
  'rtnl_link_stats64',
  {
    rxPackets: u64,
    txPackets: u64,
    rxBytes: u64,
    txBytes: u64,
    rxErrors: u64,
    txErrors: u64,
    rxDropped: u64,
    txDropped: u64,
    multicast: u64,
    collisions: u64,
    rxLengthErrors: u64,
    rxOverErrors: u64,
    rxCrcErrors: u64,
    rxFrameErrors: u64,
    rxFifoErrors: u64,
    rxMissedErrors: u64,
    txAbortedErrors: u64,
    txCarrierErrors: u64,
    txFifoErrors: u64,
    txHeartbeatErrors: u64,
    txWindowErrors: u64,
    rxCompressed: u64,
    txCompressed: u64,
  },
  {tail: {rxNohandler: u64, rxOtherhostDropped: u64}},
);

/** The same counters, cut to 32 bits. Source: uapi linux/if_link.h, struct rtnl_link_stats. */
export const linkStats = struct(
  'rtnl_link_stats',
  {
    rxPackets: u32,
    txPackets: u32,
    rxBytes: u32,
    txBytes: u32,
    rxErrors: u32,
    txErrors: u32,
    rxDropped: u32,
    txDropped: u32,
    multicast: u32,
    collisions: u32,
    rxLengthErrors: u32,
    rxOverErrors: u32,
    rxCrcErrors: u32,
    rxFrameErrors: u32,
    rxFifoErrors: u32,
    rxMissedErrors: u32,
    txAbortedErrors: u32,
    txCarrierErrors: u32,
    txFifoErrors: u32,
    txHeartbeatErrors: u32,
    txWindowErrors: u32,
    rxCompressed: u32,
    txCompressed: u32,
  },
  {tail: {rxNohandler: u32}},
);

/** Hardware resources of an old driver. Source: uapi linux/if_link.h, struct rtnl_link_ifmap. */
export const linkMap = struct('rtnl_link_ifmap', {
  memStart: u64,
  memEnd: u64,
  baseAddr: u64,
  irq: u16,
  dma: u8,
  port: u8,
  // The C compiler rounds the struct up to a multiple of 8.
  tail: pad(4),
});

/** 64-bit counters of a link. */
export type LinkStats64 = Decoded<typeof linkStats64>;
