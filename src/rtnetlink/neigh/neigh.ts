import type {CallOptions} from '../../netlink/async.js';
import {AF_BRIDGE, NTF_EXT_LEARNED, NTF_EXT_MANAGED, NTF_PROXY, NTF_ROUTER, NTF_USE, NUD_NOARP} from '../constants.js';
import {
  type AddressInput,
  change,
  type Device,
  type FamilyInput,
  type InputContext,
  InputError,
  type LladdrInput,
  type NamedInput,
  optional,
  toAddress,
  toFamily,
  toLladdr,
  toNumber,
} from '../input.js';
import {Listing, type Query} from '../listing.js';
import {NEIGHBOUR_STATES, type NeighbourState} from '../words.js';
import {type NeighbourMessageRequest, neighbourRequests} from './requests.js';
import type {Neighbour, NeighbourRequest} from './schema.js';

/** A neighbour as `ip neighbour add` takes it. */
export interface NeighbourInput {
  readonly dev: Device;
  readonly address: AddressInput;
  /** Not for proxy entries. */
  readonly lladdr?: LladdrInput | undefined;
  /** `permanent` by default. */
  readonly state?: NeighbourState | 'none' | undefined;
  /** The machine answers for this address. */
  readonly proxy?: boolean | undefined;
  readonly router?: boolean | undefined;
  readonly use?: boolean | undefined;
  readonly externLearned?: boolean | undefined;
  /** The kernel keeps the entry reachable. */
  readonly managed?: boolean | undefined;
  readonly protocol?: NamedInput | undefined;
}

/** Which neighbours; all that is given has to fit. */
export interface NeighbourFilter {
  readonly dev?: Device | undefined;
  /** Both by default. */
  readonly family?: FamilyInput | undefined;
  readonly master?: Device | undefined;
  /** Any of these states; by default all but `noarp`, as `ip neighbour show`. */
  readonly states?: readonly NeighbourState[] | undefined;
  /** Proxy entries instead. */
  readonly proxy?: boolean | undefined;
}

const devicesOf = (input: NeighbourInput): Device[] => [input.dev];
const verb = (make: (body: NeighbourRequest) => NeighbourMessageRequest) =>
  change<NeighbourInput>(devicesOf, (input, context) => make(neighbourBody(input, context)));

/** Changes of neighbours, one by one or in a batch. */
export const neighbourChanges = {
  add: verb(neighbourRequests.add),
  change: verb(neighbourRequests.change),
  replace: verb(neighbourRequests.replace),
  delete: verb(neighbourRequests.delete),
} as const;

/** Neighbours of the links of one namespace. */
export class Neighbours extends Listing<NeighbourFilter, Neighbour> {
  /** One neighbour: `ip neighbour get`. @throws {NetlinkError} ENOENT */
  async get(
    spec: {readonly dev: Device; readonly address: AddressInput; readonly proxy?: boolean | undefined},
    options?: CallOptions,
  ): Promise<Neighbour> {
    const body = {
      ifindex: await this.session.index(spec.dev, options),
      flags: spec.proxy === true ? NTF_PROXY : 0,
      dst: toAddress('address', spec.address),
    };
    return this.session.connection.get(neighbourRequests.get(body), options);
  }

  /** `ip neighbour add`. @throws {NetlinkError} EEXIST */
  add(neighbour: NeighbourInput, options?: CallOptions): Promise<void> {
    return this.session.change(neighbourChanges.add, neighbour, options);
  }

  /** `ip neighbour change`. @throws {NetlinkError} ENOENT */
  change(neighbour: NeighbourInput, options?: CallOptions): Promise<void> {
    return this.session.change(neighbourChanges.change, neighbour, options);
  }

  /** `ip neighbour replace`. @throws {NetlinkError} */
  replace(neighbour: NeighbourInput, options?: CallOptions): Promise<void> {
    return this.session.change(neighbourChanges.replace, neighbour, options);
  }

  /** `ip neighbour del`. @throws {NetlinkError} ENOENT */
  delete(neighbour: NeighbourInput, options?: CallOptions): Promise<void> {
    return this.session.change(neighbourChanges.delete, neighbour, options);
  }

  /** Deletes all neighbours that fit but, unless asked for, permanent ones: `ip neighbour flush`. @returns how many */
  async flush(filter: NeighbourFilter, options?: CallOptions): Promise<number> {
    const found = await this.list(filter, options);
    const mortal = filter.states === undefined ? NEIGHBOUR_STATES.permanent : 0;
    const requests = found
      .filter(neighbour => (neighbour.state & mortal) === 0)
      .map(({family, ifindex, flags, dst, lladdr}) =>
        neighbourRequests.delete({family, ifindex, flags, ...(family === AF_BRIDGE ? {lladdr} : {dst})}),
      );
    return this.session.deleteAll(requests, ['ENOENT'], options);
  }

  protected override async query(filter: NeighbourFilter, options: CallOptions | undefined): Promise<Query<Neighbour>> {
    const family = toFamily(filter.family);
    const index = async (device: Device | undefined): Promise<number | undefined> =>
      device === undefined ? undefined : this.session.index(device, options);
    const ifindex = await index(filter.dev);
    const master = await index(filter.master);
    const states = filter.states?.reduce((mask, word) => mask | stateOf(word), 0);
    const {proxy} = filter;
    const query: {-readonly [K in 'ifindex' | 'master']?: number} = {};
    if (ifindex !== undefined) query.ifindex = ifindex;
    if (master !== undefined) query.master = master;
    return {
      request: neighbourRequests.list({family, proxy: proxy === true, ...query}),
      passes: neighbour =>
        (family === 0 || neighbour.family === family) &&
        (ifindex === undefined || neighbour.ifindex === ifindex) &&
        (proxy === true ||
          (states === undefined ? (neighbour.state & NUD_NOARP) === 0 : (neighbour.state & states) !== 0)),
    };
  }
}

function stateOf(word: NeighbourState | 'none'): number {
  if (word === 'none') return 0;
  const state: number | undefined = NEIGHBOUR_STATES[word];
  if (state === undefined) throw new InputError('state', word);
  return state;
}

function neighbourBody(input: NeighbourInput, {index, names}: InputContext): NeighbourRequest {
  return {
    ifindex: index(input.dev),
    state: optional(input.state, stateOf),
    flags:
      (input.proxy === true ? NTF_PROXY : 0) |
      (input.router === true ? NTF_ROUTER : 0) |
      (input.use === true ? NTF_USE : 0) |
      (input.externLearned === true ? NTF_EXT_LEARNED : 0),
    protocol: optional(input.protocol, p => toNumber('protocol', names.protocol, p)),
    dst: toAddress('address', input.address),
    lladdr: optional(input.lladdr, a => toLladdr('lladdr', a)),
    flagsExt: input.managed === true ? NTF_EXT_MANAGED : undefined,
  };
}
