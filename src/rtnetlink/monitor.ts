import type {Request} from '../netlink/message.js';
import {Monitor, type MonitorEvent} from '../netlink/monitor.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import {addressRequests} from './address/requests.js';
import {addressMessage} from './address/schema.js';
import * as rtm from './constants.js';
import {groupsOf, type MonitorObject} from './groups.js';
import {linkRequests} from './link/requests.js';
import {linkMessage} from './link/schema.js';
import {neighbourRequests} from './neigh/requests.js';
import {neighMessage} from './neigh/schema.js';
import {nexthopRequests} from './nexthop/requests.js';
import {nexthopMessage} from './nexthop/schema.js';
import {routeRequests} from './route/requests.js';
import {routeMessage} from './route/schema.js';
import {ruleRequests} from './rule/requests.js';
import {ruleMessage} from './rule/schema.js';

/** One kind of object: its message, the types of its coming and going, and how all of them are asked for. */
interface Watched<M extends AnyMessage> {
  readonly word: MonitorObject;
  readonly message: M;
  readonly made: number;
  readonly deleted: number;
  list(): Request;
}

function watched<M extends AnyMessage>(
  word: MonitorObject,
  message: M,
  [made, deleted]: readonly [number, number],
  list: () => Request,
): Watched<M> {
  return {word, message, made, deleted, list};
}

const objects = {
  links: watched('link', linkMessage, [rtm.RTM_NEWLINK, rtm.RTM_DELLINK], () => linkRequests.list()),
  addresses: watched('address', addressMessage, [rtm.RTM_NEWADDR, rtm.RTM_DELADDR], () => addressRequests.list({})),
  routes: watched('route', routeMessage, [rtm.RTM_NEWROUTE, rtm.RTM_DELROUTE], () => routeRequests.list({})),
  rules: watched('rule', ruleMessage, [rtm.RTM_NEWRULE, rtm.RTM_DELRULE], () => ruleRequests.list({})),
  neighbours: watched('neigh', neighMessage, [rtm.RTM_NEWNEIGH, rtm.RTM_DELNEIGH], () => neighbourRequests.list({})),
  nexthops: watched('nexthop', nexthopMessage, [rtm.RTM_NEWNEXTHOP, rtm.RTM_DELNEXTHOP], () =>
    nexthopRequests.list({}),
  ),
} as const;

type Objects = typeof objects;

/** An object that can be watched: as the properties of RtNetlink are called. */
export type WatchedObject = keyof Objects;

/** A change, or after an overrun an entry of the present state. */
type ChangeOf<O extends WatchedObject> = O extends WatchedObject
  ? {
      /** `set`: made or changed. `deleted`: gone. `resync`: there now, after an overrun. */
      readonly kind: 'set' | 'deleted' | 'resync';
      readonly object: O;
      readonly record: Decoded<Objects[O]['message']>;
      /** Number of the namespace it happened in, -1 for the connection's own. */
      readonly nsid: number;
    }
  : never;

/** What `rt.monitor()` tells. */
export type RtEvent<O extends WatchedObject = WatchedObject> =
  | ChangeOf<O>
  /** Watch were lost: the kernel had no room for them. The present state follows. */
  | {readonly kind: 'overrun'};

/** Options of `rt.monitor()`. */
export interface WatchOptions<O extends WatchedObject> {
  /** All by default. */
  readonly objects?: readonly O[] | undefined;
  /** Of all namespaces that have a number in the connection's. */
  readonly allNamespaces?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of events that wait to be read; 1 MiB by default. */
  readonly receiveBuffer?: number | undefined;
}

/** What changes in a namespace, as an async iterable; one array per datagram, or per dump after an overrun. */
export class Watch<O extends WatchedObject> implements AsyncIterable<RtEvent<O>[]>, AsyncDisposable {
  private readonly monitor: Monitor;
  private readonly tell: (event: MonitorEvent) => RtEvent<O>;

  /**
   * Made by RtNetlink; listens from then on.
   * @throws {NetlinkError} when the socket is refused
   */
  constructor(options: WatchOptions<O>, netns: string | undefined) {
    const names = options.objects ?? (Object.keys(objects) as O[]);
    const all = names.map(name => ({name, ...(objects[name] as Watched<AnyMessage>)}));
    const byType = new Map(all.flatMap(one => [[one.made, one] as const, [one.deleted, one] as const]));
    const requests = new Map(all.map(one => [one.list(), one] as const));
    this.monitor = Monitor.open(rtm.NETLINK_ROUTE, {
      netns,
      groups: groupsOf(all.map(one => one.word)),
      schema: type => byType.get(type)?.message,
      resync: [...requests.keys()],
      allNamespaces: options.allNamespaces,
      signal: options.signal,
      ...(options.receiveBuffer !== undefined && {receiveBuffer: options.receiveBuffer}),
    });
    this.tell = event => {
      if (event.kind === 'overrun') return event;
      if (event.kind === 'resync') {
        const object = requests.get(event.request)?.name;
        return {kind: 'resync', object, record: event.record, nsid: -1} as unknown as RtEvent<O>;
      }
      const one = byType.get(event.type);
      const kind = event.type === one?.deleted ? 'deleted' : 'set';
      return {kind, object: one?.name, record: event.record, nsid: event.nsid} as unknown as RtEvent<O>;
    };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RtEvent<O>[], void, void> {
    for await (const events of this.monitor) yield events.map(this.tell);
  }

  /** Ends the iteration after the events that are under way. */
  close(): void {
    this.monitor.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
