import {struct, u32} from '../../netlink/schema.js';

/** The counters of `linkStats64`, cut to 32 bits. Source: uapi linux/if_link.h, struct rtnl_link_stats. */
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
