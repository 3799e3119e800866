import {
  address,
  attrs,
  be16,
  be32,
  be64,
  bytes,
  list,
  many,
  nest,
  struct,
  text,
  u8,
  u32,
  u64,
} from '../../netlink/schema.js';
import {
  LWTUNNEL_ENCAP_BPF,
  LWTUNNEL_ENCAP_ILA,
  LWTUNNEL_ENCAP_IOAM6,
  LWTUNNEL_ENCAP_IP,
  LWTUNNEL_ENCAP_IP6,
  LWTUNNEL_ENCAP_MPLS,
  LWTUNNEL_ENCAP_RPL,
  LWTUNNEL_ENCAP_SEG6,
  LWTUNNEL_ENCAP_SEG6_LOCAL,
  LWTUNNEL_ENCAP_XFRM,
} from '../constants.js';
import {ilaAttributes} from '../ila.js';

/* Functions, because most routes have no tunnel and a table costs time to build. */

/** The reference marks all tunnel attributes as nested. */
const nested = {flag: true} as const;

/** Options of GENEVE, VXLAN or ERSPAN. Source: uapi linux/lwtunnel.h, LWTUNNEL_IP_OPTS_*. */
const tunnelOptions = () =>
  attrs({
    geneve: [1, many(nest(attrs({class: [1, be16], type: [2, u8], data: [3, bytes]})))],
    vxlan: [2, nest(attrs({gbp: [1, u32]}))],
    erspan: [3, nest(attrs({ver: [1, u8], index: [2, be32], dir: [3, u8], hwid: [4, u8]}))],
  });

/** `encap ip`; `id` is the tunnel key. Source: uapi linux/lwtunnel.h, LWTUNNEL_IP_*. */
const ip = () =>
  attrs({
    id: [1, be64],
    dst: [2, address],
    src: [3, address],
    ttl: [4, u8],
    tos: [5, u8],
    flags: [6, be16],
    opts: [8, nest(tunnelOptions(), nested)],
  });

/** `encap ip6`. Source: uapi linux/lwtunnel.h, LWTUNNEL_IP6_*. */
const ip6 = () =>
  attrs({
    id: [1, be64],
    dst: [2, address],
    src: [3, address],
    hoplimit: [4, u8],
    tc: [5, u8],
    flags: [6, be16],
    opts: [8, nest(tunnelOptions(), nested)],
  });

/** `encap mpls`; each label is label << 12 | tc << 9 | bottom << 8 | ttl. Source: uapi linux/mpls_iptunnel.h. */
const mpls = () => attrs({dst: [1, list(be32)], ttl: [2, u8]});

/** `encap seg6`; `srh` is an int mode and a segment routing header (srh.ts). Source: uapi linux/seg6_iptunnel.h. */
const seg6 = () => attrs({srh: [1, bytes], src: [2, address]});

/** `encap seg6local`; `srh` as in srh.ts, without the mode. Source: uapi linux/seg6_local.h, SEG6_LOCAL_*. */
const seg6local = () =>
  attrs({
    action: [1, u32],
    srh: [2, bytes],
    table: [3, u32],
    nh4: [4, address],
    nh6: [5, address],
    iif: [6, u32],
    oif: [7, u32],
    bpf: [8, nest(attrs({prog: [1, u32], progName: [2, text]}), nested)],
    vrftable: [9, u32],
    counters: [10, nest(attrs({packets: [2, u64], bytes: [3, u64], errors: [4, u64]}), nested)],
    flavors: [11, nest(attrs({operation: [1, u32], lcblockBits: [2, u8], lcnodeFnBits: [3, u8]}), nested)],
  });

const bpfProgram = () => nest(attrs({fd: [1, u32], name: [2, text]}), nested);

/** `encap bpf`. Source: uapi linux/lwtunnel.h, LWT_BPF_*. */
const bpf = () =>
  attrs({in: [1, bpfProgram()], out: [2, bpfProgram()], xmit: [3, bpfProgram()], xmitHeadroom: [4, u32]});

/** `encap rpl`. Source: uapi linux/rpl_iptunnel.h. */
const rpl = () => attrs({srh: [1, bytes]});

/** `encap ioam6`. Source: uapi linux/ioam6_iptunnel.h, struct ioam6_trace_hdr of linux/ioam6.h. */
const ioam6 = () =>
  attrs({
    mode: [1, u8],
    dst: [2, address],
    trace: [3, struct('ioam6_trace_hdr', {namespaceId: be16, nodelenOverflow: u8, remlen: u8, type: be32})],
    freqK: [4, u32],
    freqN: [5, u32],
    src: [6, address],
  });

/** `encap xfrm`. Source: uapi linux/lwtunnel.h, LWT_XFRM_*. */
const xfrm = () => attrs({ifId: [1, u32], link: [2, u32]});

/** Light-weight tunnels by RTA_ENCAP_TYPE; a new one is its table and one line here. */
export const tunnels = () => ({
  [LWTUNNEL_ENCAP_MPLS]: nest(mpls(), nested),
  [LWTUNNEL_ENCAP_IP]: nest(ip(), nested),
  [LWTUNNEL_ENCAP_ILA]: nest(attrs(ilaAttributes), nested),
  [LWTUNNEL_ENCAP_IP6]: nest(ip6(), nested),
  [LWTUNNEL_ENCAP_SEG6]: nest(seg6(), nested),
  [LWTUNNEL_ENCAP_BPF]: nest(bpf(), nested),
  [LWTUNNEL_ENCAP_SEG6_LOCAL]: nest(seg6local(), nested),
  [LWTUNNEL_ENCAP_RPL]: nest(rpl(), nested),
  [LWTUNNEL_ENCAP_IOAM6]: nest(ioam6(), nested),
  [LWTUNNEL_ENCAP_XFRM]: nest(xfrm(), nested),
});
