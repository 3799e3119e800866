import type {Request} from '../../netlink/message.js';
import {
  AF_UNSPEC,
  NTF_EXT_MANAGED,
  NTF_PROXY,
  NUD_NONE,
  NUD_PERMANENT,
  RTM_DELNEIGH,
  RTM_GETNEIGH,
  RTM_NEWNEIGH,
} from '../constants.js';
import {ADD, CHANGE, type Draft, makeRequest, REPLACE} from '../request.js';
import {type Neighbour, type NeighbourRequest, neighMessage} from './schema.js';

/** A request about one neighbour or several. */
export type NeighbourMessageRequest = Request<typeof neighMessage>;

/**
 * Requests of `ip neighbour`. The state is permanent unless given, none for entries the kernel manages; the family comes
 * from `dst`. Attributes are sent in the order of the body's properties.
 * Source: ip-neighbour(8); defaults observed in test/unit/rtnetlink/neigh.test.ts.
 */
export const neighbourRequests = {
  /** Fails when the entry exists: `ip neighbour add`. */
  add: (body: NeighbourRequest): NeighbourMessageRequest => makeRequest(neighMessage, RTM_NEWNEIGH, ADD, draftOf(body)),
  /** Fails when the entry does not exist: `ip neighbour change`. */
  change: (body: NeighbourRequest): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_NEWNEIGH, CHANGE, draftOf(body)),
  /** `ip neighbour replace`. */
  replace: (body: NeighbourRequest): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_NEWNEIGH, REPLACE, draftOf(body)),
  /** `ip neighbour del`. */
  delete: (body: NeighbourRequest): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_DELNEIGH, 0, draftOf(body)),
  /** Deletes the entry of a record: what `ip neighbour flush` sends. */
  deleteRecord: (neighbour: Neighbour): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_DELNEIGH, 0, neighbour),
  /** One entry: `ip neighbour get`. */
  get: (body: NeighbourRequest): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_GETNEIGH, 0, {...body, family: body.family ?? body.dst?.family ?? AF_UNSPEC}),
  /** All entries of a family, or those of a link: `ip neighbour show`. Proxy entries are a list of their own. */
  list: (
    filter: {
      readonly family?: number;
      readonly ifindex?: number;
      readonly master?: number;
      readonly proxy?: boolean;
    } = {},
  ): NeighbourMessageRequest =>
    makeRequest(neighMessage, RTM_GETNEIGH, 0, {
      family: filter.family ?? AF_UNSPEC,
      flags: filter.proxy === true ? NTF_PROXY : 0,
      viaIfindex: filter.ifindex,
      master: filter.master,
    }),
} as const;

function draftOf(body: NeighbourRequest): Draft<NeighbourRequest> {
  const managed = ((body.flagsExt ?? 0) & NTF_EXT_MANAGED) !== 0;
  // Properties of ours come first, as in the requests of routes. @hot
  const ours: Draft<NeighbourRequest> = {family: 0, state: 0};
  const draft = Object.assign(ours, body);
  draft.family = body.family ?? body.dst?.family ?? AF_UNSPEC;
  draft.state = body.state ?? (managed ? NUD_NONE : NUD_PERMANENT);
  return draft;
}
