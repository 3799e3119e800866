import type {AnyMessage, Decoded} from '../netlink/schema.js';
import {netnsNames} from '../ops/linkNetns.js';
import type {LinkRow} from '../ops/linkRows.js';
import {STRANGER} from '../ops/mroute.js';
import type {NumberedNetns} from '../ops/netnsIds.js';
import {nothingHidden} from '../ops/routeFilter.js';
import type {IpSession} from '../ops/session.js';
import {addressLabelMessage} from '../rtnetlink/address/label.js';
import {addressMessage} from '../rtnetlink/address/schema.js';
import * as rtm from '../rtnetlink/constants.js';
import type {ListedLink} from '../rtnetlink/link/plain.js';
import {linkMessage} from '../rtnetlink/link/schema.js';
import {statsMessage} from '../rtnetlink/link/statsMessage.js';
import {neighMessage} from '../rtnetlink/neigh/schema.js';
import {netconfMessage} from '../rtnetlink/netconf/schema.js';
import {nexthopMessage} from '../rtnetlink/nexthop/schema.js';
import {NOT_ASSIGNED, type Nsid, nsidMessage} from '../rtnetlink/nsid/schema.js';
import {prefixMessage} from '../rtnetlink/prefixEvent.js';
import {type Route, routeMessage} from '../rtnetlink/route/schema.js';
import {ruleMessage} from '../rtnetlink/rule/schema.js';
import {view} from '../view/field.js';
import type {View} from '../view/view.js';
import {netconfFields} from './netconf.js';
import {addressView} from './views/address.js';
import {addrlabelView} from './views/addrlabel.js';
import {monitorLinkView} from './views/link.js';
import {mrouteView} from './views/mroute.js';
import {neighView} from './views/neigh.js';
import {nsidView} from './views/netns.js';
import {bucketFields, nexthopFields} from './views/nexthop.js';
import {prefixView} from './views/prefixEvent.js';
import {routeView} from './views/route.js';
import {ruleView} from './views/rule.js';
import {statsEventView} from './views/stats.js';

const IFF_UP = 0x1;
const NDISC_ROUTER_ADVERTISEMENT_PREFIX = 3;

/** How messages of some types are shown. */
export interface EventKind {
  /** In brackets, with `label`; in small letters the `event` of JSON. */
  readonly label: string;
  readonly message: AnyMessage;
  /** Types that say that the object is gone. */
  readonly deleted: number;
  /** Another kind that a record is of. */
  as?(record: never): EventKind | undefined;
  /** Whether anything of a record is shown, also what stands before it; all without. */
  passes?(record: never): boolean;
  /** The object as its view takes it; undefined when a filter hides it. May complain on stderr. */
  row(record: never, type: number): unknown;
  readonly view: View<never>;
  /** What ends a record: the line, unless the view has it. */
  readonly end: string;
  /** Shown by `-br` in brief; others have one form only. */
  readonly brief?: {readonly end: string};
}

/** Everything that is watched, for one run. */
export class EventKinds {
  readonly #session: IpSession;
  readonly #dev: number;
  readonly #flags = new Map<number, number>();
  readonly #kinds = new Map<number, EventKind>();
  #netns: Map<number, string> | undefined;
  /** The event comes from another namespace: numbers of namespaces in it are that one's. */
  foreign = false;

  /** @param dev index of the one device to tell of, 0 for all */
  constructor(session: IpSession, dev: number) {
    this.#session = session;
    this.#dev = dev;
  }

  /** The kind of a message type, undefined for one that is not known. */
  of(type: number): EventKind | undefined {
    const known = this.#kinds.get(type);
    if (known !== undefined) return known;
    const made = this.#make(type);
    if (made !== undefined) this.#kinds.set(type, made);
    return made;
  }

  #addresses(label: string, deletion: number): EventKind {
    const dev = this.#dev;
    return kind(
      label,
      addressMessage,
      deletion,
      addressView,
      address => (dev === 0 || address.index === dev ? {address, hasLink: true} : undefined),
      {end: '', brief: {end: ''}},
    );
  }

  #make(type: number): EventKind | undefined {
    const dev = this.#dev;
    const {family} = this.#session.options;
    const {view: context} = this.#session;
    const isOf = (index: number | undefined): boolean => dev === 0 || index === dev;
    const isFamily = (of: number): boolean => family === 0 || of === family;
    switch (type) {
      case rtm.RTM_NEWLINK:
      case rtm.RTM_DELLINK:
        return kind('LINK', linkMessage, rtm.RTM_DELLINK, monitorLinkView, (link, at) => this.#linkRow(link, at), {
          brief: {end: ''},
        });
      case rtm.RTM_NEWADDR:
      case rtm.RTM_DELADDR:
        return this.#addresses('ADDR', rtm.RTM_DELADDR);
      case rtm.RTM_NEWMULTICAST:
      case rtm.RTM_DELMULTICAST:
        return this.#addresses('MADDR', rtm.RTM_DELMULTICAST);
      case rtm.RTM_NEWANYCAST:
      case rtm.RTM_DELANYCAST:
        return this.#addresses('ACADDR', rtm.RTM_DELANYCAST);
      case rtm.RTM_NEWROUTE:
      case rtm.RTM_DELROUTE:
        return kind(
          'ROUTE',
          routeMessage,
          rtm.RTM_DELROUTE,
          routeView({...nothingHidden, dev: dev !== 0}, context),
          route => (isFamily(route.family) && isOf(route.oif) ? route : undefined),
          {as: route => (isMulticast(route) ? this.#mroutes() : undefined)},
        );
      case rtm.RTM_NEWADDRLABEL:
      case rtm.RTM_DELADDRLABEL:
        return kind('ADDRLABEL', addressLabelMessage, rtm.RTM_DELADDRLABEL, addrlabelView, label => label);
      case rtm.RTM_NEWNEIGH:
      case rtm.RTM_DELNEIGH:
      case rtm.RTM_GETNEIGH:
        return kind(
          'NEIGH',
          neighMessage,
          rtm.RTM_DELNEIGH,
          neighView,
          neighbour => (isOf(neighbour.ifindex) ? {neighbour, ofDevice: dev !== 0} : undefined),
          {passes: neighbour => isFamily(neighbour.family), brief: {end: '\n'}},
        );
      case rtm.RTM_NEWRULE:
      case rtm.RTM_DELRULE:
        return kind('RULE', ruleMessage, rtm.RTM_DELRULE, ruleView, rule => (isFamily(rule.family) ? rule : undefined));
      case rtm.RTM_NEWNETCONF:
      case rtm.RTM_DELNETCONF:
        return kind('NETCONF', netconfMessage, rtm.RTM_DELNETCONF, view(netconfFields()), netconf =>
          isOf(netconf.ifindex) ? netconf : undefined,
        );
      case rtm.RTM_NEWNEXTHOP:
      case rtm.RTM_DELNEXTHOP:
        return kind('NEXTHOP', nexthopMessage, rtm.RTM_DELNEXTHOP, view(nexthopFields(context.details > 0)), r => r);
      case rtm.RTM_NEWNEXTHOPBUCKET:
      case rtm.RTM_DELNEXTHOPBUCKET:
        return kind('NEXTHOPBUCKET', nexthopMessage, rtm.RTM_DELNEXTHOPBUCKET, view(bucketFields()), r => r);
      case rtm.RTM_NEWNSID:
      case rtm.RTM_DELNSID:
        return kind('NSID', nsidMessage, rtm.RTM_DELNSID, nsidView, (nsid, at) => this.#nsidRow(nsid, at), {end: ''});
      case rtm.RTM_NEWSTATS:
        return kind('STATS', statsMessage, 0, statsEventView, stats => stats, {end: ''});
      case rtm.RTM_NEWPREFIX:
        return kind('PREFIX', prefixMessage, 0, prefixView, prefix => this.#prefix(prefix));
      default:
        return undefined;
    }
  }

  #multicast: EventKind | undefined;

  /** Routes of multicast forwarding come with the types of the others. */
  #mroutes(): EventKind {
    this.#multicast ??= kind('MROUTE', routeMessage, rtm.RTM_DELROUTE, mrouteView, route => {
      if (route.type !== rtm.RTN_MULTICAST) {
        this.#session.io.err(`${STRANGER}\n`);
        return undefined;
      }
      if (this.#dev !== 0 && route.iif !== this.#dev) return undefined;
      return {route, withTable: route.tableId !== rtm.RT_TABLE_MAIN};
    });
    return this.#multicast;
  }

  /** A link; names and flags are kept for the events that follow. */
  #linkRow(link: ListedLink, type: number): LinkRow | undefined {
    const {links} = this.#session;
    if (type === rtm.RTM_DELLINK) {
      links.drop(link.index);
      this.#flags.delete(link.index);
    } else {
      links.remember(link.index, link.ifname);
      this.#flags.set(link.index, link.flags);
    }
    if (this.#dev !== 0 && link.index !== this.#dev) return undefined;
    const isNear = link.link !== undefined && link.link !== 0 && link.linkNetnsid === undefined;
    const isLowerDown = isNear && ((this.#flags.get(link.link as number) ?? IFF_UP) & IFF_UP) === 0;
    const netnsName =
      link.linkNetnsid === undefined || this.foreign ? undefined : this.#netnsNames().get(link.linkNetnsid);
    return {link, isLowerDown, netnsName};
  }

  /** Names of namespaces by number. One that goes has lost its name already: the one it had is kept for it. */
  #netnsNames(): Map<number, string> {
    this.#netns ??= new Map(netnsNames(this.#session.connection()));
    return this.#netns;
  }

  #nsidRow(nsid: Nsid, type: number): NumberedNetns {
    const id = nsid.nsid ?? NOT_ASSIGNED;
    if (type === rtm.RTM_NEWNSID && !this.#netnsNames().has(id)) {
      for (const [number, name] of netnsNames(this.#session.connection())) this.#netnsNames().set(number, name);
    }
    const name = this.#netnsNames().get(id);
    if (type === rtm.RTM_DELNSID) this.#netnsNames().delete(id);
    return {nsid, name};
  }

  #prefix(prefix: Decoded<typeof prefixMessage>): typeof prefix | undefined {
    const {io} = this.#session;
    if (prefix.family !== rtm.AF_INET6) {
      io.err(`incorrect protocol family: ${prefix.family}\n`);
      return undefined;
    }
    if (prefix.type !== NDISC_ROUTER_ADVERTISEMENT_PREFIX) {
      io.err(`wrong ND type ${prefix.type}\n`);
      return undefined;
    }
    return prefix;
  }
}

function isMulticast({family}: Route): boolean {
  return family === rtm.RTNL_FAMILY_IPMR || family === rtm.RTNL_FAMILY_IP6MR;
}

function kind<M extends AnyMessage, R>(
  label: string,
  message: M,
  deleted: number,
  shown: View<R>,
  row: (record: Decoded<M>, type: number) => R | undefined,
  options: {
    as?(record: Decoded<M>): EventKind | undefined;
    passes?(record: Decoded<M>): boolean;
    readonly end?: string;
    readonly brief?: {readonly end: string};
  } = {},
): EventKind {
  return {label, message, deleted, row, view: shown as View<never>, end: '\n', ...options} as EventKind;
}
