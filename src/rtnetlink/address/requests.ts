import {NLM_F_CREATE} from '../../netlink/constants.js';
import type {Request} from '../../netlink/message.js';
import {AF_INET, RT_SCOPE_HOST, RT_SCOPE_UNIVERSE, RTM_DELADDR, RTM_GETADDR, RTM_NEWADDR} from '../constants.js';
import {ADD, CHANGE, type Draft, makeRequest, REPLACE} from '../request.js';
import {type Address, type AddressRequest, addressMessage} from './schema.js';

/** A request about one address or several. */
export type AddressMessageRequest = Request<typeof addressMessage>;

/**
 * Requests of `ip address`. Bodies hold `index`, `local` and what else the user said; the prefix length is the whole
 * address, the scope global (host for 127.0.0.0/8), `address` equals `local` unless given. `flags` takes all IFA_F_* bits.
 * Attributes are sent in the order of the body's properties.
 * Source: ip-address(8); defaults observed in test/unit/rtnetlink/address.test.ts.
 */
export const addressRequests = {
  /** Fails when the address exists: `ip address add`. */
  add: (body: AddressRequest): AddressMessageRequest => newAddress(ADD, body),
  /** Changes flags and lifetimes, fails when the address does not exist: `ip address change`. */
  change: (body: AddressRequest): AddressMessageRequest => newAddress(CHANGE, body),
  /** `ip address replace`. */
  replace: (body: AddressRequest): AddressMessageRequest => newAddress(REPLACE, body),
  /** `ip address del`. */
  delete: (body: AddressRequest): AddressMessageRequest => makeRequest(addressMessage, RTM_DELADDR, 0, draftOf(body)),
  /** Deletes the IPv4 address of whatever prefix length: `ip address del 10.0.0.1`. */
  deleteAnyLength: (body: AddressRequest): AddressMessageRequest => makeRequest(addressMessage, RTM_DELADDR, 0, body),
  /** Deletes the address of a record: what `ip address flush` sends. */
  deleteRecord: (address: Address): AddressMessageRequest => makeRequest(addressMessage, RTM_DELADDR, 0, address),
  /** Makes the address of a record that was kept: `ip address restore`. */
  restoreRecord: (address: Address): AddressMessageRequest =>
    makeRequest(addressMessage, RTM_NEWADDR, NLM_F_CREATE, address),
  /** All addresses, or those of `family` and `index`: `ip address show`. */
  list: (body: AddressRequest = {}): AddressMessageRequest => makeRequest(addressMessage, RTM_GETADDR, 0, body),
} as const;

function newAddress(flags: number, body: AddressRequest): AddressMessageRequest {
  return makeRequest(addressMessage, RTM_NEWADDR, flags, draftOf(body));
}

function draftOf(body: AddressRequest): Draft<AddressRequest> {
  // Properties of ours come first, as in the requests of routes. @hot
  const ours: Draft<AddressRequest> = {family: 0, prefixlen: 0, flagsByte: 0, scope: 0};
  const draft = Object.assign(ours, body);
  const own = body.local ?? body.address;
  draft.family = body.family ?? own?.family ?? AF_INET;
  if (own !== undefined) draft.prefixlen = body.prefixlen ?? own.bits;
  const loopback = own !== undefined && own.family === AF_INET && own.a >>> 24 === 127;
  draft.scope = body.scope ?? (loopback ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE);
  if (body.flags !== undefined) {
    draft.flagsByte = body.flags & 0xff;
    if (body.flags < 0x100) draft.flags = undefined;
  }
  if (body.address === undefined && body.local !== undefined) draft.address = body.local;
  return draft;
}
