import type {Decoded, Encodable} from '../netlink/schema.js';
import {addressOrNone, attrs, be16, i32, inet, inet6, message, nest, u8, u16, u32} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Family of the path manager, and its group of events. Source: uapi linux/mptcp.h. */
export const MPTCP_PM = 'mptcp_pm';
export const MPTCP_PM_EVENTS = 'mptcp_pm_events';

/** Source: uapi linux/mptcp.h, MPTCP_PM_CMD_*. */
export const MPTCP_PM_CMD_ADD_ADDR = 1;
export const MPTCP_PM_CMD_DEL_ADDR = 2;
export const MPTCP_PM_CMD_GET_ADDR = 3;
export const MPTCP_PM_CMD_FLUSH_ADDRS = 4;
export const MPTCP_PM_CMD_SET_LIMITS = 5;
export const MPTCP_PM_CMD_GET_LIMITS = 6;
export const MPTCP_PM_CMD_SET_FLAGS = 7;

/** Bits of an endpoint's flags by their words, in the order they are shown. Source: uapi linux/mptcp.h, MPTCP_PM_ADDR_FLAG_*. */
export const endpointFlags = {signal: 1, subflow: 2, backup: 4, fullmesh: 8, implicit: 16, laminar: 32} as const;

const endpoint = attrs({
  family: [1, u16],
  id: [2, u8],
  addr4: [3, addressOrNone],
  addr6: [4, addressOrNone],
  port: [5, u16],
  flags: [6, u32],
  ifIdx: [7, i32],
});

/** Endpoints and limits of Multipath TCP. Source: uapi linux/mptcp.h, MPTCP_PM_ATTR_*, MPTCP_PM_ADDR_ATTR_*. */
export const mptcpMessage = message(
  'mptcp_pm',
  genericHeader,
  {addr: [1, nest(endpoint, {flag: true})], rcvAddAddrs: [2, u32], subflows: [3, u32], token: [4, u32], locId: [5, u8]},
  {protocol: NETLINK_GENERIC},
);

/** What becomes of connections; `cmd` is an MPTCP_EVENT_. Source: uapi linux/mptcp.h, enum mptcp_event_attr. */
export const mptcpEventMessage = message(
  'mptcp event',
  genericHeader,
  {
    token: [1, u32],
    family: [2, u16],
    locId: [3, u8],
    remId: [4, u8],
    saddr4: [5, inet],
    saddr6: [6, inet6],
    daddr4: [7, inet],
    daddr6: [8, inet6],
    sport: [9, be16],
    dport: [10, be16],
    backup: [11, u8],
    error: [12, u8],
    flags: [13, u16],
    timeout: [14, u32],
    ifIdx: [15, i32],
    resetReason: [16, u32],
    resetFlags: [17, u32],
    serverSide: [18, u8],
  },
  {protocol: NETLINK_GENERIC},
);

/** An endpoint as the kernel has it. */
export type MptcpEndpoint = Decoded<typeof endpoint>;
/** Fields of a request about one. */
export type MptcpEndpointRequest = Encodable<typeof endpoint>;
/** What became of a connection or a subflow. */
export type MptcpEvent = Decoded<typeof mptcpEventMessage>;
