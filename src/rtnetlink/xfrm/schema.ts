import type {Decoded, Encodable} from '../../netlink/schema.js';
import {be16, be32, bytes, i32, list, message, octets, pad, struct, u8, u16, u32, u64} from '../../netlink/schema.js';
import {NETLINK_XFRM} from './constants.js';

/** An address: the first 4 bytes of it for inet. The family stands elsewhere. Source: uapi linux/xfrm.h, xfrm_address_t. */
const address = octets(16);

/** Which packets. Source: struct xfrm_selector. */
const selector = struct('xfrm_selector', {
  daddr: address,
  saddr: address,
  dport: be16,
  dportMask: be16,
  sport: be16,
  sportMask: be16,
  family: u16,
  prefixlenD: u8,
  prefixlenS: u8,
  proto: u8,
  hole: pad(3),
  ifindex: i32,
  user: u32,
});

/** Source: struct xfrm_id. */
const id = struct('xfrm_id', {daddr: address, spi: be32, proto: u8, hole: pad(3)});

/** Limits; all ones is none. Source: struct xfrm_lifetime_cfg. */
const lifetimeLimits = struct('xfrm_lifetime_cfg', {
  softByteLimit: u64,
  hardByteLimit: u64,
  softPacketLimit: u64,
  hardPacketLimit: u64,
  softAddExpiresSeconds: u64,
  hardAddExpiresSeconds: u64,
  softUseExpiresSeconds: u64,
  hardUseExpiresSeconds: u64,
});

/** What was used; times are seconds since the epoch, 0 for never. Source: struct xfrm_lifetime_cur. */
const lifetimeUsed = struct('xfrm_lifetime_cur', {bytes: u64, packets: u64, addTime: u64, useTime: u64});

const stats = struct('xfrm_stats', {replayWindow: u32, replay: u32, integrityFailed: u32});

/** Source: struct xfrm_usersa_info. */
const stateFields = {
  sel: selector,
  id,
  saddr: address,
  lft: lifetimeLimits,
  curlft: lifetimeUsed,
  stats,
  seq: u32,
  reqid: u32,
  family: u16,
  mode: u8,
  replayWindow: u8,
  flags: u8,
  tail: pad(7),
} as const;
const stateInfo = struct('xfrm_usersa_info', stateFields);

/** Source: struct xfrm_userpolicy_info. */
const policyFields = {
  sel: selector,
  lft: lifetimeLimits,
  curlft: lifetimeUsed,
  priority: u32,
  index: u32,
  dir: u8,
  action: u8,
  flags: u8,
  share: u8,
  tail: pad(4),
} as const;
const policyInfo = struct('xfrm_userpolicy_info', policyFields);

/** Source: struct xfrm_usersa_id. */
const stateIdFields = {daddr: address, spi: be32, family: u16, proto: u8, hole: pad(1)} as const;
const stateId = struct('xfrm_usersa_id', stateIdFields);

/** How packets are to be transformed. Source: struct xfrm_user_tmpl. */
const template = struct('xfrm_user_tmpl', {
  id,
  family: u16,
  hole: pad(2),
  saddr: address,
  reqid: u32,
  mode: u8,
  share: u8,
  optional: u8,
  hole2: pad(1),
  aalgos: u32,
  ealgos: u32,
  calgos: u32,
});

/** Attributes of states and policies. What ends in a key or bitmap of its own length is bytes here, see payloads.ts. */
const attributes = {
  algAuth: [1, bytes],
  algCrypt: [2, bytes],
  algComp: [3, bytes],
  encap: [4, struct('xfrm_encap_tmpl', {type: u16, sport: be16, dport: be16, hole: pad(2), oa: address})],
  tmpl: [5, list(template)],
  sa: [6, stateInfo],
  policy: [7, policyInfo],
  secCtx: [8, bytes],
  ltimeVal: [9, lifetimeUsed],
  replayVal: [10, struct('xfrm_replay_state', {oseq: u32, seq: u32, bitmap: u32})],
  replayThresh: [11, u32],
  etimerThresh: [12, u32],
  srcaddr: [13, address],
  coaddr: [14, address],
  lastused: [15, u64],
  policyType: [16, struct('xfrm_userpolicy_type', {type: u8, hole: pad(1), reserved: u16, flags: u8, tail: pad(1)})],
  migrate: [17, bytes],
  algAead: [18, bytes],
  kmaddress: [19, bytes],
  algAuthTrunc: [20, bytes],
  mark: [21, struct('xfrm_mark', {v: u32, m: u32})],
  tfcpad: [22, u32],
  replayEsnVal: [23, bytes],
  saExtraFlags: [24, u32],
  /** XFRMA_PROTO; headers have a field of that name. */
  protocol: [25, u8],
  addressFilter: [
    26,
    struct('xfrm_address_filter', {saddr: address, daddr: address, family: u16, splen: u8, dplen: u8}),
  ],
  offloadDev: [28, struct('xfrm_user_offload', {ifindex: i32, flags: u8, tail: pad(3)})],
  setMark: [29, u32],
  setMarkMask: [30, u32],
  ifId: [31, u32],
  mtimerThresh: [32, u32],
} as const;

const protocol = NETLINK_XFRM;

/** A state. */
export const stateMessage = message('xfrm_usersa_info', stateFields, attributes, {
  protocol,
  types: {16: 'XFRM_MSG_NEWSA', 26: 'XFRM_MSG_UPDSA'},
});

/** Names a state; of a deleted one, `sa` tells the rest. */
export const stateIdMessage = message('xfrm_usersa_id', stateIdFields, attributes, {
  protocol,
  types: {17: 'XFRM_MSG_DELSA', 18: 'XFRM_MSG_GETSA'},
});

/** Asks for a free SPI. Source: struct xfrm_userspi_info. */
export const spiMessage = message('xfrm_userspi_info', {info: stateInfo, min: u32, max: u32}, attributes, {
  protocol,
  types: {22: 'XFRM_MSG_ALLOCSPI'},
});

/** A policy. */
export const policyMessage = message('xfrm_userpolicy_info', policyFields, attributes, {
  protocol,
  types: {19: 'XFRM_MSG_NEWPOLICY', 25: 'XFRM_MSG_UPDPOLICY'},
});

/** Names a policy; of a deleted one, `policy` tells the rest. Source: struct xfrm_userpolicy_id. */
export const policyIdMessage = message(
  'xfrm_userpolicy_id',
  {sel: selector, index: u32, dir: u8, tail: pad(3)},
  attributes,
  {protocol, types: {20: 'XFRM_MSG_DELPOLICY', 21: 'XFRM_MSG_GETPOLICY'}},
);

/** Requests without a header: dumps, and the flush of policies. */
export const bareMessage = message('xfrm_attributes', {}, attributes, {
  protocol,
  types: {29: 'XFRM_MSG_FLUSHPOLICY'},
});

/** Source: struct xfrm_usersa_flush. */
export const flushStateMessage = message(
  'xfrm_usersa_flush',
  {proto: u8},
  {},
  {
    protocol,
    types: {28: 'XFRM_MSG_FLUSHSA'},
  },
);

/** The kernel wants a state. Source: struct xfrm_user_acquire. */
export const acquireMessage = message(
  'xfrm_user_acquire',
  {
    id,
    saddr: address,
    sel: selector,
    pol: policyInfo,
    aalgos: u32,
    ealgos: u32,
    calgos: u32,
    seq: u32,
  },
  attributes,
  {protocol, types: {23: 'XFRM_MSG_ACQUIRE'}},
);

/** A limit of a state is reached. Source: struct xfrm_user_expire. */
export const expireMessage = message('xfrm_user_expire', {state: stateInfo, hard: u8, tail: pad(7)}, attributes, {
  protocol,
  types: {24: 'XFRM_MSG_EXPIRE'},
});

/** A limit of a policy is reached. Source: struct xfrm_user_polexpire. */
export const policyExpireMessage = message(
  'xfrm_user_polexpire',
  {pol: policyInfo, hard: u8, tail: pad(7)},
  attributes,
  {protocol, types: {27: 'XFRM_MSG_POLEXPIRE'}},
);

/** Replay counters moved. Source: struct xfrm_aevent_id. */
export const aeventMessage = message(
  'xfrm_aevent_id',
  {saId: stateId, saddr: address, flags: u32, reqid: u32},
  attributes,
  {protocol, types: {30: 'XFRM_MSG_NEWAE'}},
);

/** A packet that did not fit its policy. Source: struct xfrm_user_report. */
export const reportMessage = message('xfrm_user_report', {proto: u8, hole: pad(3), sel: selector}, attributes, {
  protocol,
  types: {32: 'XFRM_MSG_REPORT'},
});

/** A peer's address or port changed. Source: struct xfrm_user_mapping. */
export const mappingMessage = message(
  'xfrm_user_mapping',
  {id: stateId, reqid: u32, oldSaddr: address, newSaddr: address, oldSport: be16, newSport: be16},
  attributes,
  {protocol, types: {38: 'XFRM_MSG_MAPPING'}},
);

/** The table of states. Source: enum xfrm_sadattr_type_t. */
export const stateTableMessage = message(
  'xfrm_sadinfo',
  {flags: u32},
  {cnt: [1, u32], hinfo: [2, struct('xfrmu_sadhinfo', {sadhcnt: u32, sadhmcnt: u32})]},
  {protocol, types: {34: 'XFRM_MSG_NEWSADINFO', 35: 'XFRM_MSG_GETSADINFO'}},
);

const threshold = struct('xfrmu_spdhthresh', {lbits: u8, rbits: u8});

/** The table of policies. Source: enum xfrm_spdattr_type_t. */
export const policyTableMessage = message(
  'xfrm_spdinfo',
  {flags: u32},
  {
    info: [1, struct('xfrmu_spdinfo', {incnt: u32, outcnt: u32, fwdcnt: u32, inscnt: u32, outscnt: u32, fwdscnt: u32})],
    hinfo: [2, struct('xfrmu_spdhinfo', {spdhcnt: u32, spdhmcnt: u32})],
    ipv4Hthresh: [3, threshold],
    ipv6Hthresh: [4, threshold],
  },
  {protocol, types: {36: 'XFRM_MSG_NEWSPDINFO', 37: 'XFRM_MSG_GETSPDINFO'}},
);

/** What happens to packets without a policy; 0 says nothing. Source: struct xfrm_userpolicy_default. */
export const policyDefaultMessage = message(
  'xfrm_userpolicy_default',
  {in: u8, fwd: u8, out: u8},
  {},
  {
    protocol,
    types: {39: 'XFRM_MSG_SETDEFAULT', 40: 'XFRM_MSG_GETDEFAULT'},
  },
);

export type XfrmState = Decoded<typeof stateMessage>;
export type XfrmPolicy = Decoded<typeof policyMessage>;
export type XfrmAcquire = Decoded<typeof acquireMessage>;
export type XfrmAevent = Decoded<typeof aeventMessage>;
export type XfrmMapping = Decoded<typeof mappingMessage>;
export type XfrmReport = Decoded<typeof reportMessage>;
export type XfrmSelector = Decoded<typeof selector>;
export type XfrmTemplate = Decoded<typeof template>;
export type XfrmLimits = Decoded<typeof lifetimeLimits>;
export type XfrmUsage = Decoded<typeof lifetimeUsed>;
/** What a view needs of a state's or policy's attributes. */
export type XfrmAttributes = Decoded<typeof bareMessage>;
export type StateRequest = Encodable<typeof stateMessage>;
export type SelectorRequest = Encodable<typeof selector>;
export type TemplateRequest = Encodable<typeof template>;
export type LimitsRequest = Encodable<typeof lifetimeLimits>;
