import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {verb, verbs} from '../grammar/grammar.js';
import {lladdrOf} from '../grammar/values.js';
import {
  NTF_EXT_EXT_VALIDATED,
  NTF_EXT_LEARNED,
  NTF_EXT_MANAGED,
  NTF_PROXY,
  NTF_ROUTER,
  NTF_USE,
} from '../rtnetlink/constants.js';
import {type NeighbourMessageRequest, neighbourRequests} from '../rtnetlink/neigh/requests.js';
import type {Neighbour, NeighbourRequest} from '../rtnetlink/neigh/schema.js';
import type {Draft} from '../rtnetlink/request.js';
import {deviceIndex} from './device.js';
import {type NeighLookup, type NeighSpec, neighFilter, neighLookup, neighOptions} from './neighSpec.js';
import type {KernelSession} from './session.js';

/** Bytes of a link-layer address that the reference sends. */
const LONGEST_LLADDR = 21;

/** Verbs of `ip neighbour` in match order. */
export const neighVerbs = verbs(
  'neigh',
  [
    verb('add', neighOptions),
    verb('change', neighOptions, {as: ['chg']}),
    verb('replace', neighOptions),
    verb('delete', neighOptions),
    verb('get', neighLookup),
    verb('show', neighFilter, {as: ['lst', 'list', 'ls']}),
    verb('flush', neighFilter),
  ],
  {whenAbsent: 'show'},
);

/** Verbs that change one entry. */
export type NeighChange = 'add' | 'change' | 'replace' | 'delete';

/**
 * `ip neigh add`, `change`, `replace` and `del`.
 * @throws {UsageError} for words that do not go together
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeNeighbour(name: NeighChange, spec: NeighSpec, session: KernelSession): void {
  const dst = spec.dst ?? spec.proxy;
  if (isDeviceMissing(spec) || dst === undefined || isOfNoFamily(dst))
    throw refuse('Device and destination are required arguments.');
  const body: Draft<NeighbourRequest> = {flags: flagsOf(spec)};
  if (spec.state !== undefined) body.state = spec.state;
  if (spec.protocol !== undefined) body.protocol = spec.protocol;
  body.dst = dst;
  const flagsExt =
    (spec.managed === true ? NTF_EXT_MANAGED : 0) | (spec.externValid === true ? NTF_EXT_EXT_VALIDATED : 0);
  if (flagsExt !== 0) body.flagsExt = flagsExt;
  if (spec.lladdr !== undefined && spec.lladdr !== 'null') body.lladdr = lladdrOf(spec.lladdr, LONGEST_LLADDR, 1);
  if (spec.dev !== undefined) body.ifindex = deviceIndex(spec.dev, session);
  const request: NeighbourMessageRequest = neighbourRequests[name](body);
  session.connection().request(request);
}

/** `any`, where nothing settled the family of the line. */
function isOfNoFamily(dst: IpAddress): boolean {
  return (dst.family as number) === 0;
}

/** Proxy entries may be those of no device. */
function isDeviceMissing({dev, proxy}: NeighLookup): boolean {
  return dev === undefined && proxy === undefined;
}

function flagsOf({proxy, router, use, externLearn}: NeighSpec): number {
  return (
    (proxy === undefined ? 0 : NTF_PROXY) |
    (router === true ? NTF_ROUTER : 0) |
    (use === true ? NTF_USE : 0) |
    (externLearn === true ? NTF_EXT_LEARNED : 0)
  );
}

/**
 * `ip neigh get`.
 * @throws {UsageError} when the device or the address is missing
 * @throws {NetlinkError} when there is no such entry
 */
export function getNeighbour(spec: NeighLookup, session: KernelSession): Neighbour {
  const {dev, dst, proxy} = spec;
  const address = dst ?? proxy;
  if (isDeviceMissing(spec) || address === undefined || isOfNoFamily(address)) {
    throw new UsageError(1, 'Device and address are required arguments.');
  }
  const ifindex = dev === undefined ? 0 : deviceIndex(dev, session);
  const flags = proxy === undefined ? 0 : NTF_PROXY;
  return session.connection().get(neighbourRequests.get({ifindex, flags, dst: address}));
}
