import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {atoi} from './cNumbers.js';
import {prefixMask} from './prefixMask.js';
import {type Networks, resolveTarget} from './resolve.js';
import {HEADERS_LENGTH} from './views/routeTable.js';
import {MISUSE} from './words.js';

/** What `route add` and `route del` say about one IPv4 route: the fields of the old struct rtentry. */
export interface RouteArgs {
  readonly target: IpAddress;
  /** Prefix length; the mask decides, or that the target is a host. */
  readonly length: number;
  readonly gateway: IpAddress | undefined;
  readonly metric: number | undefined;
  /** RTAX_ADVMSS: `mss` without the headers. */
  readonly advmss: number | undefined;
  readonly window: number | undefined;
  /** Milliseconds. */
  readonly irttMs: number | undefined;
  readonly reject: boolean;
  readonly dev: string | undefined;
}

const LEAST_MSS = 64;
const MOST_MSS = 65536;
const MOST_ADVMSS = 65535 - HEADERS_LENGTH;
const LEAST_WINDOW = 128;

/** Usage of add and del. */
export const argsUsage: readonly string[] = [
  'Usage: inet_route [-vF] {add|del} {-net|-host} TARGET[/LENGTH] [netmask MASK] [gw GATEWAY]',
  '       [metric N] [mss N] [window N] [irtt MS] [reject] [mod] [dyn] [reinstate] [[dev] DEVICE]',
  '       inet_route [-vF] add {-net|-host} TARGET reject',
  '       inet_route [-FC] flush      NOT supported',
];

/** A refusal in one line, with the usage behind it. */
export function misused(line?: string): UsageError {
  return new UsageError(MISUSE, line === undefined ? argsUsage : [line, ...argsUsage]);
}

/**
 * Reads the words behind `add` or `del`. `-net` and `-host` come as `#net` and `#host`: getopt must not take them.
 * @throws {UsageError} status 3 for a wrong line, 6 for an unknown name
 */
export function parseRouteArgs(words: readonly string[], networks: Networks): RouteArgs {
  let at = 0;
  const kind = words[0] === '#net' || words[0] === '#host' ? words[at++] : undefined;
  const word = words[at++];
  if (word === undefined) throw misused();
  const {name, mask: prefixMask} = splitPrefix(word);
  const target = resolveTarget(name, kind === '#host' ? 'host first' : 'net first', networks);
  const host = kind === '#host' || (kind === undefined && !target.net);
  let mask = prefixMask;
  let netmask = '';
  let gateway: IpAddress | undefined;
  let metric: number | undefined;
  let advmss: number | undefined;
  let window: number | undefined;
  let irttMs: number | undefined;
  let reject = false;
  let dev: string | undefined;
  const value = (): string => {
    const found = words[at++];
    if (found === undefined) throw misused();
    return found;
  };
  while (at < words.length) {
    const keyword = words[at++] as string;
    switch (keyword) {
      case 'metric':
        metric = metricOf(value());
        break;
      case 'netmask': {
        const text = value();
        if (mask !== 0) throw misused();
        mask = resolveTarget(text, 'host first', networks).address.w0;
        netmask = text;
        break;
      }
      case 'gw':
      case 'gateway': {
        const text = value();
        if (gateway !== undefined) throw misused();
        const found = resolveTarget(text, 'host first', networks);
        if (found.net) throw misused(`route: ${text}: cannot use a NETWORK as gateway!`);
        gateway = found.address;
        break;
      }
      case 'mss': {
        const mss = atoi(value()) >>> 0;
        if (mss < LEAST_MSS || mss > MOST_MSS) throw misused('route: Invalid MSS/MTU.');
        advmss = Math.min(mss - HEADERS_LENGTH, MOST_ADVMSS);
        break;
      }
      case 'window':
        window = atoi(value()) >>> 0;
        if (window < LEAST_WINDOW) throw misused('route: Invalid window.');
        break;
      case 'irtt':
        irttMs = atoi(value()) & 0xffff;
        break;
      case 'reject':
        reject = true;
        break;
      case 'mod':
      case 'dyn':
      case 'reinstate':
        break;
      case 'device':
      case 'dev':
        if (dev !== undefined) throw misused();
        dev = value();
        break;
      default:
        // The last word may be a device without `dev`.
        if (dev !== undefined || at < words.length) throw misused();
        dev = keyword;
    }
  }
  if (host && mask !== 0) throw hostMask(~mask);
  if ((~mask & (~mask + 1)) !== 0) throw misused(`route: bogus netmask ${netmask}`);
  if (mask !== 0 && (target.address.w0 & ~mask) !== 0) throw misused("route: netmask doesn't match route address");
  const length = host ? 32 : Math.clz32(~mask);
  return {target: target.address, length, gateway, metric, advmss, window, irttMs, reject, dev};
}

/** The message shows the mask's host part in hex. */
function hostMask(hostPart: number): UsageError {
  const hex = (hostPart >>> 0).toString(16).padStart(8, '0');
  return misused(`route: netmask ${hex} doesn't make sense with host route`);
}

/** Splits `TARGET/LENGTH`. */
function splitPrefix(word: string): {readonly name: string; readonly mask: number} {
  const slash = word.indexOf('/');
  if (slash < 0) return {name: word, mask: 0};
  const mask = prefixMask(word.slice(slash + 1));
  if (mask === undefined) throw misused();
  return {name: word.slice(0, slash), mask};
}

/** The field holds the metric plus one in 16 bits, and the kernel takes the one off again. */
function metricOf(text: string): number | undefined {
  if (!/^\d/.test(text)) throw misused();
  const field = ((atoi(text) + 1) << 16) >> 16;
  return field === 0 ? undefined : (field - 1) >>> 0;
}
