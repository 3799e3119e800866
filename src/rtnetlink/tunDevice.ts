import {decodeText} from '../addr/text.js';
import {NetlinkError} from '../errors.js';
import {native, noData} from '../native.js';
import {hostIsLittleEndian} from '../netlink/writer.js';
import {IFNAMSIZ, interfaceRequest} from './interfaceIoctl.js';

/** Source: uapi linux/if_tun.h. */
const TUNSETIFF = 0x400454ca;
const TUNSETPERSIST = 0x400454cb;
const TUNSETOWNER = 0x400454cc;
const TUNSETGROUP = 0x400454ce;
export const IFF_TUN = 0x1;
export const IFF_TAP = 0x2;
export const IFF_MULTI_QUEUE = 0x100;
export const IFF_PERSIST = 0x800;
/** IFF_NOFILTER has the same value. */
export const IFF_NO_PI = 0x1000;
export const IFF_ONE_QUEUE = 0x2000;
export const IFF_VNET_HDR = 0x4000;
const IFF_TUN_EXCL = 0x8000;

const O_RDWR = 2;

/** What a tun or tap device does with packets. */
export interface TunOptions {
  /** Four bytes of protocol information stand before each packet. */
  readonly pi?: boolean | undefined;
  readonly oneQueue?: boolean | undefined;
  readonly vnetHdr?: boolean | undefined;
  readonly multiQueue?: boolean | undefined;
}

/** Who may attach to a device, by number; -1 is everybody. */
export interface TunOwner {
  readonly owner?: number | undefined;
  readonly group?: number | undefined;
}

/** Bits of the options for a mode, IFF_TUN or IFF_TAP. */
export function tunBits({pi, oneQueue, vnetHdr, multiQueue}: TunOptions, mode: number): number {
  return (
    mode |
    (pi ? 0 : IFF_NO_PI) |
    (oneQueue ? IFF_ONE_QUEUE : 0) |
    (vnetHdr ? IFF_VNET_HDR : 0) |
    (multiQueue ? IFF_MULTI_QUEUE : 0)
  );
}

/**
 * Makes a device that stays. Netlink cannot: the kernel makes them for who opens /dev/net/tun.
 * @param name with `%d` for a number, or empty, the kernel completes it
 * @returns its name
 * @throws {NetlinkError} `ioctl(TUNSETIFF)`: EBUSY where the name is taken
 */
export function makeTun(name: string, bits: number, {owner, group}: TunOwner): string {
  return attached(name, bits | IFF_TUN_EXCL, fd => {
    const sys = native();
    if (owner !== undefined && owner !== -1) check('TUNSETOWNER', sys.ioctlNumber(fd, TUNSETOWNER, owner));
    if (group !== undefined && group !== -1) check('TUNSETGROUP', sys.ioctlNumber(fd, TUNSETGROUP, group));
    check('TUNSETPERSIST', sys.ioctlNumber(fd, TUNSETPERSIST, 1));
  });
}

/** Lets a device go with its last user. @throws {NetlinkError} */
export function removeTun(name: string, bits: number): void {
  attached(name, bits, fd => check('TUNSETPERSIST', native().ioctlNumber(fd, TUNSETPERSIST, 0)));
}

function attached(name: string, bits: number, use: (fd: number) => void): string {
  const request = interfaceRequest(name);
  const view = new DataView(request.buffer);
  view.setUint16(IFNAMSIZ, bits, hostIsLittleEndian());
  const sys = native();
  const fd = sys.open('/dev/net/tun', O_RDWR);
  if (fd < 0) throw new NetlinkError(-fd, 'open');
  try {
    check('TUNSETIFF', sys.ioctl(fd, TUNSETIFF, request, noData()));
    use(fd);
  } finally {
    sys.close(fd);
  }
  return decodeText(request, 0, request.indexOf(0));
}

function check(name: string, result: number): void {
  if (result < 0) throw new NetlinkError(-result, `ioctl(${name})`);
}
