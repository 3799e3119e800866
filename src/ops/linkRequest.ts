import {UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import {refuse} from '../grammar/errors.js';
import type {SpecBag} from '../grammar/grammar.js';
import {native} from '../native.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {LinkRequest} from '../rtnetlink/link/schema.js';
import type {Draft} from '../rtnetlink/request.js';
import {deviceIndex, masterIndex} from './device.js';
import {type KindContext, type LinkKind, parseKind, surplus} from './kinds/kind.js';
import {findKind} from './kinds/table.js';
import {netnsNumber, netnsTarget} from './linkNetns.js';
import type {LinkSpec, LinkType} from './linkSpec.js';
import type {LinkEnv} from './linkValues.js';
import {vfRequest} from './linkVf.js';
import type {IpSession} from './session.js';
import {vrfIndex} from './vrf.js';

/** IFF_* bit of each flag word, and whether `on` clears it. Source: uapi linux/if.h. */
export const linkFlagBits: Readonly<Record<string, readonly [bit: number, isInverse: boolean]>> = {
  up: [0x1, false],
  trailers: [0x20, true],
  arp: [0x80, true],
  promisc: [0x100, false],
  allmulticast: [0x200, false],
  multicast: [0x1000, false],
  dynamic: [0x8000, false],
};

/** XDP_FLAGS_* of each hook. Source: uapi linux/if_link.h. */
const xdpFlags: Readonly<Record<string, number>> = {xdp: 0, xdpGeneric: 2, xdpDrv: 4, xdpOffload: 8};
const XDP_FLAGS_UPDATE_IF_NOEXIST = 1;

/** Words whose value is the attribute of the same name. */
const plain: ReadonlySet<string> = new Set([
  'address',
  'broadcast',
  'txqlen',
  'mtu',
  'carrier',
  'group',
  'linkmode',
  'operstate',
  'numTxQueues',
  'numRxQueues',
  'linkNetnsid',
  'protoDown',
  'gsoMaxSize',
  'gsoMaxSegs',
  'groMaxSize',
  'gsoIpv4MaxSize',
  'groIpv4MaxSize',
]);

type Body = Draft<LinkRequest> & SpecBag;

/** Turns the words of one command into requests; look-ups go through the session. Close it after the last request. */
export class LinkBuilder implements KindContext {
  readonly env: LinkEnv;
  readonly #session: IpSession;
  readonly #descriptors: number[] = [];

  readonly isNew: boolean;
  old: SpecBag = {};

  constructor(session: IpSession, env: LinkEnv, isNew = false) {
    this.#session = session;
    this.env = env;
    this.isNew = isNew;
  }

  warn(lines: readonly string[]): void {
    for (const line of lines) this.#session.io.err(`${line}\n`);
  }

  /** Closes the namespaces that the requests name. */
  close(): void {
    for (const fd of this.#descriptors.splice(0)) native().close(fd);
  }

  index(name: string): number {
    return masterIndex(name, this.#session);
  }

  lower(name: string): number {
    return deviceIndex(name, this.#session);
  }

  indexOf(name: string): number {
    return this.#session.links.index(name);
  }

  /**
   * Header fields and attributes of the words in their order; without device, name, lower device and type.
   * @throws {UsageError} when something that a word names does not exist
   */
  body(spec: LinkSpec): Body {
    const body: Body = {};
    for (const [key, value] of Object.entries(spec)) {
      const flag = linkFlagBits[key];
      if (flag !== undefined) setFlag(body, flag[0], (value as boolean) !== flag[1]);
      else if (plain.has(key)) body[key] = value;
      else this.#put(body, key, value, spec);
    }
    return body;
  }

  /**
   * Request about a link that is there, or about all of a group.
   * @throws {UsageError} when it is not there, or something that a word names
   */
  existing(spec: LinkSpec): Body {
    const body: Body = {family: this.#session.options.family, ...this.body(spec)};
    const {type} = spec;
    const dev = spec.dev ?? spec.name;
    if (spec.index !== undefined && spec.netns === undefined) {
      throw refuse('index can be used only when creating devices or when moving device to another netns.');
    }
    if (dev === undefined && spec.group !== undefined) {
      if (type?.words[0] !== undefined) throw surplus(type.words[0], 255);
      return body;
    }
    if (dev === undefined) throw refuse('Not enough information: "dev" argument is required.');
    if (spec.index !== undefined) body.newIfindex = spec.index;
    const index = deviceIndex(dev, this.#session);
    body.index = index;
    if (spec.address !== undefined) this.env.checkAddress?.(dev, spec.address);
    if (spec.name !== undefined && spec.name !== dev) body.ifname = spec.name;
    if (type !== undefined) body.linkinfo = this.linkinfo(type, index);
    return body;
  }

  #put(body: Body, key: string, value: unknown, spec: LinkSpec): void {
    const xdp = xdpFlags[key];
    if (xdp !== undefined) {
      body.xdp = {fd: -1, flags: xdp | XDP_FLAGS_UPDATE_IF_NOEXIST};
      return;
    }
    switch (key) {
      case 'index':
        body.index = value as number;
        break;
      case 'alias':
        body.ifalias = value as string;
        break;
      case 'netns': {
        const target = netnsTarget(value as string);
        if ('netNsFd' in target) this.#descriptors.push(target.netNsFd);
        Object.assign(body, target);
        break;
      }
      case 'master':
        body.master = this.index(value as string);
        break;
      case 'vrf':
        body.master = vrfIndex(value as string, this.#session);
        break;
      case 'nomaster':
        body.master = 0;
        break;
      case 'addrGenMode':
        body.afSpec = {inet6: {addrGenMode: value as number}};
        break;
      case 'linkNetns':
        body.linkNetnsid = netnsNumber(value as string, this.#session.connection(), () => {});
        break;
      case 'protoDownReason': {
        const reasons = spec.protoDownReason ?? [];
        let mask = 0;
        let bits = 0;
        for (const {bit, on} of reasons) {
          mask |= 1 << bit;
          bits = on ? bits | (1 << bit) : bits & ~(1 << bit);
        }
        body.protoDownReason = {mask, value: bits};
        break;
      }
      case 'parentDev':
        body.parentDevName = value as string;
        break;
      case 'vfs':
        body.vfinfoList = {info: (spec.vfs ?? []).map(vfRequest)};
        break;
    }
  }

  /**
   * IFLA_LINKINFO of `type KIND ARGS`.
   * @param index of the device that is to change
   * @throws {UsageError} when the kind does not know a word, or the device is of another kind
   */
  linkinfo({kind: name, words}: LinkType, index?: number): SpecBag {
    const kind = findKind(name);
    if (kind === undefined) {
      const [word] = words;
      if (word === undefined) return {kind: name};
      throw begins(word, 'help') ? new UsageError(255, this.env.usage?.() ?? []) : surplus(word, 1);
    }
    if (words.length === 0) return {kind: name};
    // A kind without options gets an empty attribute for the words that it ignores.
    if (kind.options === undefined) return withData(kind, new Uint8Array(0));
    if (kind.keeps !== undefined && index !== undefined) this.old = this.#options(kind.keeps, index);
    const spec = parseKind(kind, words, {...this.env, deviceIndex: device => this.indexOf(device)});
    return withData(kind, kind.data === undefined ? spec : kind.data(spec, this));
  }

  /** What a device has in IFLA_INFO_DATA. */
  #options(kinds: readonly string[], index: number): SpecBag {
    const {linkinfo} = this.#session.connection().get(linkRequests.get({index}));
    if (linkinfo?.data === undefined) throw new UsageError(1, 'Failed to get existing tunnel info.');
    return kinds.includes(linkinfo.kind ?? '') ? linkinfo.data : {};
  }
}

/** Options of a port go to IFLA_INFO_SLAVE_DATA; the kind of the master, which the kernel knows, only picks their form. */
function withData(kind: LinkKind, data: SpecBag | Uint8Array): SpecBag {
  if (kind.slave !== true) return {kind: kind.name, data};
  const info: SpecBag = {kind: kind.name, slaveData: data};
  return Object.defineProperty(info, 'slaveKind', {value: kind.name.replace(/_slave$/, ''), enumerable: false});
}

function setFlag(body: Body, bit: number, isSet: boolean): void {
  body.change = (body.change ?? 0) | bit;
  body.flags = isSet ? (body.flags ?? 0) | bit : (body.flags ?? 0) & ~bit;
}

/** `both "name" and "dev" cannot be used`, unless both say the same. */
export function checkNames(spec: LinkSpec): void {
  if (spec.name !== undefined && spec.dev !== undefined && spec.name !== spec.dev) {
    throw refuse('both "name" and "dev" cannot be used when creating devices.');
  }
}

/** What there is to say to a group without a name: several devices cannot be made at once. */
export function groupRefusal(): UsageError {
  return refuse('group cannot be used when creating devices.');
}
