import type {Request} from '../../netlink/message.js';
import {
  AF_INET,
  AF_UNSPEC,
  RTM_DELNEXTHOP,
  RTM_GETNEXTHOP,
  RTM_GETNEXTHOPBUCKET,
  RTM_NEWNEXTHOP,
} from '../constants.js';
import {ADD, makeRequest, REPLACE} from '../request.js';
import {type NexthopRequest, nexthopMessage} from './schema.js';

/** A request about one nexthop or several. */
export type NexthopMessageRequest = Request<typeof nexthopMessage>;

/**
 * Requests of `ip nexthop`. The family comes from the gateway, is inet without one and unspecified for groups.
 * Attributes are sent in the order of the body's properties.
 * Source: ip-nexthop(8); defaults observed in test/unit/rtnetlink/nexthop.test.ts.
 */
export const nexthopRequests = {
  /** Fails when the id exists: `ip nexthop add`. */
  add: (body: NexthopRequest): NexthopMessageRequest =>
    makeRequest(nexthopMessage, RTM_NEWNEXTHOP, ADD, withFamily(body)),
  /** `ip nexthop replace`. */
  replace: (body: NexthopRequest): NexthopMessageRequest =>
    makeRequest(nexthopMessage, RTM_NEWNEXTHOP, REPLACE, withFamily(body)),
  /** `ip nexthop del`; the kernel wants the id alone. */
  delete: (body: NexthopRequest): NexthopMessageRequest => makeRequest(nexthopMessage, RTM_DELNEXTHOP, 0, body),
  /** One nexthop: `ip nexthop get`. */
  get: (id: number, family = AF_UNSPEC): NexthopMessageRequest =>
    makeRequest(nexthopMessage, RTM_GETNEXTHOP, 0, {family, id}),
  /** All nexthops, or those of `oif`, `master`, only `groups` or only `fdb`: `ip nexthop show`. */
  list: (body: NexthopRequest = {}): NexthopMessageRequest => makeRequest(nexthopMessage, RTM_GETNEXTHOP, 0, body),
  /** Buckets of resilient groups: `ip nexthop bucket show`. */
  listBuckets: (body: NexthopRequest = {}): NexthopMessageRequest =>
    makeRequest(nexthopMessage, RTM_GETNEXTHOPBUCKET, 0, body),
  /** One bucket: `ip nexthop bucket get`. */
  getBucket: (id: number, index: number, family = AF_UNSPEC): NexthopMessageRequest =>
    makeRequest(nexthopMessage, RTM_GETNEXTHOPBUCKET, 0, {family, id, resBucket: {index}}),
} as const;

function withFamily(body: NexthopRequest): NexthopRequest {
  const family = body.group === undefined ? (body.gateway?.family ?? AF_INET) : AF_UNSPEC;
  return {...body, family: body.family ?? family};
}
