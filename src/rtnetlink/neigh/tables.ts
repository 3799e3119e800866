import type {CallOptions} from '../../netlink/async.js';
import {change, type Device, type FamilyInput, type InputContext, InputError, toFamily} from '../input.js';
import {Listing, type Query} from '../listing.js';
import type {NeighbourTable, NeighbourTableRequest} from './table.js';
import {neighbourTableRequests} from './tableRequests.js';

type Parameters = NonNullable<NeighbourTableRequest['parms']>;

/** Limits of a table and parameters of its entries, as the messages name them; times in ms. */
export interface NeighbourTableChange
  extends Partial<Pick<NeighbourTableRequest, 'thresh1' | 'thresh2' | 'thresh3' | 'gcInterval'>>,
    Partial<Omit<Parameters, 'ifindex' | 'refcnt' | 'reachableTime'>> {
  /** `arp_cache`, `ndisc_cache`. */
  readonly name: string;
  /** By default the first table of that name. */
  readonly family?: FamilyInput | undefined;
  /** The parameters are those of this link only. */
  readonly dev?: Device | undefined;
}

/** Which tables; all that is given has to fit. */
export interface NeighbourTableFilter {
  readonly family?: FamilyInput | undefined;
  readonly name?: string | undefined;
  /** Parameters of this link. */
  readonly dev?: Device | undefined;
}

function body(input: NeighbourTableChange, {index}: InputContext): NeighbourTableRequest {
  const {name, family, dev, thresh1, thresh2, thresh3, gcInterval, ...parms} = input;
  if (name === undefined || name === '') throw new InputError('name', name);
  const all = dev === undefined ? parms : {ifindex: index(dev), ...parms};
  return {
    family: toFamily(family),
    name,
    thresh1,
    thresh2,
    thresh3,
    gcInterval,
    parms: Object.keys(parms).length === 0 ? undefined : all,
  };
}

/** Changes of tables, one by one or in a batch. */
export const neighbourTableChanges = {
  change: change<NeighbourTableChange>(
    ({dev}) => [dev],
    (input, context) => neighbourTableRequests.change(body(input, context)),
  ),
} as const;

/** Neighbour tables of one namespace, and their parameters for each link: `ip ntable`. */
export class NeighbourTables extends Listing<NeighbourTableFilter, NeighbourTable> {
  /** `ip ntable change`. @throws {NetlinkError} ENOENT */
  change(table: NeighbourTableChange, options?: CallOptions): Promise<void> {
    return this.session.change(neighbourTableChanges.change, table, options);
  }

  protected override async query(
    {family, name, dev}: NeighbourTableFilter,
    options: CallOptions | undefined,
  ): Promise<Query<NeighbourTable>> {
    const af = toFamily(family);
    const ifindex = dev === undefined ? undefined : await this.session.index(dev, options);
    return {
      request: neighbourTableRequests.list(af),
      passes: table =>
        (af === 0 || table.family === af) &&
        (name === undefined || table.name === name) &&
        (ifindex === undefined || table.parms?.ifindex === ifindex),
    };
  }
}
