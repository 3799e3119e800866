import type {Decoded} from '../../netlink/schema.js';
import {pad, struct, u8, u16, u64} from '../../netlink/schema.js';

/** What every set of counters begins with. Source: uapi linux/if_link.h, linux/mpls.h. */
export const traffic = {
  rxPackets: u64,
  txPackets: u64,
  rxBytes: u64,
  txBytes: u64,
  rxErrors: u64,
  txErrors: u64,
  rxDropped: u64,
  txDropped: u64,
} as const;

/**
 * Counters of a link since it was made. Packets and bytes are good ones; `multicast` counts received packets.
 * Source: uapi linux/if_link.h, struct rtnl_link_stats64.
 */
export const linkStats64 = struct(
  'rtnl_link_stats64',
  {
    ...traffic,
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

/**
 * What listings of interfaces show of a link beside its plain attributes.
 * Source: uapi linux/if_link.h, IFLA_MAP, IFLA_STATS64.
 */
export const counterAttributes = {map: [14, linkMap], stats64: [23, linkStats64]} as const;

/** 64-bit counters of a link. */
export type LinkStats64 = Decoded<typeof linkStats64>;
