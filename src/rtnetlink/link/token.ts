import type {IpAddress} from '../../addr/ip.js';
import type {noAddress} from '../../netlink/schema.js';
import {AF_INET6, IFF_LOOPBACK, IFF_NOARP, RTM_GETLINK, RTM_SETLINK} from '../constants.js';
import {makeRequest} from '../request.js';
import type {LinkMessageRequest} from './requests.js';
import {type Link, linkMessage} from './schema.js';

/** The interface identifier that a link puts behind the prefixes of router advertisements; `::` is none. */
export interface LinkToken {
  readonly index: number;
  readonly token: IpAddress;
}

/** The token of a link as `tokenRequests.list` tells it; links without neighbour discovery have none. */
export function tokenOf({flags, index, protinfo}: Link): LinkToken | undefined {
  if ((flags & (IFF_LOOPBACK | IFF_NOARP)) !== 0) return undefined;
  if (protinfo === undefined || protinfo instanceof Uint8Array || !('token' in protinfo)) return undefined;
  const {token} = protinfo;
  return token === undefined ? undefined : {index, token};
}

/** Requests of `ip token`. Source: ip-token(8). */
export const tokenRequests = {
  /** IPv6 settings of all links. */
  list: (): LinkMessageRequest => makeRequest(linkMessage, RTM_GETLINK, 0, {family: AF_INET6}),
  /** `::` takes the token away. */
  set: (index: number, token: IpAddress | typeof noAddress): LinkMessageRequest =>
    makeRequest(linkMessage, RTM_SETLINK, 0, {family: AF_INET6, index, afSpec: {inet6: {token}}}),
} as const;
