import {NetlinkError} from '../errors.js';
import {inside} from '../netlink/transport.js';
import {type Membership, memberships} from '../procfs/multicast.js';
import {AF_PACKET} from './constants.js';
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
    const found = inside(this.netns, () => memberships(wanted));
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
    const result = inside(this.netns, () => changeMembership(name, dev, bytes));
    if (result < 0) throw new NetlinkError(-result, name === 'add' ? 'SIOCADDMULTI' : 'SIOCDELMULTI');
  }
}
