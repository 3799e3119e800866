import {AF_INET6, IpAddress} from '../addr/ip.js';
import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import {interfaceIoctl} from '../rtnetlink/interfaceIoctl.js';
import {atoi} from './cNumbers.js';
import type {Settings} from './ifconfigSettings.js';
import {misused} from './ifconfigUsage.js';
import {getLink} from './oldCalls.js';
import {checkPermission} from './permission.js';
import {inet6Number, lastReason} from './settingAddress.js';

const FAILED = 1;
const WHOLE = 128;
/** Source: uapi linux/sockios.h. */
const SIOCSIFDSTADDR = 0x8918;
/** Bytes of struct in6_ifreq: address, prefix length, index. Source: uapi linux/ipv6.h. */
const IN6_IFREQ_SIZE = 24;
const INDEX_OFFSET = 20;

/** An IPv6 address with the length of its prefix. */
interface Prefix6 {
  readonly local: IpAddress;
  readonly prefixlen: number;
}

/** @throws {UsageError} for a length beyond 128, and for what is no number: names are not asked for here */
function prefixOf(word: string): Prefix6 {
  const slash = word.indexOf('/');
  const prefixlen = slash < 0 ? WHOLE : atoi(word.slice(slash + 1));
  if (prefixlen < 0 || prefixlen > WHOLE) throw misused();
  return {local: numberOf(slash < 0 ? word : word.slice(0, slash)), prefixlen};
}

function numberOf(text: string): IpAddress {
  const found = inet6Number(text);
  if (found !== undefined) return found;
  throw new UsageError(FAILED, text === '' ? lastReason() : `${text}: ${lastReason()}`);
}

/** Index of the interface; without one the run goes on behind the setting. */
function indexOf(run: Settings): number | undefined {
  try {
    return getLink(run.name, run.session).index;
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    run.fail(`SIOGIFINDEX: ${errnoText(error.errno)}`);
    return undefined;
  }
}

/** Such calls go through a socket of IPv6, whichever family was named. */
function change(run: Settings, call: string, request: ReturnType<typeof addressRequests.add>): void {
  run.told(call, () => {
    checkPermission(call, run.session);
    run.session.connection().request(request);
  });
}

/** `add` of an IPv6 address: `ip -6 address add`. */
export function addInet6(run: Settings, word: string): void {
  const prefix = prefixOf(word);
  const index = indexOf(run);
  if (index === undefined) return;
  change(run, 'SIOCSIFADDR', addressRequests.add({...prefix, index}));
}

/** `del` of an IPv6 address: `ip -6 address delete`. */
export function deleteInet6(run: Settings, word: string): void {
  const prefix = prefixOf(word);
  const index = indexOf(run);
  if (index === undefined) return;
  change(run, 'SIOCDIFADDR', addressRequests.delete({...prefix, index}));
}

/** Address and index of a link in a struct in6_ifreq. */
export function tunnelRequest(request: Uint8Array): readonly [address: IpAddress, index: number] {
  return [IpAddress.fromBytes(request, 0, 16), new Int32Array(request.buffer, INDEX_OFFSET, 1)[0] as number];
}

/**
 * `tunnel`: a new SIT tunnel to an IPv4-compatible address, made from the link sit0. No request does that: the kernel
 * chooses the name, copies what sit0 has and sets the tunnel up in one go, so it is the ioctl here.
 */
export function tunnelTo(run: Settings, word: string): void {
  const address = numberOf(word);
  const index = indexOf(run);
  if (index === undefined) return;
  const request = new Uint8Array(IN6_IFREQ_SIZE);
  address.writeBytes(request, 0);
  new Int32Array(request.buffer, INDEX_OFFSET, 1)[0] = index;
  run.told('SIOCSIFDSTADDR', () => {
    const result = (run.session.ioctl ?? interfaceIoctl)(SIOCSIFDSTADDR, request, AF_INET6);
    if (result < 0) throw new NetlinkError(-result, 'SIOCSIFDSTADDR');
  });
}
