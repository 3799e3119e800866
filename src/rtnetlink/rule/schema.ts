import type {Prefix} from '../../addr/prefix.js';
import type {Decoded, Encodable} from '../../netlink/schema.js';
import {address, be32, be64, i32, message, pad, struct, text, u8, u16, u32} from '../../netlink/schema.js';
import {prefixOf} from '../prefix.js';

const portRange = struct('fib_rule_port_range', {start: u16, end: u16});

/**
 * One rule of the routing policy. `suppressPrefixlen` and `suppressIfgroup` are -1 where nothing is suppressed.
 * Source: uapi linux/fib_rules.h, struct fib_rule_hdr, FRA_*.
 */
export const ruleMessage = message(
  'rule',
  {
    family: u8,
    dstLen: u8,
    srcLen: u8,
    tos: u8,
    /** The table when it is below 256. */
    tableByte: u8,
    res: pad(2),
    action: u8,
    flags: u32,
  },
  {
    dst: [1, address],
    src: [2, address],
    iifname: [3, text],
    goto: [4, u32],
    /** Where `nat` leads; kernels do not look at it. */
    unused2: [5, address],
    priority: [6, u32],
    fwmark: [10, u32],
    flow: [11, u32],
    tunId: [12, be64],
    suppressIfgroup: [13, i32],
    suppressPrefixlen: [14, i32],
    table: [15, u32],
    fwmask: [16, u32],
    oifname: [17, text],
    l3mdev: [19, u8],
    uidRange: [20, struct('fib_rule_uid_range', {start: u32, end: u32})],
    protocol: [21, u8],
    ipProto: [22, u8],
    sportRange: [23, portRange],
    dportRange: [24, portRange],
    dscp: [25, u8],
    flowlabel: [26, be32],
    flowlabelMask: [27, be32],
    sportMask: [28, u16],
    dportMask: [29, u16],
    dscpMask: [30, u8],
  },
  {
    derived: {
      /** Table number, whichever field holds it. */
      tableId: r => r.table ?? r.tableByte,
      /** Destination prefix, undefined when the rule takes all. */
      destination: (r): Prefix | undefined => prefixOf(r.dst, r.dstLen),
      /** Source prefix, undefined when the rule takes all. */
      source: (r): Prefix | undefined => prefixOf(r.src, r.srcLen),
    },
    types: {32: 'RTM_NEWRULE', 33: 'RTM_DELRULE', 34: 'RTM_GETRULE'},
  },
);

/** One rule, as the kernel reports it. */
export type Rule = Decoded<typeof ruleMessage>;
/** Fields of a rule request. */
export type RuleRequest = Encodable<typeof ruleMessage>;
