import type {NetlinkError} from '../errors.js';
import {Names} from '../names/tables.js';
import {AsyncConnection, type CallOptions} from '../netlink/async.js';
import {Addresses, addressChanges} from './address/address.js';
import {AddressLabels, addressLabelChanges} from './address/labels.js';
import {NETLINK_ROUTE} from './constants.js';
import {type Change, InputError} from './input.js';
import {Links, linkChanges} from './link/link.js';
import {Tokens, tokenChanges} from './link/tokens.js';
import {Watch, type WatchedObject, type WatchOptions} from './monitor.js';
import {Multicast} from './multicast.js';
import {Namespaces} from './namespaces.js';
import {Neighbours, neighbourChanges} from './neigh/neigh.js';
import {NeighbourTables, neighbourTableChanges} from './neigh/tables.js';
import {Netconfs} from './netconf/netconf.js';
import {Nexthops, nexthopChanges} from './nexthop/nexthop.js';
import {Routes, routeChanges} from './route/route.js';
import {Rules, ruleChanges} from './rule/rule.js';
import {Session} from './session.js';
import {Tuntaps} from './tuntaps.js';

/** Options of RtNetlink.open. */
export interface RtNetlinkOptions {
  /** Network namespace: a name under /run/netns or a path such as /proc/PID/ns/net; the process's own by default. */
  readonly netns?: string | undefined;
  /** Ends the connection and all that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Folder of the name files (rt_tables, ...); /etc/iproute2 by default. */
  readonly namesFolder?: string | undefined;
}

const changes = {
  links: linkChanges,
  addresses: addressChanges,
  routes: routeChanges,
  rules: ruleChanges,
  neighbours: neighbourChanges,
  nexthops: nexthopChanges,
  addressLabels: addressLabelChanges,
  neighbourTables: neighbourTableChanges,
  tokens: tokenChanges,
} as const;

type Changes = typeof changes;
type InputOf<C> = C extends Change<infer I> ? I : never;

/** Verbs of each object that note a change down: `batch.routes.add({...})`. */
export type Batch = {
  readonly [O in keyof Changes]: {readonly [V in keyof Changes[O]]: (input: InputOf<Changes[O][V]>) => void};
};

type OneOf<T> = {[K in keyof T]: {readonly [P in K]: T[P]} & {readonly [P in Exclude<keyof T, K>]?: never}}[keyof T];

/** One change as data, an object and its verb: `{routes: {add: {dst: '10.0.0.0/8', dev: 'eth0'}}}`. */
export type BatchEntry = OneOf<{
  readonly [O in keyof Changes]: OneOf<{readonly [V in keyof Changes[O]]: InputOf<Changes[O][V]>}>;
}>;

interface Noted {
  readonly kind: Change<unknown>;
  readonly input: unknown;
}

/**
 * The routing side of one network namespace: links, addresses, routes, rules, neighbours, nexthops and what belongs to
 * them; and the named namespaces themselves.
 *
 *     await using rt = await RtNetlink.open();
 *     for (const route of await rt.routes.list({family: 'inet'})) console.log(String(route.destination));
 */
export class RtNetlink implements AsyncDisposable {
  readonly links: Links;
  readonly addresses: Addresses;
  readonly routes: Routes;
  readonly rules: Rules;
  readonly neighbours: Neighbours;
  readonly nexthops: Nexthops;
  readonly addressLabels: AddressLabels;
  readonly neighbourTables: NeighbourTables;
  readonly netconf: Netconfs;
  readonly tokens: Tokens;
  readonly multicast: Multicast;
  readonly tuntaps: Tuntaps;
  readonly namespaces: Namespaces;
  private readonly session: Session;
  private readonly netns: string | undefined;

  private constructor(session: Session, netns: string | undefined) {
    this.session = session;
    this.netns = netns;
    this.links = new Links(session);
    this.addresses = new Addresses(session);
    this.routes = new Routes(session);
    this.rules = new Rules(session);
    this.neighbours = new Neighbours(session);
    this.nexthops = new Nexthops(session);
    this.addressLabels = new AddressLabels(session);
    this.neighbourTables = new NeighbourTables(session);
    this.netconf = new Netconfs(session);
    this.tokens = new Tokens(session);
    this.multicast = new Multicast(netns);
    this.tuntaps = new Tuntaps(netns);
    this.namespaces = new Namespaces(session);
  }

  /**
   * Opens a connection. Several, also to different namespaces, work side by side.
   * @throws {NetlinkError} naming the call that failed; ENOENT for a namespace that does not exist
   */
  static async open(options: RtNetlinkOptions = {}): Promise<RtNetlink> {
    const connection = await AsyncConnection.open(NETLINK_ROUTE, {netns: options.netns, signal: options.signal});
    return new RtNetlink(new Session(connection, new Names(options.namesFolder)), options.netns);
  }

  /**
   * Sends many changes, many to a send: `ip -batch -force`. The kernel goes on after a refusal.
   * @param wanted the changes, or a function that notes them down; each device name is looked up once
   * @returns one entry per change, in order: undefined, or its error
   * @throws {InputError | NetlinkError} before anything was sent: input that cannot be meant, devices that do not exist
   */
  async batch(
    wanted: readonly BatchEntry[] | ((batch: Batch) => void),
    options?: CallOptions,
  ): Promise<(NetlinkError | undefined)[]> {
    const noted: Noted[] = [];
    if (typeof wanted === 'function') wanted(collector(noted));
    else noted.push(...wanted.map(noteOf));
    const built = await this.session.build(noted, options);
    try {
      return await this.session.connection.batch(built.requests, options);
    } finally {
      built.release();
    }
  }

  /**
   * Tells what changes from now on, over a socket of its own: `ip monitor`. Leaving the loop, or `signal`, ends it. When
   * the kernel had no room for all events comes `overrun`, and then the present state as `resync` events.
   * @throws {NetlinkError} when the socket is refused
   */
  monitor<O extends WatchedObject = WatchedObject>(options: WatchOptions<O> = {}): Watch<O> {
    return new Watch(options, this.netns);
  }

  /** Closes the connection; what is under way is rejected. */
  close(): void {
    this.session.connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** The same verbs as the objects have, but they only note down. */
function collector(noted: Noted[]): Batch {
  const made: Record<string, Record<string, (input: unknown) => void>> = {};
  for (const [object, verbs] of Object.entries(changes)) {
    const queue: Record<string, (input: unknown) => void> = {};
    for (const [verb, kind] of Object.entries(verbs)) {
      queue[verb] = input => noted.push({kind: kind as Change<unknown>, input});
    }
    made[object] = queue;
  }
  return made as unknown as Batch;
}

/** @throws {InputError} for what is not one verb of one object, both known */
function noteOf(entry: BatchEntry, position: number): Noted {
  const [object = '', verbs] = only(entry);
  const [verb = '', input] = only(verbs);
  const kinds: object = Object.hasOwn(changes, object) ? changes[object as keyof Changes] : {};
  if (!Object.hasOwn(kinds, verb)) throw new InputError(`changes[${position}]`, `${object}.${verb}`);
  return {kind: (kinds as Record<string, Change<unknown>>)[verb] as Change<unknown>, input};
}

/** Key and value of an object that has one. */
function only(value: unknown): readonly [key?: string, value?: unknown] {
  const entries = Object.entries(value ?? {}).filter(([, inner]) => inner !== undefined);
  return entries.length === 1 ? (entries[0] as [string, unknown]) : [];
}
