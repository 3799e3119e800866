import {attrs, i32, u8, u32} from '../../netlink/schema.js';

/** BPF programs on a link. Source: uapi linux/if_link.h, IFLA_XDP_*. */
export const xdp = attrs({
  fd: [1, i32],
  attached: [2, u8],
  flags: [3, u32],
  progId: [4, u32],
  drvProgId: [5, u32],
  skbProgId: [6, u32],
  hwProgId: [7, u32],
  expectedFd: [8, i32],
});
