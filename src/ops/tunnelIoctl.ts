import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import type {AnyMessage, Decoded, Encodable} from '../netlink/schema.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {interfaceIoctl, interfaceRequest} from '../rtnetlink/interfaceIoctl.js';
import {
  readStruct,
  structBytes,
  type TunnelParms,
  type TunnelParms6,
  tunnelParms,
  tunnelParms6,
} from '../rtnetlink/link/tunnelParms.js';

/** Source: uapi linux/if_tunnel.h. */
export const SIOCGETTUNNEL = 0x89f0;
export const SIOCADDTUNNEL = 0x89f1;
export const SIOCDELTUNNEL = 0x89f2;
export const SIOCCHGTUNNEL = 0x89f3;
export const SIOCGETPRL = 0x89f4;
export const SIOCADDPRL = 0x89f5;
export const SIOCDELPRL = 0x89f6;
export const SIOCGET6RD = 0x89f8;
export const SIOCADD6RD = 0x89f9;
export const SIOCDEL6RD = 0x89fa;

/** An ioctl with a structure that the interface request points to. @returns a negative errno on failure */
export function tunnelIoctl(request: number, device: string, data: Uint8Array, family: number): number {
  return interfaceIoctl(request, interfaceRequest(device), family, data);
}

/** What the kernel says about a tunnel; an errno where it refuses. */
export function lookUp<M extends AnyMessage>(
  of: M,
  request: number,
  device: string,
  values: Encodable<M>,
  family: number,
): Decoded<M> | number {
  const data = structBytes(of, values);
  const result = tunnelIoctl(request, device, data, family);
  return result < 0 ? -result : readStruct(of, data);
}

/** The refusal of a look-up, as a line. */
export function getFailure(device: string, errno: number): string {
  return `get tunnel "${device}" failed: ${errnoText(errno)}`;
}

/** The tunnel that a change begins with. @throws {UsageError} */
function currentOf<M extends AnyMessage>(of: M, family: number): (name: string) => Decoded<M> {
  return name => {
    const found = lookUp(of, SIOCGETTUNNEL, name, {} as Encodable<M>, family);
    if (typeof found === 'number') throw new UsageError(1, getFailure(name, found));
    return found;
  };
}

/** What a change of an IPv4 tunnel starts from. */
export const current4 = (name: string): TunnelParms => currentOf(tunnelParms, AF_INET)(name);
/** What a change of an IPv6 tunnel starts from. */
export const current6 = (name: string): TunnelParms6 => currentOf(tunnelParms6, AF_INET6)(name);

/** A change. @throws {UsageError} `add tunnel "gre0" failed: File exists` */
export function change(request: number, verbText: string, device: string, data: Uint8Array, family: number): void {
  const result = tunnelIoctl(request, device, data, family);
  if (result < 0) throw new UsageError(1, `${verbText} tunnel "${device}" failed: ${errnoText(-result)}`);
}

/** A refusal that names only the request, as a line. */
export function ioctlFailure(device: string, request: number, errno: number): string {
  return `${device}: ioctl ${request.toString(16)} failed: ${errnoText(errno)}\n`;
}

/** Tells a device about routers or a deployment. @throws {UsageError} */
export function tellDevice(request: number, device: string, data: Uint8Array): void {
  const result = tunnelIoctl(request, device, data, AF_INET);
  if (result < 0) throw new UsageError(1, ioctlFailure(device, request, -result).trimEnd());
}
