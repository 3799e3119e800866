import {IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {OpaqueAddress} from '../addr/opaque.js';
import {Prefix} from '../addr/prefix.js';
import {UsageError} from '../errors.js';
import {type GrammarEnv, verb, verbs} from '../grammar/grammar.js';
import {type AddressMessageRequest, addressRequests} from '../rtnetlink/address/requests.js';
import type {Address, AddressRequest} from '../rtnetlink/address/schema.js';
import {AF_INET, IFA_F_MCAUTOJOIN} from '../rtnetlink/constants.js';
import type {Draft} from '../rtnetlink/request.js';
import {type AddressSpec, addressOptions, FOREVER} from './addressOptions.js';
import {addressFilter, noWords, shownFilter} from './addressSpec.js';
import {addressUsage} from './addressUsage.js';
import {type Echo, sendChange} from './echo.js';
import type {IpSession} from './session.js';

/** Verbs of `ip address` in match order: `a` is add, `c` change, `r` replace, `d` delete, `s` and `l` show, `sa` save. */
export const addressVerbs = verbs(
  'address',
  [
    verb('add', () => addressOptions),
    verb('change', () => addressOptions, {as: ['chg']}),
    verb('replace', () => addressOptions),
    verb('delete', () => addressOptions),
    verb('show', shownFilter, {as: ['lst', 'list']}),
    verb('flush', addressFilter),
    verb('save', addressFilter),
    verb('showdump', noWords),
    verb('restore', noWords),
  ],
  {whenAbsent: 'show', usage: () => addressUsage},
);

/** Verbs that change one address. */
export type ChangeVerb = 'add' | 'change' | 'replace' | 'delete';

/**
 * `ip address add`, `change`, `replace` and `del`.
 * @param echo gets the address as the kernel tells it back, for `-echo`
 * @throws {UsageError} for words that do not go together
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeAddress(
  name: ChangeVerb,
  spec: AddressSpec,
  session: IpSession,
  env: GrammarEnv,
  echo?: Echo<Address>,
): void {
  if (spec.dev === undefined) throw new UsageError(1, 'Not enough information: "dev" argument is required.');
  if (isWildcard(name, spec, env)) session.io.err(wildcardWarning(spec));
  const broadcast = name === 'delete' ? undefined : madeBroadcast(spec, env);
  const index = session.links.index(spec.dev);
  if (index === 0) throw new UsageError(1, `Cannot find device "${spec.dev}"`);
  sendChange(requestOf(name, {...bodyOf(name, spec, env, broadcast), index}), session, echo);
}

function requestOf(name: ChangeVerb, body: AddressRequest): AddressMessageRequest {
  if (name !== 'delete') return addressRequests[name](body);
  return body.address === undefined ? addressRequests.deleteAnyLength(body) : addressRequests.delete(body);
}

/** `ip address del 10.0.0.1` deletes an IPv4 address of whatever prefix length. */
function isWildcard(name: ChangeVerb, {local, peer}: AddressSpec, env: GrammarEnv): boolean {
  return name === 'delete' && env.family === AF_INET && local !== undefined && !local.given && peer === undefined;
}

function wildcardWarning({local}: AddressSpec): string {
  return [
    'Warning: Executing wildcard deletion to stay compatible with old scripts.',
    `         Explicitly specify the prefix length (${local?.word}/${local?.length}) to avoid this warning.`,
    '         This special behaviour is likely to disappear in further releases,',
    '         fix your scripts!',
    '',
  ].join('\n');
}

/** The prefix that counts: the peer's, where there is one. */
function baseOf({local, peer}: AddressSpec): ParsedPrefix | undefined {
  return peer?.address === undefined ? local : peer;
}

/** The broadcast address that `+` and `-` ask for; none for prefixes without room for one. */
function madeBroadcast(spec: AddressSpec, env: GrammarEnv): IpAddress | undefined {
  const {broadcast} = spec;
  if (broadcast !== '+' && broadcast !== '-') return undefined;
  if (env.family !== AF_INET) throw new UsageError(1, 'Broadcast can be set only for IPv4 addresses');
  const base = baseOf(spec);
  if (base?.address === undefined || base.length > 30) return undefined;
  const prefix = new Prefix(base.address, base.length);
  return broadcast === '+' ? prefix.last : prefix.network;
}

/**
 * The request's fields. Attributes come in the order of the words, then those that follow from them.
 * @throws {UsageError} for lifetimes and flags that do not go together
 */
function bodyOf(
  name: ChangeVerb,
  spec: AddressSpec,
  env: GrammarEnv,
  madeBroadcastAddress: IpAddress | undefined,
): AddressRequest {
  const {local, peer, flags} = spec;
  const body: Draft<AddressRequest> = {family: env.family, prefixlen: baseOf(spec)?.length ?? 0};
  if (spec.scope !== undefined || name === 'delete') body.scope = spec.scope ?? 0;
  for (const key of Object.keys(spec) as (keyof AddressSpec)[]) {
    if (key === 'local') body.local = addressBytes(local);
    else if (key === 'peer') body.address = addressBytes(peer);
    else if (key === 'broadcast' && spec.broadcast instanceof IpAddress) body.broadcast = spec.broadcast;
    else if (key === 'anycast') body.anycast = spec.anycast;
    else if (key === 'label') body.label = spec.label;
    else if (key === 'metric') body.rtPriority = spec.metric;
  }
  // Of two attributes of a kind the kernel minds the one without bytes.
  for (const key of spec.blanks ?? []) body[key === 'peer' ? 'address' : key] = new OpaqueAddress(0);
  if (flags !== undefined && flags !== 0) body.flags = flags;
  if (peer === undefined && local?.address !== undefined && !isWildcard(name, spec, env)) body.address = local.address;
  if (madeBroadcastAddress !== undefined) body.broadcast = madeBroadcastAddress;
  const lifetimes = lifetimesOf(spec);
  if (lifetimes !== undefined) body.cacheinfo = lifetimes;
  if (((flags ?? 0) & IFA_F_MCAUTOJOIN) !== 0 && !isMulticast(local?.address)) {
    throw new UsageError(1, 'autojoin needs multicast address');
  }
  return body;
}

/** Words such as `any` give an attribute without bytes. */
function addressBytes(prefix: ParsedPrefix | undefined): IpAddress {
  return prefix?.address ?? new OpaqueAddress(0);
}

function lifetimesOf({validLft, preferredLft}: AddressSpec): AddressRequest['cacheinfo'] {
  if (validLft === undefined && preferredLft === undefined) return undefined;
  const valid = validLft ?? FOREVER;
  const prefered = preferredLft ?? FOREVER;
  if (valid === 0) throw new UsageError(1, 'valid_lft is zero');
  if (valid < prefered) throw new UsageError(1, 'preferred_lft is greater than valid_lft');
  return {prefered, valid, cstamp: 0, tstamp: 0};
}

function isMulticast(address: IpAddress | undefined): boolean {
  if (address === undefined) return false;
  return address.family === AF_INET ? address.a >>> 28 === 14 : address.a >>> 24 === 255;
}
