/** Numbers of NETLINK_XFRM that code names. Source: uapi linux/xfrm.h. */

export const NETLINK_XFRM = 6;

export const XFRM_MSG_NEWSA = 16;
export const XFRM_MSG_DELSA = 17;
export const XFRM_MSG_GETSA = 18;
export const XFRM_MSG_NEWPOLICY = 19;
export const XFRM_MSG_DELPOLICY = 20;
export const XFRM_MSG_GETPOLICY = 21;
export const XFRM_MSG_ALLOCSPI = 22;
export const XFRM_MSG_ACQUIRE = 23;
export const XFRM_MSG_EXPIRE = 24;
export const XFRM_MSG_UPDPOLICY = 25;
export const XFRM_MSG_UPDSA = 26;
export const XFRM_MSG_POLEXPIRE = 27;
export const XFRM_MSG_FLUSHSA = 28;
export const XFRM_MSG_FLUSHPOLICY = 29;
export const XFRM_MSG_NEWAE = 30;
export const XFRM_MSG_REPORT = 32;
export const XFRM_MSG_NEWSADINFO = 34;
export const XFRM_MSG_GETSADINFO = 35;
export const XFRM_MSG_NEWSPDINFO = 36;
export const XFRM_MSG_GETSPDINFO = 37;
export const XFRM_MSG_MAPPING = 38;
export const XFRM_MSG_SETDEFAULT = 39;
export const XFRM_MSG_GETDEFAULT = 40;

/** Multicast groups by the words of `ip xfrm monitor`. Source: enum xfrm_nlgroups. */
export const xfrmGroups = {acquire: 1, expire: 2, SA: 3, policy: 4, aevent: 5, report: 6} as const;

/** Transforms by their words. Source: uapi linux/in.h, IPPROTO_. */
export const xfrmProtocols = {esp: 50, ah: 51, comp: 108, route2: 43, hao: 60} as const;

/** Modes by their words, in match order. Source: XFRM_MODE_. */
export const xfrmModes = {transport: 0, tunnel: 1, ro: 2, in_trigger: 3, beet: 4} as const;

/** Source: XFRM_STATE_. */
export const stateFlags = {
  noecn: 1,
  'decap-dscp': 2,
  nopmtudisc: 4,
  wildrecv: 8,
  icmp: 16,
  'af-unspec': 32,
  align4: 64,
  esn: 128,
} as const;

/** Source: XFRM_SA_XFLAG_. */
export const stateExtraFlags = {'dont-encap-dscp': 1, 'oseq-may-wrap': 2} as const;

/** Source: XFRM_POLICY_LOCALOK, XFRM_POLICY_ICMP. */
export const policyFlags = {localok: 1, icmp: 2} as const;

/** Source: XFRM_POLICY_IN, ... */
export const policyDirections = {in: 0, out: 1, fwd: 2} as const;

/** Source: XFRM_POLICY_ALLOW, XFRM_POLICY_BLOCK. */
export const policyActions = {allow: 0, block: 1} as const;

/** Source: XFRM_POLICY_TYPE_. */
export const policyTypes = {main: 0, sub: 1} as const;

/** Source: XFRM_USERPOLICY_; 0 leaves a default as it is. */
export const policyDefaults = {block: 1, accept: 2} as const;

/** Ways through UDP and TCP. Source: uapi linux/udp.h, UDP_ENCAP_, TCP_ENCAP_ESPINTCP. */
export const encapTypes = {'espinudp-nonike': 1, espinudp: 2, espintcp: 7} as const;

/** Source: XFRM_OFFLOAD_INBOUND. */
export const XFRM_OFFLOAD_INBOUND = 2;

/** Limit of a lifetime that is none. Source: XFRM_INF. */
export const XFRM_INF = 0xffffffffffffffffn;

/** Longest replay window in packets. Source: XFRMA_REPLAY_ESN_MAX. */
export const XFRMA_REPLAY_ESN_MAX = 4096;
