/**
 * tsiproute2 as a library: routing (rtnetlink) and sockets (sock_diag) of Linux network namespaces, typed.
 * What is not exported here is private.
 */

export {IpAddress} from './addr/ip.js';
export {formatLladdr, parseLladdr} from './addr/lladdr.js';
export {Prefix} from './addr/prefix.js';
export {type Subnet, toSubnet} from './addr/subnet.js';
export {DecodeError, DumpInterrupted, NetlinkError, UsageError} from './errors.js';
export type {CallOptions} from './netlink/async.js';
export type {Membership} from './procfs/multicast.js';
export {Addresses, type AddressFilter, type AddressSpec} from './rtnetlink/address/address.js';
export type {AddressLabel} from './rtnetlink/address/label.js';
export {type AddressLabelInput, AddressLabels} from './rtnetlink/address/labels.js';
export type {Address} from './rtnetlink/address/schema.js';
export * as constants from './rtnetlink/constants.js';
export {
  type AddressInput,
  type Device,
  type FamilyInput,
  InputError,
  type LladdrInput,
  type NamedInput,
  type PrefixInput,
} from './rtnetlink/input.js';
export type {LinkStats64} from './rtnetlink/link/counters.js';
export {
  type LinkChange,
  type LinkFilter,
  type LinkInput,
  type LinkSettings,
  Links,
  type PeerInput,
} from './rtnetlink/link/link.js';
export type {Link} from './rtnetlink/link/schema.js';
export type {LinkToken} from './rtnetlink/link/token.js';
export {type TokenInput, Tokens} from './rtnetlink/link/tokens.js';
export {type RtEvent, Watch, type WatchedObject, type WatchOptions} from './rtnetlink/monitor.js';
export {Multicast, type MulticastFilter, type MulticastInput} from './rtnetlink/multicast.js';
export {type NamedNamespace, Namespaces} from './rtnetlink/namespaces.js';
export {type NeighbourFilter, type NeighbourInput, Neighbours} from './rtnetlink/neigh/neigh.js';
export type {Neighbour} from './rtnetlink/neigh/schema.js';
export type {NeighbourTable} from './rtnetlink/neigh/table.js';
export {type NeighbourTableChange, type NeighbourTableFilter, NeighbourTables} from './rtnetlink/neigh/tables.js';
export {type NetconfFilter, Netconfs} from './rtnetlink/netconf/netconf.js';
export type {Netconf} from './rtnetlink/netconf/schema.js';
export {type GroupMemberInput, type NexthopFilter, type NexthopSpec, Nexthops} from './rtnetlink/nexthop/nexthop.js';
export type {Nexthop} from './rtnetlink/nexthop/schema.js';
export {
  type NexthopInput,
  type RouteFilter,
  type RouteInput,
  type RouteLookup,
  Routes,
} from './rtnetlink/route/route.js';
export type {Route, RouteMetrics, RouteNexthop} from './rtnetlink/route/schema.js';
export {type Batch, type BatchEntry, RtNetlink, type RtNetlinkOptions} from './rtnetlink/rtnetlink.js';
export {type RangeInput, type RuleAction, type RuleFilter, type RuleInput, Rules} from './rtnetlink/rule/rule.js';
export type {Rule} from './rtnetlink/rule/schema.js';
export type {TunOptions, TunOwner} from './rtnetlink/tunDevice.js';
export {type TuntapInput, type TuntapKey, Tuntaps} from './rtnetlink/tuntaps.js';
export {
  linkFlagWords,
  type NeighbourState,
  neighbourStateWords,
  OPER_STATES,
  ROUTE_TYPES,
  type RouteType,
} from './rtnetlink/words.js';
export {
  type Expression as SocketExpression,
  type Host as SocketHost,
  socketHost,
} from './sockdiag/filter/expression.js';
export type {InetSocket} from './sockdiag/inet.js';
export type {NetlinkSocket} from './sockdiag/netlinkDiag.js';
export type {MptcpSocket, SctpSocket, SocketOf} from './sockdiag/otherInfo.js';
export type {PacketSocket} from './sockdiag/packetDiag.js';
export type {InetSocketId, Transport} from './sockdiag/requests.js';
export {SockDiag, type SockDiagOptions, type SocketAttribute, type SocketFilter} from './sockdiag/sockDiag.js';
export {type SocketEvent, type SocketEventOptions, SocketEvents} from './sockdiag/socketEvents.js';
export type {RfcState, SctpInfo, SocketEnd, SocketProcess, SocketRecord} from './sockdiag/socketRecord.js';
export type {StateName} from './sockdiag/states.js';
export type {TipcSocket} from './sockdiag/tipcDiag.js';
export type {UnixSocket} from './sockdiag/unixDiag.js';
export type {VsockSocket} from './sockdiag/vsockDiag.js';
export type {XdpSocket} from './sockdiag/xdpDiag.js';
