import {encodeText} from '../addr/text.js';
import {native, noData} from '../native.js';
import {AF_INET} from './constants.js';

const SOCK_DGRAM = 2;
/** Bytes of struct ifreq, and of the name in it. Source: uapi linux/if.h. */
const IFREQ_SIZE = 40;
export const IFNAMSIZ = 16;

/** Source: uapi linux/sockios.h. */
const SIOCADDMULTI = 0x8931;
const SIOCDELMULTI = 0x8932;

/** A struct ifreq about a link. */
export function interfaceRequest(ifname: string): Uint8Array {
  const request = new Uint8Array(IFREQ_SIZE);
  request.set(encodeText(ifname).subarray(0, IFNAMSIZ - 1));
  return request;
}

/**
 * An ioctl about links, which any socket takes.
 * @param data what the request's `ifr_data` points to
 * @returns a negative errno on failure
 */
export function interfaceIoctl(
  request: number,
  structure: Uint8Array,
  family: number = AF_INET,
  data: Uint8Array = noData(),
): number {
  const sys = native();
  const fd = sys.socket(family, SOCK_DGRAM, 0);
  if (fd < 0) return fd;
  const result = sys.ioctl(fd, request, structure, data);
  sys.close(fd);
  return result;
}

/**
 * Makes a link listen to a link-layer address, or not: netlink has no request for it.
 * @returns a negative errno on failure
 */
export function changeMembership(name: 'add' | 'delete', dev: string, address: Uint8Array | undefined): number {
  const request = interfaceRequest(dev);
  // The family of the struct sockaddr stays zero.
  if (address !== undefined) request.set(address, IFNAMSIZ + 2);
  return interfaceIoctl(name === 'add' ? SIOCADDMULTI : SIOCDELMULTI, request);
}
