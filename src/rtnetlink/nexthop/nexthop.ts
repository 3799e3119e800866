import type {CallOptions} from '../../netlink/async.js';
import {AF_UNSPEC, NEXTHOP_GRP_TYPE_RES, RTNH_F_ONLINK} from '../constants.js';
import {
  type AddressInput,
  change,
  type Device,
  type FamilyInput,
  type InputContext,
  type NamedInput,
  optional,
  toAddress,
  toFamily,
  toNumber,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {type NexthopMessageRequest, nexthopRequests} from './requests.js';
import {type Nexthop, type NexthopRequest, type nexthopMessage, USER_HZ} from './schema.js';

/** A member of a nexthop group. */
export interface GroupMemberInput {
  readonly id: number;
  /** 1 to 65536, 1 by default; kernels before 6.12 take up to 256. */
  readonly weight?: number | undefined;
}

/** A nexthop as `ip nexthop add` takes it: with a gateway, a device or both, a blackhole, or a group. */
export interface NexthopSpec {
  /** Chosen by the kernel when it is absent. */
  readonly id?: number | undefined;
  readonly family?: FamilyInput | undefined;
  readonly gateway?: AddressInput | undefined;
  readonly dev?: Device | undefined;
  readonly onlink?: boolean | undefined;
  readonly blackhole?: boolean | undefined;
  readonly group?: readonly GroupMemberInput[] | undefined;
  /** The group keeps flows where they are; its options as in `ip nexthop ... type resilient`. */
  readonly resilient?:
    | {
        readonly buckets?: number | undefined;
        readonly idleTimerSeconds?: number | undefined;
        readonly unbalancedTimerSeconds?: number | undefined;
      }
    | undefined;
  /** For the forwarding database of a bridge or vxlan. */
  readonly fdb?: boolean | undefined;
  readonly protocol?: NamedInput | undefined;
  /** Light-weight tunnel as in the schema: LWTUNNEL_ENCAP_* and its fields. */
  readonly encapType?: number | undefined;
  readonly encap?: NexthopRequest['encap'] | undefined;
}

/** Which nexthops; all that is given has to fit. */
export interface NexthopFilter {
  readonly dev?: Device | undefined;
  readonly master?: Device | undefined;
  readonly protocol?: NamedInput | undefined;
  /** Only groups. */
  readonly groups?: boolean | undefined;
  /** Only those of forwarding databases. */
  readonly fdb?: boolean | undefined;
}

const devicesOf = (input: NexthopSpec): (Device | undefined)[] => [input.dev];
const verb = (make: (body: NexthopRequest) => NexthopMessageRequest) =>
  change<NexthopSpec, typeof nexthopMessage>(devicesOf, (input, context) => make(nexthopBody(input, context)));

/** Changes of nexthops, one by one or in a batch. */
export const nexthopChanges = {
  add: verb(nexthopRequests.add),
  replace: verb(nexthopRequests.replace),
  delete: change<number>(
    () => [],
    id => nexthopRequests.delete({id}),
  ),
} as const;

/** Nexthop objects of one namespace. */
export class Nexthops extends Listing<NexthopFilter, Nexthop> {
  /** One nexthop: `ip nexthop get`. @throws {NetlinkError} ENOENT */
  get(id: number, options?: CallOptions): Promise<Nexthop> {
    return this.session.connection.get(nexthopRequests.get(id), options);
  }

  /** Buckets of a resilient group: `ip nexthop bucket show id`. @throws {NetlinkError} ENOENT */
  buckets(id: number, options?: CallOptions): Promise<Nexthop[]> {
    return this.session.connection.list(nexthopRequests.listBuckets({id}), options);
  }

  /** `ip nexthop add`. @returns its id @throws {NetlinkError} EEXIST */
  async add(nexthop: NexthopSpec, options?: CallOptions): Promise<number> {
    const made = await this.session.create(nexthopChanges.add, nexthop, options);
    return made?.id ?? nexthop.id ?? 0;
  }

  /** `ip nexthop replace`. @throws {NetlinkError} */
  replace(nexthop: NexthopSpec, options?: CallOptions): Promise<void> {
    return this.session.change(nexthopChanges.replace, nexthop, options);
  }

  /** Deletes a nexthop and the routes over it: `ip nexthop del`. @throws {NetlinkError} ENOENT */
  delete(id: number, options?: CallOptions): Promise<void> {
    return this.session.change(nexthopChanges.delete, id, options);
  }

  /** Deletes all nexthops that fit: `ip nexthop flush`. @returns how many; groups that went with their last member do not count */
  async flush(filter: NexthopFilter = {}, options?: CallOptions): Promise<number> {
    const found = await this.list(filter, options);
    return this.session.deleteAll(
      found.map(nexthop => nexthopRequests.delete({id: nexthop.id ?? 0})),
      ['ENOENT'],
      options,
    );
  }

  protected override async query(filter: NexthopFilter, options: CallOptions | undefined): Promise<Query<Nexthop>> {
    const index = async (device: Device | undefined): Promise<number | undefined> =>
      device === undefined ? undefined : this.session.index(device, options);
    const oif = await index(filter.dev);
    const master = await index(filter.master);
    const protocol = optional(filter.protocol, p => toNumber('protocol', this.session.names.protocol, p));
    const {groups, fdb} = filter;
    return {
      request: nexthopRequests.list({oif, master, groups, fdb}),
      passes: nexthop =>
        (oif === undefined || nexthop.oif === oif) &&
        (groups !== true || nexthop.group !== undefined) &&
        (fdb !== true || nexthop.fdb === true) &&
        (protocol === undefined || nexthop.protocol === protocol),
    };
  }
}

function nexthopBody(input: NexthopSpec, {index, names}: InputContext): NexthopRequest {
  const {resilient} = input;
  return {
    family: input.family === undefined ? undefined : toFamily(input.family) || AF_UNSPEC,
    protocol: optional(input.protocol, p => toNumber('protocol', names.protocol, p)),
    flags: input.onlink === true ? RTNH_F_ONLINK : 0,
    id: input.id,
    blackhole: input.blackhole,
    fdb: input.fdb,
    gateway: optional(input.gateway, a => toAddress('gateway', a)),
    oif: optional(input.dev, index),
    group: input.group?.map(({id, weight = 1}) => ({id, weight: (weight - 1) & 0xff, weightHigh: (weight - 1) >> 8})),
    resGroup: optional(resilient, r => ({
      buckets: r.buckets,
      idleTimer: optional(r.idleTimerSeconds, ticks),
      unbalancedTimer: optional(r.unbalancedTimerSeconds, ticks),
    })),
    groupType: resilient === undefined ? undefined : NEXTHOP_GRP_TYPE_RES,
    encap: input.encap,
    encapType: input.encapType,
  };
}

function ticks(seconds: number): number {
  return Math.round(seconds * USER_HZ);
}
