import {IpAddress} from '../addr/ip.js';
import {NetlinkError} from '../errors.js';
import {NLM_F_REPLACE} from '../netlink/constants.js';
import {recordOf} from '../netlink/dry.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import {type DumpResult, type Each, SyncConnection, type SyncOptions} from '../netlink/sync.js';
import {openTransport} from '../netlink/transport.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import type {Address, addressMessage} from '../rtnetlink/address/schema.js';
import {
  IFF_BROADCAST,
  IFF_POINTOPOINT,
  IFF_RUNNING,
  NTF_PROXY,
  RTM_DELADDR,
  RTM_DELNEIGH,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
} from '../rtnetlink/constants.js';
import {linkNameRequest} from '../rtnetlink/link/name.js';
import type {Link} from '../rtnetlink/link/schema.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';

const EEXIST = 17;
const ENODEV = 19;
const EADDRNOTAVAIL = 99;
/** Source: uapi linux/if_arp.h. */
const ARPHRD_SIT = 776;
/** Flags that only the driver changes. */
export const DRIVER_FLAGS = IFF_RUNNING | IFF_BROADCAST | IFF_POINTOPOINT;

/** A change that was asked for. `dev` is the link's name at that time, undefined for that of no link. */
export type Change =
  | {readonly object: 'address'; readonly verb: 'add' | 'delete'; readonly dev: string; readonly record: Address}
  | {readonly object: 'link'; readonly dev: string; readonly record: Link}
  | {readonly object: 'tunnel'; readonly dev: string; readonly remote: IpAddress}
  | {
      readonly object: 'neigh';
      readonly verb: 'add' | 'replace' | 'delete';
      readonly dev: string | undefined;
      readonly record: Neighbour;
    };

/** What look-ups of a link must show in place of what the kernel has. */
interface LinkState {
  readonly mask: number;
  readonly flags: number;
  readonly fields: Partial<Pick<Link, 'ifname' | 'mtu' | 'txqlen' | 'address'>>;
}

/**
 * A connection that sends no change, but keeps a list of them. Look-ups are answered as if they had been made, because one
 * old command line looks at what its first words did.
 */
export class ExplainConnection extends SyncConnection {
  readonly #changes: (Change | undefined)[] = [];
  readonly #links = new Map<number, LinkState>();
  /** Place in the list of an address that was added and taken away again: the next of its link stands there. */
  #gap: number | undefined;

  /** @throws {NetlinkError} when the socket is refused */
  static override open(protocol: number, options: SyncOptions = {}): ExplainConnection {
    return new ExplainConnection(openTransport(protocol, options), protocol, options);
  }

  /** All changes in their order. */
  get changes(): readonly Change[] {
    return this.#changes.filter(change => change !== undefined);
  }

  /** @throws {NetlinkError} where the kernel would refuse, as far as a look-up tells */
  override request<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>): void {
    const record = recordOf(request as Request) as unknown;
    switch (request.type) {
      case RTM_NEWADDR:
        this.#addAddress(record as Address);
        break;
      case RTM_DELADDR:
        this.#deleteAddress(record as Address);
        break;
      case RTM_NEWLINK:
        this.#setLink(record as Link);
        break;
      case RTM_NEWNEIGH:
      case RTM_DELNEIGH: {
        const neighbour = record as Neighbour;
        const isDelete = request.type === RTM_DELNEIGH;
        if (isDelete) this.#checkNeighbour(neighbour);
        const verb = isDelete ? 'delete' : (request.flags & NLM_F_REPLACE) !== 0 ? 'replace' : 'add';
        const dev = neighbour.ifindex === 0 ? undefined : this.#name(neighbour.ifindex);
        this.#changes.push({object: 'neigh', verb, dev, record: neighbour});
        break;
      }
      default:
        throw new RangeError(`no command for ${request.name}`);
    }
  }

  /**
   * A tunnel that would be made from the link sit0; the kernel chooses its name.
   * @returns a negative errno where it would be refused
   */
  addTunnel(address: IpAddress, index: number): number {
    const names = new Set(this.#changes.map(change => change?.dev));
    let isSit = false;
    this.dump(linkNameRequest(), link => {
      names.add(link.ifname);
      isSit ||= link.index === index && link.type === ARPHRD_SIT;
    });
    if (!isSit) return -ENODEV;
    // Only ::1.2.3.4 has an IPv4 address in it.
    if ((address.w0 | address.w1 | address.w2) !== 0 || address.d < 2) return -EADDRNOTAVAIL;
    let number = 0;
    while (names.has(`sit${number}`)) number++;
    this.#changes.push({object: 'tunnel', dev: `sit${number}`, remote: IpAddress.inet(address.w3)});
    return 0;
  }

  override get<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>): Decoded<R> {
    if (request.type !== RTM_GETLINK) return super.get(request);
    return this.#asChanged(super.get(this.#asKernelKnows(request)));
  }

  override dump<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>, each: Each<R>): DumpResult {
    if (request.type === RTM_GETLINK) {
      return super.dump(request, (record, type, flags) => {
        each(this.#asChanged(record), type, flags);
      });
    }
    if (request.type !== RTM_GETADDR) return super.dump(request, each);
    let found: Address[] = [];
    const result = super.dump(request as Request as Request<typeof addressMessage>, record => found.push(record));
    const {family, index} = request.body as {readonly family?: number; readonly index?: number};
    for (const change of this.changes) {
      if (change.object !== 'address') continue;
      const {record, verb} = change;
      if (verb === 'delete') found = found.filter(one => !isSame(one, record));
      else if (record.family === (family || record.family) && record.index === (index || record.index))
        found.push(record);
    }
    for (const record of found) each(record as Decoded<R>, RTM_NEWADDR, 0);
    return result;
  }

  #addAddress(record: Address): void {
    this.dump(addressRequests.list({family: record.family, index: record.index}), old => {
      if (isSame(old, record)) throw new NetlinkError(EEXIST, 'RTM_NEWADDR');
    });
    const change: Change = {object: 'address', verb: 'add', dev: this.#name(record.index), record};
    if (this.#gap === undefined) {
      this.#changes.push(change);
    } else {
      this.#changes[this.#gap] = change;
      this.#gap = undefined;
    }
  }

  #deleteAddress(record: Address): void {
    // A question about rights, which changes nothing.
    if (record.index === 0) return;
    let last = this.#changes.length - 1;
    while (last >= 0 && this.#changes[last]?.object !== 'address') last--;
    const change = this.#changes[last];
    if (change?.object === 'address' && change.verb === 'add' && isSame(change.record, record)) {
      this.#changes[last] = undefined;
      this.#gap = last;
      return;
    }
    this.#changes.push({object: 'address', verb: 'delete', dev: this.#name(record.index), record});
  }

  #setLink(record: Link): void {
    const {index, flags, change, ifname, mtu, txqlen, address, map} = record;
    const state: LinkState = this.#links.get(index) ?? {mask: 0, flags: 0, fields: {}};
    const mask = change & ~DRIVER_FLAGS;
    const given = Object.entries({ifname, mtu, txqlen, address}).filter(([, value]) => value !== undefined);
    // Nothing else than what an earlier word of the line did: `netmask` and `broadcast` have the interface go up again.
    const isAgain = (mask & ~state.mask) === 0 && ((flags ^ state.flags) & mask) === 0;
    if (isAgain && given.length === 0 && map === undefined) return;
    this.#changes.push({object: 'link', dev: this.#name(index), record});
    this.#links.set(index, {
      mask: state.mask | mask,
      flags: (state.flags & ~mask) | (flags & mask),
      fields: {...state.fields, ...Object.fromEntries(given)},
    });
  }

  /** @throws {NetlinkError} ENOENT for an entry that is not there */
  #checkNeighbour({dst, ifindex, flags}: Neighbour): void {
    super.get(neighbourRequests.get({dst, ifindex, flags: flags & NTF_PROXY}));
  }

  #name(index: number): string {
    return this.get(linkNameRequest(index)).ifname ?? `if${index}`;
  }

  /** A link that got a new name is known to the kernel by the old one. */
  #asKernelKnows<M extends AnyMessage, R extends AnyMessage>(request: Request<M, R>): Request<M, R> {
    const {ifname} = request.body as {readonly ifname?: string};
    if (ifname === undefined) return request;
    for (const [index, {fields}] of this.#links) {
      if (fields.ifname === ifname) return {...request, body: {...request.body, ifname: undefined, index}};
      if (fields.ifname !== undefined && super.get(linkNameRequest(index)).ifname === ifname) {
        throw new NetlinkError(ENODEV, request.name);
      }
    }
    return request;
  }

  #asChanged<T>(record: T): T {
    const link = record as {index: number; flags: number};
    const state = this.#links.get(link.index);
    if (state !== undefined) Object.assign(link, state.fields, {flags: (link.flags & ~state.mask) | state.flags});
    return record;
  }
}

/** Whether two records are about one address: the kernel tells addresses of a link apart by these. */
function isSame(one: Address, other: Address): boolean {
  const a = one.local ?? one.address;
  const b = other.local ?? other.address;
  return one.index === other.index && one.prefixlen === other.prefixlen && a !== undefined && b?.equals(a) === true;
}
