import {NLM_F_DUMP} from '../../netlink/constants.js';
import type {Request} from '../../netlink/message.js';
import type {Encodable} from '../../netlink/schema.js';
import {RTM_GETNSID, RTM_NEWNSID} from '../constants.js';
import {makeRequest} from '../request.js';
import {nsidMessage} from './schema.js';

type NsidRequest = Encodable<typeof nsidMessage>;

/** Requests about the numbers of namespaces. */
export const nsidRequests = {
  /** The number of a namespace, which `fd`, `pid` or another number tells. */
  get: (body: NsidRequest): Request<typeof nsidMessage> => makeRequest(nsidMessage, RTM_GETNSID, 0, body),
  /** All numbers in this namespace, or in the one that `targetNsid` tells. */
  list: (body: NsidRequest): Request<typeof nsidMessage> => makeRequest(nsidMessage, RTM_GETNSID, NLM_F_DUMP, body),
  /** Gives a namespace a number. */
  set: (body: NsidRequest): Request<typeof nsidMessage> => makeRequest(nsidMessage, RTM_NEWNSID, 0, body),
} as const;
