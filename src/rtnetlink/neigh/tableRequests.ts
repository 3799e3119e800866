import type {Request} from '../../netlink/message.js';
import {AF_UNSPEC, RTM_GETNEIGHTBL, RTM_SETNEIGHTBL} from '../constants.js';
import {CHANGE, makeRequest} from '../request.js';
import {type NeighbourTableRequest, neighTableMessage} from './table.js';

/** A request about neighbour tables. */
export type NeighbourTableMessageRequest = Request<typeof neighTableMessage>;

/** Requests of `ip ntable`. Source: ip-ntable(8); bytes in test/wire/ntable.txt. */
export const neighbourTableRequests = {
  /** All tables of a family, and their parameters for each link: `ip ntable show`. */
  list: (family: number = AF_UNSPEC): NeighbourTableMessageRequest =>
    makeRequest(neighTableMessage, RTM_GETNEIGHTBL, 0, {family}),
  /** `ip ntable change`; `parms.ifindex` chooses the link, whose own parameters they then are. */
  change: (body: NeighbourTableRequest): NeighbourTableMessageRequest =>
    makeRequest(neighTableMessage, RTM_SETNEIGHTBL, CHANGE, body),
} as const;
