import type {CallOptions} from '../../netlink/async.js';
import {IFF_ALLMULTI, IFF_DYNAMIC, IFF_MULTICAST, IFF_NOARP, IFF_PROMISC, IFF_UP} from '../constants.js';
import {
  change,
  type Device,
  type InputContext,
  type LladdrInput,
  type NamedInput,
  optional,
  toLladdr,
  toNumber,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {linkRequests} from './requests.js';
import type {Link, LinkRequest} from './schema.js';

/** What `ip link add` and `ip link set` have in common. */
export interface LinkSettings {
  readonly up?: boolean | undefined;
  /** Bytes. */
  readonly mtu?: number | undefined;
  readonly address?: LladdrInput | undefined;
  readonly broadcast?: LladdrInput | undefined;
  /** Free text; empty removes it. */
  readonly alias?: string | undefined;
  /** Packets. */
  readonly txqueuelen?: number | undefined;
  readonly group?: NamedInput | undefined;
  /** Bridge or bond the link becomes a port of; null leaves it. */
  readonly master?: Device | null | undefined;
  /** Namespace the link moves to: a process id, a name under /run/netns, or a path. */
  readonly netns?: number | string | undefined;
  readonly arp?: boolean | undefined;
  readonly dynamic?: boolean | undefined;
  readonly multicast?: boolean | undefined;
  readonly allmulticast?: boolean | undefined;
  readonly promisc?: boolean | undefined;
  /** How the link makes IPv6 addresses: IN6_ADDR_GEN_MODE_*. */
  readonly addrGenMode?: number | undefined;
  /** Options of the link's kind, as in its schema. */
  readonly data?: NonNullable<LinkRequest['linkinfo']>['data'] | undefined;
}

/** A link as `ip link add` takes it. */
export interface LinkInput extends LinkSettings {
  /** The kernel chooses one when it is absent. */
  readonly name?: string | undefined;
  /** `veth`, `bridge`, `ifb`, ... */
  readonly kind: string;
  /** Link this one sits on (vlan, macvlan). */
  readonly link?: Device | undefined;
  readonly index?: number | undefined;
  readonly numTxQueues?: number | undefined;
  readonly numRxQueues?: number | undefined;
  /** The other end of a veth. */
  readonly peer?: PeerInput | undefined;
}

/** The other end of a veth pair. */
export interface PeerInput {
  readonly name?: string | undefined;
  readonly mtu?: number | undefined;
  readonly address?: LladdrInput | undefined;
  readonly netns?: number | string | undefined;
}

/** A change of one link, as `ip link set` takes it. */
export interface LinkChange extends LinkSettings {
  readonly dev: Device;
  /** New name; most drivers want the link down for it. */
  readonly name?: string | undefined;
  /** Options of a port of the link's master, such as those of a bridge port. */
  readonly portData?: NonNullable<LinkRequest['linkinfo']>['slaveData'] | undefined;
  /** Kind of `data`. */
  readonly kind?: string | undefined;
  /** Kind of `portData`: `bridge`. */
  readonly portKind?: string | undefined;
}

/** Which links; all that is given has to fit. */
export interface LinkFilter {
  readonly kind?: string | undefined;
  readonly master?: Device | undefined;
  readonly group?: NamedInput | undefined;
  readonly up?: boolean | undefined;
}

const deviceOf = (input: {readonly dev: Device}): Device[] => [input.dev];

/** Changes of links, one by one or in a batch. */
export const linkChanges = {
  add: change<LinkInput>(
    input => [input.link, input.master ?? undefined],
    (input, context) => linkRequests.add(newLink(input, context)),
  ),
  change: change<LinkChange>(
    input => [input.dev, input.master ?? undefined],
    (input, context) => linkRequests.set(changedLink(input, context)),
  ),
  delete: change<{readonly dev: Device}>(deviceOf, (input, {index}) => linkRequests.delete({index: index(input.dev)})),
  addNames: change<{readonly dev: Device; readonly names: readonly string[]}>(deviceOf, (input, {index}) =>
    linkRequests.addNames(index(input.dev), input.names),
  ),
  deleteNames: change<{readonly dev: Device; readonly names: readonly string[]}>(deviceOf, (input, {index}) =>
    linkRequests.deleteNames(index(input.dev), input.names),
  ),
} as const;

/** Links of one namespace. */
export class Links extends Listing<LinkFilter, Link> {
  /** One link by name, alternative name or index: `ip link show dev`. @throws {NetlinkError} ENODEV */
  async get(dev: Device, options?: CallOptions): Promise<Link> {
    const index = await this.session.index(dev, options);
    return this.session.connection.get(linkRequests.get({index}), options);
  }

  /** `ip link add`. @throws {NetlinkError} EEXIST; EOPNOTSUPP for a kind the kernel lacks */
  add(link: LinkInput, options?: CallOptions): Promise<void> {
    return this.session.change(linkChanges.add, link, options);
  }

  /** `ip link set`. @throws {NetlinkError} ENODEV */
  change(link: LinkChange, options?: CallOptions): Promise<void> {
    return this.session.change(linkChanges.change, link, options);
  }

  /** `ip link delete`. @throws {NetlinkError} ENODEV; EOPNOTSUPP for links that cannot be deleted */
  delete(dev: Device, options?: CallOptions): Promise<void> {
    return this.session.change(linkChanges.delete, {dev}, options);
  }

  /** Adds alternative names: `ip link property add`. @throws {NetlinkError} EEXIST */
  addNames(dev: Device, names: readonly string[], options?: CallOptions): Promise<void> {
    return this.session.change(linkChanges.addNames, {dev, names}, options);
  }

  /** Deletes alternative names: `ip link property del`. @throws {NetlinkError} ENOENT */
  deleteNames(dev: Device, names: readonly string[], options?: CallOptions): Promise<void> {
    return this.session.change(linkChanges.deleteNames, {dev, names}, options);
  }

  protected override async query(filter: LinkFilter, options: CallOptions | undefined): Promise<Query<Link>> {
    const {kind, up} = filter;
    const master = filter.master === undefined ? undefined : await this.session.index(filter.master, options);
    const group = optional(filter.group, g => toNumber('group', this.session.names.group, g));
    return {
      request: linkRequests.list({master, linkinfo: kind === undefined ? undefined : {kind}}),
      passes: link =>
        (kind === undefined || link.kind === kind) &&
        (master === undefined || link.master === master) &&
        (group === undefined || link.group === group) &&
        (up === undefined || ((link.flags & IFF_UP) !== 0) === up),
    };
  }
}

function newLink(input: LinkInput, context: InputContext): LinkRequest {
  const {peer} = input;
  const data =
    peer === undefined
      ? input.data
      : {
          peer: {
            mtu: peer.mtu,
            address: optional(peer.address, a => toLladdr('peer.address', a)),
            ...namespaceOf(peer.netns, context),
            ifname: peer.name,
          },
        };
  return {
    ...settings(input, context),
    index: input.index,
    ifname: input.name,
    link: optional(input.link, context.index),
    numTxQueues: input.numTxQueues,
    numRxQueues: input.numRxQueues,
    linkinfo: {kind: input.kind, data},
  };
}

function changedLink(input: LinkChange, context: InputContext): LinkRequest {
  const {data, portData, kind, portKind} = input;
  const plain = data === undefined && portData === undefined;
  return {
    ...settings(input, context),
    index: context.index(input.dev),
    ifname: input.name,
    linkinfo: plain ? undefined : {kind, data, slaveKind: portKind, slaveData: portData},
  };
}

function settings(input: LinkSettings, context: InputContext): LinkRequest {
  const {flags, change} = flagsOf(input);
  return {
    flags,
    change,
    mtu: input.mtu,
    address: optional(input.address, a => toLladdr('address', a)),
    broadcast: optional(input.broadcast, a => toLladdr('broadcast', a)),
    ifalias: input.alias,
    txqlen: input.txqueuelen,
    group: optional(input.group, g => toNumber('group', context.names.group, g)),
    master: input.master === null ? 0 : optional(input.master, context.index),
    ...namespaceOf(input.netns, context),
    afSpec: optional(input.addrGenMode, addrGenMode => ({inet6: {addrGenMode}})),
  };
}

/** IFF_* bits to set, and the mask of those that are meant. */
function flagsOf(input: LinkSettings): {flags: number; change: number} {
  let flags = 0;
  let change = 0;
  const set = (wanted: boolean | undefined, bit: number): void => {
    if (wanted === undefined) return;
    change |= bit;
    if (wanted) flags |= bit;
  };
  set(input.up, IFF_UP);
  set(
    optional(input.arp, arp => !arp),
    IFF_NOARP,
  );
  set(input.dynamic, IFF_DYNAMIC);
  set(input.multicast, IFF_MULTICAST);
  set(input.allmulticast, IFF_ALLMULTI);
  set(input.promisc, IFF_PROMISC);
  return {flags, change};
}

function namespaceOf(netns: number | string | undefined, context: InputContext): LinkRequest {
  if (netns === undefined) return {};
  return typeof netns === 'number' ? {netNsPid: netns} : {netNsFd: context.namespace(netns)};
}
