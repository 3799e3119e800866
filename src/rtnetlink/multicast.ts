import {NetlinkError} from '../errors.js';
import {withNamespace} from '../netlink/transport.js';
import {readLines} from '../procfs/file.js';
import {inet6Memberships, inetMemberships, linkMemberships, type Membership} from '../procfs/multicast.js';
import {AF_INET, AF_INET6, AF_PACKET} from './constants.js';
import {type FamilyInput, InputError, type LladdrInput, toFamily, toLladdr} from './input.js';
import {changeMembership} from './interfaceIoctl.js';

/** Bytes of every link-layer address that a link can be told to listen to. */
const LENGTH = 6;

/** A link-layer address as `ip maddress add` takes it. */
export interface MulticastInput {
  /** By its name. */
  readonly dev: string;
  readonly address: LladdrInput;
}

/** Which addresses; all that is given has to fit. */
export interface MulticastFilter {
  readonly dev?: string | undefined;
  /** `link` for link-layer addresses. */
  readonly family?: FamilyInput | 'link' | undefined;
}

/** Multicast addresses that the links of one namespace listen to: `ip maddress`. Netlink tells of IPv6 ones only. */
export class Multicast {
  private readonly netns: string | undefined;

  /** Made by RtNetlink. */
  constructor(netns: string | undefined) {
    this.netns = netns;
  }

  /** `ip maddress show`, by kind of address. @throws {NetlinkError} for a namespace that is gone */
  async list({dev, family}: MulticastFilter = {}): Promise<Membership[]> {
    const wanted = family === 'link' ? AF_PACKET : toFamily(family);
    const found: Membership[] = [];
    const lines = (name: string): readonly string[] => readLines(`/proc/thread-self/net/${name}`);
    this.there(() => {
      if (wanted === 0 || wanted === AF_PACKET) found.push(...linkMemberships(lines('dev_mcast')));
      if (wanted === 0 || wanted === AF_INET) found.push(...inetMemberships(lines('igmp')));
      if (wanted === 0 || wanted === AF_INET6) found.push(...inet6Memberships(lines('igmp6')));
      return 0;
    });
    return dev === undefined ? found : found.filter(({ifname}) => ifname === dev);
  }

  /** `ip maddress add`. @throws {InputError | NetlinkError} */
  async add(input: MulticastInput): Promise<void> {
    this.change('add', input);
  }

  /** `ip maddress delete`. @throws {InputError | NetlinkError} ENOENT */
  async delete(input: MulticastInput): Promise<void> {
    this.change('delete', input);
  }

  private change(name: 'add' | 'delete', {dev, address}: MulticastInput): void {
    const bytes = toLladdr('address', address);
    if (bytes.length !== LENGTH) throw new InputError('address', address);
    let result = 0;
    this.there(() => {
      result = changeMembership(name, dev, bytes);
      return 0;
    });
    if (result < 0) throw new NetlinkError(-result, name === 'add' ? 'SIOCADDMULTI' : 'SIOCDELMULTI');
  }

  private there(body: () => number): void {
    const result = withNamespace(this.netns, body);
    if (result < 0) throw new NetlinkError(-result, `netns ${this.netns}`);
  }
}
