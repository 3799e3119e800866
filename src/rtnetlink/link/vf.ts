import {attrs, be16, bytes, many, nest, octets, pad, struct, text, u8, u16, u32, u64} from '../../netlink/schema.js';

const setting = (name: string) => struct(name, {vf: u32, setting: u32});
/** The hole is the C compiler's. */
const guid = struct('ifla_vf_guid', {vf: u32, hole: pad(4), guid: u64});

/** One virtual function of an SR-IOV device. Rates in Mb/s. Source: uapi linux/if_link.h, IFLA_VF_*. */
const vf = attrs({
  mac: [1, struct('ifla_vf_mac', {vf: u32, mac: octets(32)})],
  vlan: [2, struct('ifla_vf_vlan', {vf: u32, vlan: u32, qos: u32})],
  txRate: [3, struct('ifla_vf_tx_rate', {vf: u32, rate: u32})],
  spoofchk: [4, setting('ifla_vf_spoofchk')],
  linkState: [5, struct('ifla_vf_link_state', {vf: u32, linkState: u32})],
  rate: [6, struct('ifla_vf_rate', {vf: u32, minTxRate: u32, maxTxRate: u32})],
  rssQueryEn: [7, setting('ifla_vf_rss_query_en')],
  stats: [
    8,
    nest(
      attrs({
        rxPackets: [0, u64],
        txPackets: [1, u64],
        rxBytes: [2, u64],
        txBytes: [3, u64],
        broadcast: [4, u64],
        multicast: [5, u64],
        rxDropped: [7, u64],
        txDropped: [8, u64],
      }),
    ),
  ],
  trust: [9, setting('ifla_vf_trust')],
  ibNodeGuid: [10, guid],
  ibPortGuid: [11, guid],
  vlanList: [
    12,
    nest(
      attrs({
        info: [1, many(struct('ifla_vf_vlan_info', {vf: u32, vlan: u32, qos: u32, vlanProto: be16, tail: pad(2)}))],
      }),
    ),
  ],
  broadcast: [13, bytes],
});

/** Virtual functions. Source: uapi linux/if_link.h, IFLA_VF_INFO_*. */
export const vfInfoList = attrs({info: [1, many(nest(vf))]});

/** Port profile of a device or virtual function. Source: uapi linux/if_link.h, IFLA_PORT_*. */
export const port = attrs({
  vf: [1, u32],
  profile: [2, text],
  vsiType: [3, struct('ifla_port_vsi', {mgrId: u8, typeId: octets(3), typeVersion: u8, tail: pad(3)})],
  instanceUuid: [4, bytes],
  hostUuid: [5, bytes],
  request: [6, u8],
  response: [7, u16],
});

/** Port profiles of virtual functions. Source: uapi linux/if_link.h, IFLA_VF_PORT. */
export const vfPorts = attrs({port: [1, many(nest(port))]});
