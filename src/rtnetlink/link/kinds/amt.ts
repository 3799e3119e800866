import type {Decoded} from '../../../netlink/schema.js';
import {address, attrs, be16, u32} from '../../../netlink/schema.js';

/** Automatic multicast tunnelling (RFC 7450). Source: uapi linux/amt.h, IFLA_AMT_*. */
export const amt = attrs({
  mode: [1, u32],
  relayPort: [2, be16],
  gatewayPort: [3, be16],
  link: [4, u32],
  localIp: [5, address],
  remoteIp: [6, address],
  discoveryIp: [7, address],
  maxTunnels: [8, u32],
});

/** An AMT gateway or relay. */
export type Amt = Decoded<typeof amt>;
