import {NetlinkError, UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {NETLINK_ROUTE, RTNH_F_ONLINK} from '../rtnetlink/constants.js';
import {nexthopRequests} from '../rtnetlink/nexthop/requests.js';
import {type Nexthop, type NexthopRequest, USER_HZ} from '../rtnetlink/nexthop/schema.js';
import type {Draft} from '../rtnetlink/request.js';
import {masterIndex} from './device.js';
import {type Echo, sendChange} from './echo.js';
import type {BucketSelector, GroupType, NexthopSelector, NexthopSpec} from './nexthopSpec.js';
import {dumpRefusal, refusalLine} from './refusal.js';
import {encapBody, encapTypeOf} from './routeEncapBody.js';
import type {IpSession, KernelSession} from './session.js';

/** Gets nexthops or buckets one by one; the iproute row has the views. */
export type EachNexthop = (nexthop: Nexthop) => void;

/**
 * `ip nexthop add`, `replace` and `del`.
 * @param echo gets the nexthop as the kernel tells it back, for `-echo`
 * @throws {NetlinkError} when the kernel refuses
 */
export function changeNexthop(
  verb: 'add' | 'replace' | 'delete',
  spec: NexthopSpec,
  env: GrammarEnv,
  session: KernelSession,
  echo?: Echo<Nexthop>,
): void {
  sendChange(nexthopRequests[verb](bodyOf(spec, env.family, session)), session, echo);
}

/** Attributes in the order of the words. */
function bodyOf(spec: NexthopSpec, family: number, session: KernelSession): NexthopRequest {
  const body: Draft<NexthopRequest> = {family};
  for (const key of Object.keys(spec) as (keyof NexthopSpec)[]) {
    switch (key) {
      case 'oif':
        body.oif = masterIndex(spec.oif as string, session);
        break;
      case 'encap':
        if (spec.encap === undefined) break;
        body.encap = encapBody(spec.encap, session);
        body.encapType = encapTypeOf(spec.encap);
        break;
      case 'onlink':
        body.flags = RTNH_F_ONLINK;
        break;
      case 'group':
        body.group = spec.group?.map(one => ({
          id: one.id,
          weight: (one.weight - 1) & 0xff,
          weightHigh: (one.weight - 1) >> 8,
        }));
        break;
      case 'type':
        Object.assign(body, typeBody(spec.type as GroupType));
        break;
      default:
        // biome-ignore lint/suspicious/noExplicitAny: the spec has the request's own names and types here
        (body as any)[key] = spec[key];
    }
  }
  return body;
}

function typeBody({type, resilient}: GroupType): NexthopRequest {
  if (resilient === undefined) return {groupType: type};
  const resGroup: Record<string, number> = {};
  for (const [key, value] of Object.entries(resilient)) resGroup[key] = key === 'buckets' ? value : value * USER_HZ;
  return {resGroup, groupType: type};
}

/** The dump of a selector: the kernel does the choosing, but for the protocol. */
function listBody(selector: NexthopSelector & BucketSelector, family: number, session: KernelSession): NexthopRequest {
  const body: Draft<NexthopRequest> = {family};
  if (selector.oif !== undefined) body.oif = masterIndex(selector.oif, session);
  for (const key of ['vrf', 'master'] as const) {
    if (selector[key] !== undefined) body.master = masterIndex(selector[key], session);
  }
  if (selector.groups) body.groups = true;
  if (selector.fdb) body.fdb = true;
  return body;
}

function accepts({protocol}: NexthopSelector, nexthop: Nexthop): boolean {
  return !protocol || nexthop.protocol === protocol;
}

/**
 * `ip nexthop show`. What stands before an id still hides it; a nexthop that is not there is refused before `open`.
 * @param open begins the listing
 */
export function showNexthops(
  selector: NexthopSelector,
  env: GrammarEnv,
  session: IpSession,
  open: () => void,
  each: EachNexthop,
): void {
  const {id} = selector;
  const show: EachNexthop = nexthop => {
    if (accepts(selector, nexthop)) each(nexthop);
  };
  if (id !== undefined) {
    const found = session.connection().get(nexthopRequests.get(id, env.family));
    open();
    show(found);
    return;
  }
  const request = nexthopRequests.list(listBody(selector, env.family, session));
  open();
  guarded('Dump terminated', () => session.connection().dump(request, show));
}

function guarded(ending: string, dump: () => unknown): void {
  try {
    dump();
  } catch (error) {
    throw dumpRefusal(error, ending, 2);
  }
}

/**
 * `ip nexthop flush`: deletes while it lists. Without a selector groups go first: else they would go with their last
 * member, and be missing when their turn comes.
 * @throws {UsageError} status 1, when the one nexthop of an id cannot be deleted
 */
export function flushNexthops(selector: NexthopSelector, env: GrammarEnv, session: IpSession): void {
  const {id} = selector;
  if (id !== undefined) {
    const error = remove(id, session.connection());
    if (error !== undefined) throw new UsageError(1, refusalLine(error));
    return;
  }
  const body = listBody(selector, env.family, session);
  const deleter = session.io.open(NETLINK_ROUTE);
  let deleted = 0;
  const flush = (request: NexthopRequest): void =>
    guarded('Flush terminated', () =>
      session.connection().dump(nexthopRequests.list(request), nexthop => {
        if (!accepts(selector, nexthop)) return;
        const error = remove(nexthop.id ?? 0, deleter);
        if (error === undefined) deleted++;
        else session.io.err(`${refusalLine(error)}\n`);
      }),
    );
  if (Object.keys(body).length === 1 && !selector.protocol) flush({...body, groups: true});
  flush(body);
  session.out.ascii(deleted === 0 ? 'Nothing to flush\n' : `Flushed ${deleted} nexthops\n`);
}

function remove(id: number, connection: ReturnType<IpSession['connection']>): NetlinkError | undefined {
  try {
    connection.request(nexthopRequests.delete({id}));
  } catch (error) {
    if (error instanceof NetlinkError) return error;
    throw error;
  }
  return undefined;
}

/** `ip nexthop bucket show`. */
export function showBuckets(
  selector: BucketSelector,
  env: GrammarEnv,
  session: IpSession,
  open: () => void,
  each: EachNexthop,
): void {
  const body: Draft<NexthopRequest> = listBody(selector, env.family, session);
  if (selector.id) body.id = selector.id;
  if (selector.nhId) body.resBucket = {nhId: selector.nhId};
  open();
  guarded('Dump terminated', () => session.connection().dump(nexthopRequests.listBuckets(body), each));
}
