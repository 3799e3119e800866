import {inside} from '../netlink/transport.js';
import {InputError} from './input.js';
import {IFF_TAP, IFF_TUN, makeTun, removeTun, type TunOptions, type TunOwner, tunBits} from './tunDevice.js';

/** A device as `ip tuntap` names it. */
export interface TuntapKey extends TunOptions {
  /** `tun` takes IP packets, `tap` Ethernet frames. */
  readonly mode: 'tun' | 'tap';
  readonly name: string;
}

/** A device as `ip tuntap add` takes it. */
export interface TuntapInput extends TuntapKey, TunOwner {}

/** Tun and tap devices of one namespace that stay without a program: `ip tuntap`. `rt.links.list({kind: 'tun'})` lists them. */
export class Tuntaps {
  private readonly netns: string | undefined;

  /** Made by RtNetlink. */
  constructor(netns: string | undefined) {
    this.netns = netns;
  }

  /**
   * `ip tuntap add`.
   * @returns the name, which the kernel completes where it has a `%d`
   * @throws {InputError | NetlinkError} EBUSY where the name is taken
   */
  async add(device: TuntapInput): Promise<string> {
    return inside(this.netns, () => makeTun(device.name, bits(device), device));
  }

  /** `ip tuntap del`. @throws {InputError | NetlinkError} EINVAL for a device of the other mode */
  async delete(device: TuntapKey): Promise<void> {
    inside(this.netns, () => removeTun(device.name, bits(device)));
  }
}

function bits(device: TuntapKey): number {
  const {mode, name} = device;
  if (typeof name !== 'string' || name === '') throw new InputError('name', name);
  if (mode !== 'tun' && mode !== 'tap') throw new InputError('mode', mode);
  return tunBits(device, mode === 'tun' ? IFF_TUN : IFF_TAP);
}
