import {Prefix} from '../addr/prefix.js';
import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {AF_PACKET, RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF} from '../rtnetlink/constants.js';
import {type ListedLink, plainLinkRequests} from '../rtnetlink/link/plain.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {LinkRequest} from '../rtnetlink/link/schema.js';
import type {AddressFilterSpec} from './addressSpec.js';
import {matchesGlob} from './glob.js';
import {type LinkRow, linkRows} from './linkRows.js';
import {lastMaster, NO_MASTER} from './master.js';
import {refusalLine} from './refusal.js';
import type {IpSession} from './session.js';

const IFF_UP = 0x1;
const SLAVE = '_slave';

/** One link of a listing with its addresses: undefined for one that the filter hides, an empty object in JSON. */
export interface AddressBlock {
  readonly row: LinkRow;
  /** Whether the link itself passes: when not, nothing of it is shown. */
  readonly isShown: boolean;
  readonly isUp: boolean;
  readonly addresses: readonly (Address | undefined)[];
}

/** The filter of `ip address show` with its names looked up. */
export class AddressFilter {
  readonly spec: AddressFilterSpec;
  /** 0 for all; `to` may have settled it. */
  readonly family: number;
  /** Index of the one link, 0 for all. */
  readonly index: number;
  readonly #master: number | undefined;
  readonly #session: IpSession;

  /** @throws {UsageError} when a device of the filter does not exist */
  constructor(spec: AddressFilterSpec, session: IpSession, env: GrammarEnv) {
    this.spec = spec;
    this.family = env.family;
    this.#session = session;
    this.#master = lastMaster(spec, session);
    this.index = spec.dev === undefined ? 0 : session.links.index(spec.dev);
    if (spec.dev !== undefined && this.index === 0) {
      throw new UsageError(1, `Device "${spec.dev}" does not exist.`);
    }
  }

  /** Whether no link is without family: links alone are asked for. */
  get isLinkOnly(): boolean {
    return this.family === AF_PACKET;
  }

  /** Whether addresses are left out: those of one device behind `ip link show` in a batch. */
  get isHeadOnly(): boolean {
    return this.index !== 0 && this.#session.left.hasListedLinks;
  }

  /** Whether one address passes. */
  accepts(address: Address): boolean {
    const {to, scope, flags, label} = this.spec;
    const own = address.local ?? address.address;
    return (
      (this.family === 0 || address.family === this.family) &&
      (this.index === 0 || address.index === this.index) &&
      (scope === undefined || scope === 'all' || address.scope === scope) &&
      (flags === undefined || (address.flagBits & flags.mask) === flags.value) &&
      (label === undefined || matchesGlob(label, address.label ?? this.#session.links.name(address.index))) &&
      (to?.address === undefined || own === undefined || new Prefix(to.address, to.length).contains(own))
    );
  }

  /** Whether a link passes. A label belongs to addresses, which then stand without their link. */
  acceptsLink(link: ListedLink): boolean {
    const {up, label, group, type} = this.spec;
    if (up === true && (link.flags & IFF_UP) === 0) return false;
    if (label !== undefined) return !this.isLinkOnly;
    if (this.#master !== undefined && this.#master !== NO_MASTER && link.master !== this.#master) return false;
    // An IPv6 listing does not tell the group, and then it does not count.
    if (group !== undefined && link.group !== undefined && link.group !== group) return false;
    if (type === undefined) return true;
    return type.endsWith(SLAVE)
      ? link.linkinfo?.slaveKind === type.slice(0, -SLAVE.length)
      : link.linkinfo?.kind === type;
  }

  /** The links of the filter, in the kernel's order; the kernel filters what it can. */
  links(): ListedLink[] {
    const {index} = this;
    // The family that `to` settles is not theirs: IPv6 listings of links tell less.
    const family = this.isLinkOnly ? AF_PACKET : this.#session.options.family;
    const connection = this.#session.connection();
    if (index !== 0) return this.#one({family, index, extMask: this.#extMask});
    const links: ListedLink[] = [];
    const body = this.#listBody(family);
    const each = (link: ListedLink): unknown => links.push(link);
    this.#warn(
      this.#isPlain
        ? connection.dump(plainLinkRequests.list(body), each)
        : connection.dump(linkRequests.list(body), each),
    );
    for (const link of links) this.#complete(link);
    return links;
  }

  /** Whether nothing of the details is printed or looked at: then they are not decoded. */
  get #isPlain(): boolean {
    const {details, statistics} = this.#session.options;
    return details === 0 && statistics === 0 && this.spec.type === undefined;
  }

  /** Counters are most of the work, in the kernel and here. */
  get #extMask(): number {
    const vf = this.spec.novf === true ? 0 : RTEXT_FILTER_VF;
    return this.#session.options.statistics > 0 ? vf : vf | RTEXT_FILTER_SKIP_STATS;
  }

  /** The one link; a refusal is told, and nothing is shown, or it ends `ip link show`. */
  #one(body: LinkRequest): ListedLink[] {
    try {
      const connection = this.#session.connection();
      return [this.#isPlain ? connection.get(plainLinkRequests.get(body)) : connection.get(linkRequests.get(body))];
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      if (this.#session.left.hasListedLinks) throw notFound(refusalLine(error), error.errno, this.#session);
      this.#session.io.err(`${refusalLine(error)}\nCannot send link request: ${errnoText(error.errno)}\n`);
      return [];
    }
  }

  #warn({interrupted}: {readonly interrupted: boolean}): void {
    if (interrupted) this.#session.io.err('Dump was interrupted and may be inconsistent.\n');
  }

  /** Listings of links of one family know no attributes. */
  #listBody(family: number): LinkRequest {
    if (family !== 0 && family !== AF_PACKET) return {family, extMask: undefined};
    const {type} = this.spec;
    const master = this.#master;
    return {
      family,
      extMask: this.#extMask,
      ...(master !== undefined && {master}),
      ...(type !== undefined && !type.endsWith(SLAVE) && {linkinfo: {kind: type}}),
    };
  }

  /** What an IPv6 listing leaves out: the queue length, for which the reference asks an ioctl, and most counters. */
  #complete(link: ListedLink): void {
    if (link.txqlen !== undefined) return;
    try {
      const {txqlen} = this.#session.connection().get(plainLinkRequests.get({index: link.index}));
      Object.assign(link, {txqlen});
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
    }
    const counters = inet6Counters(link);
    if (counters !== undefined && link.stats64 === undefined) Object.assign(link, {stats64: counters});
  }

  /** All addresses the kernel has for the filter's family and link. */
  addresses(): Address[] {
    const all: Address[] = [];
    const {family, index} = this;
    this.#warn(
      this.#session.connection().dump(addressRequests.list({family, index}), address => {
        if (index === 0 || address.index === index) all.push(address);
      }),
    );
    return all;
  }
}

/** What `ip link show` says of a device that the kernel does not find; a batch ends there. */
export function notFound(refusal: string, errno: number, {json}: IpSession): UsageError {
  json?.openArray();
  json?.closeArray();
  json?.end();
  return new UsageError(1, [refusal, `Cannot send link get request: ${errnoText(errno)}`], true);
}

/** Counters of the IPv6 side in the place of the link's: packets and bytes received. Source: uapi linux/snmp.h. */
function inet6Counters({protinfo}: ListedLink): ListedLink['stats64'] {
  const stats = protinfo !== undefined && 'stats' in protinfo ? protinfo.stats : undefined;
  if (stats === undefined) return undefined;
  const [, rxPackets = 0n, rxBytes = 0n] = stats;
  return {...noCounters, rxPackets, rxBytes} as ListedLink['stats64'];
}

const noCounters = {
  rxErrors: 0n,
  rxDropped: 0n,
  rxMissedErrors: 0n,
  multicast: 0n,
  rxLengthErrors: 0n,
  rxCrcErrors: 0n,
  rxFrameErrors: 0n,
  rxFifoErrors: 0n,
  rxOverErrors: 0n,
  txBytes: 0n,
  txPackets: 0n,
  txErrors: 0n,
  txDropped: 0n,
  txCarrierErrors: 0n,
  collisions: 0n,
  txAbortedErrors: 0n,
  txFifoErrors: 0n,
  txWindowErrors: 0n,
  txHeartbeatErrors: 0n,
};

/**
 * Links with their addresses as `ip address show` lists them. A link stays when one of its addresses passes; without
 * a family also when it has no address at all.
 */
export function listAddresses(filter: AddressFilter, session: IpSession): readonly AddressBlock[] {
  const links = filter.links();
  if (links.length === 0) return [];
  const rows = linkRows(links, session);
  const byLink = new Map<number, Address[]>();
  if (!filter.isLinkOnly && !filter.isHeadOnly) {
    for (const address of filter.addresses()) {
      const known = byLink.get(address.index);
      if (known === undefined) byLink.set(address.index, [address]);
      else known.push(address);
    }
  }
  const blocks: AddressBlock[] = [];
  for (const row of rows) {
    const all = byLink.get(row.link.index) ?? [];
    const addresses = all.map(address => (filter.accepts(address) ? address : undefined));
    const stays =
      filter.isLinkOnly ||
      filter.isHeadOnly ||
      (all.length === 0 ? filter.family === 0 : addresses.some(address => address !== undefined));
    if (!stays) continue;
    const isUp = (row.link.flags & IFF_UP) !== 0;
    blocks.push({row, isShown: filter.acceptsLink(row.link), isUp, addresses});
  }
  return blocks;
}
