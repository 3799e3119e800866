import type {Request} from '../netlink/message.js';
import type {Decoded} from '../netlink/schema.js';
import type {SyncConnection} from '../netlink/sync.js';
import {AF_INET} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import {
  NETLINK_XFRM,
  XFRM_MSG_DELPOLICY,
  XFRM_MSG_FLUSHPOLICY,
  XFRM_MSG_GETDEFAULT,
  XFRM_MSG_GETPOLICY,
  XFRM_MSG_GETSPDINFO,
  XFRM_MSG_NEWPOLICY,
  XFRM_MSG_NEWSPDINFO,
  XFRM_MSG_SETDEFAULT,
  XFRM_MSG_UPDPOLICY,
} from '../rtnetlink/xfrm/constants.js';
import {packAddress, packContext} from '../rtnetlink/xfrm/payloads.js';
import {
  bareMessage,
  policyDefaultMessage,
  policyIdMessage,
  policyMessage,
  policyTableMessage,
  type TemplateRequest,
  type XfrmPolicy,
  type XfrmSelector,
} from '../rtnetlink/xfrm/schema.js';
import type {IpSession} from './session.js';
import type {
  PolicyDefaults,
  PolicyFilter,
  PolicyName,
  PolicySpec,
  PolicyTableSpec,
  TemplateSpec,
} from './xfrmPolicySpec.js';
import {covers, type DumpUse, deleteRounds, guardedDump} from './xfrmRows.js';
import {type SelectorSpec, selectorOf} from './xfrmSelector.js';
import {limitsOf} from './xfrmValues.js';

const ALL = 0xffffffff;
/** Directions of policies that belong to sockets stand behind the others. Source: kernel, xfrm_sk_policy_insert; observed. */
const SOCKET_DIRECTIONS = 3;

/** The policies of a namespace. */
export class PolicyTable {
  readonly #connection: SyncConnection;
  readonly #session: IpSession;

  constructor(session: IpSession) {
    this.#session = session;
    this.#connection = session.io.open(NETLINK_XFRM, {strict: false});
  }

  /** @throws {NetlinkError} EEXIST, ... */
  change(verb: 'add' | 'update', spec: PolicySpec): void {
    const {selector = {}, limits, priority, index, dir, action, flags, tmpl, mark, ifId, ctx, ptype} = spec;
    const sel = selectorOf(selector, this.#session.options.family || AF_INET);
    const family = selectorOf(selector, this.#session.options.family).family ?? 0;
    const request = makeRequest(policyMessage, verb === 'add' ? XFRM_MSG_NEWPOLICY : XFRM_MSG_UPDPOLICY, 0, {
      sel,
      lft: limitsOf(limits),
      priority,
      index,
      dir,
      action,
      flags,
      policyType: ptype === undefined ? undefined : {type: ptype},
      tmpl: tmpl?.map(one => templateOf(one, family)),
      mark,
      secCtx: ctx === undefined ? undefined : packContext(ctx),
      ifId,
    });
    this.#connection.request(request);
  }

  /** @throws {NetlinkError} ENOENT */
  delete(name: PolicyName): void {
    this.#connection.request(nameRequest(XFRM_MSG_DELPOLICY, name));
  }

  /** @throws {NetlinkError} ENOENT */
  get(name: PolicyName): XfrmPolicy {
    return this.#connection.get({...nameRequest(XFRM_MSG_GETPOLICY, name), reply: policyMessage});
  }

  /** Policies that a filter lets through. */
  each(filter: PolicyFilter, take: (policy: XfrmPolicy) => void, use: DumpUse = 'Dump'): void {
    const {family} = this.#session.options;
    const request = makeRequest(bareMessage, XFRM_MSG_GETPOLICY, 0, {});
    guardedDump(use, () =>
      this.#connection.dump({...request, reply: policyMessage}, policy => {
        if (family !== 0 && policy.sel.family !== family) return;
        if (passes(policy, filter)) take(policy);
      }),
    );
  }

  /** Deletes all that a filter lets through, but those of sockets. */
  deleteAll(filter: PolicyFilter): void {
    const find = (): Request[] => {
      const doomed: Request[] = [];
      const take = ({sel, dir, index, mark, ifId}: XfrmPolicy): void => {
        doomed.push(makeRequest(policyIdMessage, XFRM_MSG_DELPOLICY, 0, {sel, dir, index, mark, ifId}));
      };
      this.each({...filter, nosock: true}, take, 'Delete-all');
      return doomed;
    };
    deleteRounds(find, this.#connection, this.#session);
  }

  flush(type: number | undefined): void {
    const policyType = type === undefined ? undefined : {type};
    this.#connection.request(makeRequest(bareMessage, XFRM_MSG_FLUSHPOLICY, 0, {policyType}));
  }

  /** How many there are, and how they are found. */
  count(): Decoded<typeof policyTableMessage> {
    return this.#connection.get(makeRequest(policyTableMessage, XFRM_MSG_GETSPDINFO, 0, {flags: ALL}));
  }

  set({ipv4Hthresh, ipv6Hthresh}: PolicyTableSpec): void {
    this.#connection.request(
      makeRequest(policyTableMessage, XFRM_MSG_NEWSPDINFO, 0, {flags: ALL, ipv4Hthresh, ipv6Hthresh}),
    );
  }

  setDefaults(defaults: PolicyDefaults): void {
    this.#connection.request(makeRequest(policyDefaultMessage, XFRM_MSG_SETDEFAULT, 0, defaults));
  }

  defaults(): Decoded<typeof policyDefaultMessage> {
    return this.#connection.get(makeRequest(policyDefaultMessage, XFRM_MSG_GETDEFAULT, 0, {}));
  }
}

function templateOf({id, mode, reqid, optional}: TemplateSpec, family: number): TemplateRequest {
  const {src, dst, spi, proto} = id ?? {};
  return {
    id: {daddr: packAddress(dst?.address), spi, proto},
    family: dst?.family ?? src?.family ?? family,
    saddr: packAddress(src?.address),
    reqid,
    mode,
    optional,
    aalgos: ALL,
    ealgos: ALL,
    calgos: ALL,
  };
}

function nameRequest(type: number, name: PolicyName): Request<typeof policyIdMessage> {
  const {selector = {}, index, dir, ptype, mark, ctx, ifId} = name;
  return makeRequest(policyIdMessage, type, 0, {
    sel: selectorOf(selector, AF_INET),
    index,
    dir,
    policyType: ptype === undefined ? undefined : {type: ptype},
    mark,
    secCtx: ctx === undefined ? undefined : packContext(ctx),
    ifId,
  });
}

function passes(policy: XfrmPolicy, filter: PolicyFilter): boolean {
  const {nosock, dir, index, ptype, action, priority, flags, selector} = filter;
  return (
    (nosock !== true || policy.dir < SOCKET_DIRECTIONS) &&
    (dir === undefined || dir === policy.dir) &&
    (index === undefined || index === policy.index) &&
    (ptype === undefined || ptype === (policy.policyType?.type ?? 0)) &&
    (action === undefined || action === policy.action) &&
    (priority === undefined || priority === policy.priority) &&
    (flags === undefined || (flags & policy.flags) !== 0) &&
    (selector === undefined || selects(selector, policy.sel))
  );
}

/** Whether a policy is for packets that a filter names. */
function selects(wanted: SelectorSpec, sel: XfrmSelector): boolean {
  const {src, dst, dev} = wanted;
  const {proto, sport, sportMask, dport, dportMask} = selectorOf(wanted, 0);
  return (
    covers(src, sel.saddr, sel.family) &&
    covers(dst, sel.daddr, sel.family) &&
    (dev === undefined || dev === sel.ifindex) &&
    (!proto || proto === sel.proto) &&
    (!sportMask || sport === sel.sport) &&
    (!dportMask || dport === sel.dport)
  );
}
