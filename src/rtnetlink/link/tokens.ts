import {IpAddress} from '../../addr/ip.js';
import type {CallOptions} from '../../netlink/async.js';
import {AF_INET6} from '../constants.js';
import {type AddressInput, change, type Device, InputError, toAddress} from '../input.js';
import type {Session} from '../session.js';
import {type LinkToken, tokenOf, tokenRequests} from './token.js';

/** A token as `ip token set` takes it. */
export interface TokenInput {
  readonly dev: Device;
  /** `::1a`: the upper 64 bits do not count. */
  readonly token: AddressInput;
}

/** Changes of tokens, one by one or in a batch. */
export const tokenChanges = {
  set: change<TokenInput>(
    ({dev}) => [dev],
    ({dev, token}, {index}) => {
      const address = toAddress('token', token);
      if (address.family !== AF_INET6) throw new InputError('token', token);
      return tokenRequests.set(index(dev), address);
    },
  ),
  delete: change<Device>(
    dev => [dev],
    (dev, {index}) => tokenRequests.set(index(dev), IpAddress.inet6(0, 0, 0, 0)),
  ),
} as const;

/** Interface identifiers of the links of one namespace: `ip token`. */
export class Tokens {
  private readonly session: Session;

  /** Made by RtNetlink. */
  constructor(session: Session) {
    this.session = session;
  }

  /** Of all links, in the kernel's order; `::` is none: `ip token list`. @throws {NetlinkError} */
  async list(options?: CallOptions): Promise<LinkToken[]> {
    const links = await this.session.list(tokenRequests.list(), () => true, options);
    return links.map(tokenOf).filter(row => row !== undefined);
  }

  /** Of one link; undefined where it takes none: `ip token get`. @throws {NetlinkError} ENODEV */
  async get(dev: Device, options?: CallOptions): Promise<LinkToken | undefined> {
    const index = await this.session.index(dev, options);
    return (await this.list(options)).find(row => row.index === index);
  }

  /** `ip token set`. @throws {NetlinkError} EINVAL where the link does not listen to routers */
  set(token: TokenInput, options?: CallOptions): Promise<void> {
    return this.session.change(tokenChanges.set, token, options);
  }

  /** `ip token del`. @throws {NetlinkError} */
  delete(dev: Device, options?: CallOptions): Promise<void> {
    return this.session.change(tokenChanges.delete, dev, options);
  }
}
