import type {CallOptions} from '../../netlink/async.js';
import {NETCONFA_IFINDEX_ALL, NETCONFA_IFINDEX_DEFAULT} from '../constants.js';
import {type Device, type FamilyInput, InputError, toFamily} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {netconfRequests} from './requests.js';
import type {Netconf} from './schema.js';

/** Which settings; all that is given has to fit. */
export interface NetconfFilter {
  readonly family?: FamilyInput | undefined;
  /** `all` and `default`, which no link may be called, are the settings for all links and for those yet to come. */
  readonly dev?: Device | undefined;
}

/** Settings of each family on each link of one namespace: `ip netconf`. They are changed through sysctl. */
export class Netconfs extends Listing<NetconfFilter, Netconf> {
  /** Those of one family on one link. @throws {NetlinkError} EINVAL for what has none */
  async get(spec: Required<NetconfFilter>, options?: CallOptions): Promise<Netconf> {
    const family = toFamily(spec.family);
    const index = await this.index(spec.dev, options);
    if (index === undefined) throw new InputError('dev', spec.dev);
    return this.session.connection.get(netconfRequests.get(family, index), options);
  }

  protected override async query(
    {family, dev}: NetconfFilter,
    options: CallOptions | undefined,
  ): Promise<Query<Netconf>> {
    const af = toFamily(family);
    const index = await this.index(dev, options);
    return {
      request: netconfRequests.list(af),
      passes: row => (af === 0 || row.family === af) && (index === undefined || row.ifindex === index),
    };
  }

  private async index(dev: Device | undefined, options?: CallOptions): Promise<number | undefined> {
    if (dev === 'all') return NETCONFA_IFINDEX_ALL;
    if (dev === 'default') return NETCONFA_IFINDEX_DEFAULT;
    return dev === undefined ? undefined : this.session.index(dev, options);
  }
}
