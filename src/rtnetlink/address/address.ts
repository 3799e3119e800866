import {NetlinkError} from '../../errors.js';
import type {CallOptions} from '../../netlink/async.js';
import {
  IFA_F_HOMEADDRESS,
  IFA_F_MANAGETEMPADDR,
  IFA_F_MCAUTOJOIN,
  IFA_F_NODAD,
  IFA_F_NOPREFIXROUTE,
} from '../constants.js';
import {
  type AddressInput,
  change,
  type Device,
  type FamilyInput,
  type InputContext,
  type NamedInput,
  optional,
  type PrefixInput,
  toAddress,
  toFamily,
  toNumber,
  toPrefix,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {type AddressMessageRequest, addressRequests} from './requests.js';
import type {Address, AddressRequest} from './schema.js';

const EADDRNOTAVAIL = 99;
/** A lifetime without end. */
const FOREVER = 0xffffffff;

/** An address as `ip address add` takes it. */
export interface AddressSpec {
  readonly dev: Device;
  /** The link's own address with its prefix length. */
  readonly address: PrefixInput;
  /** The other end of a point-to-point link; its prefix length counts when it has one. */
  readonly peer?: PrefixInput | undefined;
  /** `+` is the last address of the prefix (IPv4). */
  readonly broadcast?: AddressInput | '+' | undefined;
  /** `DEV:LABEL`, at most 15 characters (IPv4). */
  readonly label?: string | undefined;
  /** `global` by default, `host` for 127.0.0.0/8. */
  readonly scope?: NamedInput | undefined;
  /** Metric of the prefix route. */
  readonly metric?: number | undefined;
  readonly validSeconds?: number | undefined;
  readonly preferredSeconds?: number | undefined;
  /** No route to the prefix. */
  readonly noPrefixRoute?: boolean | undefined;
  /** No duplicate address detection (IPv6). */
  readonly noDad?: boolean | undefined;
  /** Mobile IPv6 home address. */
  readonly home?: boolean | undefined;
  /** Temporary addresses are made from this one (IPv6). */
  readonly manageTempAddr?: boolean | undefined;
  /** The kernel joins this multicast address. */
  readonly autoJoin?: boolean | undefined;
  /** Who set the address (IFA_PROTO). */
  readonly protocol?: number | undefined;
}

/** Which addresses; all that is given has to fit. */
export interface AddressFilter {
  readonly dev?: Device | undefined;
  readonly family?: FamilyInput | undefined;
  readonly scope?: NamedInput | undefined;
  readonly label?: string | undefined;
  /** Addresses in this prefix. */
  readonly to?: PrefixInput | undefined;
}

const devicesOf = (input: AddressSpec): Device[] => [input.dev];
const verb = (make: (body: AddressRequest) => AddressMessageRequest) =>
  change<AddressSpec>(devicesOf, (input, context) => make(addressBody(input, context)));

/** Changes of addresses, one by one or in a batch. */
export const addressChanges = {
  add: verb(addressRequests.add),
  change: verb(addressRequests.change),
  replace: verb(addressRequests.replace),
  delete: verb(addressRequests.delete),
} as const;

/** Addresses of the links of one namespace. */
export class Addresses extends Listing<AddressFilter, Address> {
  /**
   * One address of a link.
   * @throws {NetlinkError} EADDRNOTAVAIL when the link does not have it
   */
  async get(spec: {readonly dev: Device; readonly address: AddressInput}, options?: CallOptions): Promise<Address> {
    const wanted = toAddress('address', spec.address);
    const found = await this.list({dev: spec.dev, family: wanted.family}, options);
    const one = found.find(address => address.prefix?.address.equals(wanted));
    if (one === undefined) throw new NetlinkError(EADDRNOTAVAIL, 'RTM_GETADDR');
    return one;
  }

  /** `ip address add`. @throws {NetlinkError} EEXIST */
  add(address: AddressSpec, options?: CallOptions): Promise<void> {
    return this.session.change(addressChanges.add, address, options);
  }

  /** Changes flags and lifetimes: `ip address change`. @throws {NetlinkError} ENOENT */
  change(address: AddressSpec, options?: CallOptions): Promise<void> {
    return this.session.change(addressChanges.change, address, options);
  }

  /** `ip address replace`. @throws {NetlinkError} */
  replace(address: AddressSpec, options?: CallOptions): Promise<void> {
    return this.session.change(addressChanges.replace, address, options);
  }

  /** `ip address del`. @throws {NetlinkError} EADDRNOTAVAIL */
  delete(address: AddressSpec, options?: CallOptions): Promise<void> {
    return this.session.change(addressChanges.delete, address, options);
  }

  /** Deletes all addresses that fit: `ip address flush`. @returns how many; secondaries that went with their primary do not count */
  async flush(filter: AddressFilter, options?: CallOptions): Promise<number> {
    const addresses = await this.list(filter, options);
    return this.session.deleteAll(addresses.map(addressRequests.deleteRecord), ['EADDRNOTAVAIL'], options);
  }

  protected override async query(filter: AddressFilter, options: CallOptions | undefined): Promise<Query<Address>> {
    const family = toFamily(filter.family);
    const index = filter.dev === undefined ? undefined : await this.session.index(filter.dev, options);
    const scope = optional(filter.scope, s => toNumber('scope', this.session.names.scope, s));
    const to = optional(filter.to, p => toPrefix('to', p));
    return {
      request: addressRequests.list({family, index}),
      passes: address => {
        const own = address.prefix?.address;
        return (
          (family === 0 || address.family === family) &&
          (index === undefined || address.index === index) &&
          (scope === undefined || address.scope === scope) &&
          (filter.label === undefined || address.label === filter.label) &&
          (to === undefined || (own !== undefined && to.contains(own)))
        );
      },
    };
  }
}

function addressBody(input: AddressSpec, {index, names}: InputContext): AddressRequest {
  const own = toPrefix('address', input.address);
  const peer = optional(input.peer, p => toPrefix('peer', p));
  const prefix = peer ?? own;
  const flags =
    (input.noPrefixRoute === true ? IFA_F_NOPREFIXROUTE : 0) |
    (input.noDad === true ? IFA_F_NODAD : 0) |
    (input.home === true ? IFA_F_HOMEADDRESS : 0) |
    (input.manageTempAddr === true ? IFA_F_MANAGETEMPADDR : 0) |
    (input.autoJoin === true ? IFA_F_MCAUTOJOIN : 0);
  const mortal = input.validSeconds !== undefined || input.preferredSeconds !== undefined;
  const valid = input.validSeconds ?? FOREVER;
  return {
    index: index(input.dev),
    prefixlen: prefix.length,
    scope: optional(input.scope, s => toNumber('scope', names.scope, s)),
    local: own.address,
    label: input.label,
    rtPriority: input.metric,
    flags,
    address: prefix.address,
    broadcast: input.broadcast === '+' ? prefix.last : optional(input.broadcast, a => toAddress('broadcast', a)),
    cacheinfo: mortal ? {prefered: input.preferredSeconds ?? valid, valid} : undefined,
    proto: input.protocol,
  };
}
