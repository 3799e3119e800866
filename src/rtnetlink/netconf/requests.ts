import {NLM_F_ACK} from '../../netlink/constants.js';
import type {Request} from '../../netlink/message.js';
import {AF_UNSPEC, RTM_GETNETCONF} from '../constants.js';
import {makeRequest} from '../request.js';
import {netconfMessage} from './schema.js';

/** A request about settings. */
export type NetconfMessageRequest = Request<typeof netconfMessage>;

/** Requests of `ip netconf`. Source: ip-netconf(8). */
export const netconfRequests = {
  /** All settings of a family. */
  list: (family: number = AF_UNSPEC): NetconfMessageRequest => makeRequest(netconfMessage, RTM_GETNETCONF, 0, {family}),
  /** Those of one link, of all, or of new ones. */
  get: (family: number, ifindex: number): NetconfMessageRequest =>
    makeRequest(netconfMessage, RTM_GETNETCONF, NLM_F_ACK, {family, ifindex}),
} as const;
