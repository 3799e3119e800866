import {Address4, Address6} from 'ip-address';
import {IpAddress} from './ip.js';
import {Prefix} from './prefix.js';

/** An address with its prefix length in the classes of the package ip-address. */
export type Subnet = Address4 | Address6;

/**
 * Hands an address or prefix to the package ip-address, which has the subnet arithmetic that netlink needs not: ranges,
 * sub-subnets, reverse names, special-purpose blocks. For programs that use the library; never on the path of a tool.
 */
export function toSubnet(of: IpAddress | Prefix): Subnet {
  const family = of instanceof Prefix ? of.address.family : of.family;
  return family === 2 ? new Address4(of.toString()) : new Address6(of.toString());
}

/** The way back; `undefined` when the value is no subnet. A zone (`%eth0`) is not kept: netlink names the device apart. */
export function fromSubnet(subnet: unknown): Prefix | undefined {
  if (!(subnet instanceof Address4 || subnet instanceof Address6)) return undefined;
  const address = IpAddress.tryParse(subnet.correctForm().replace(/%.*/, ''));
  return address === undefined ? undefined : new Prefix(address, subnet.subnetMask);
}
