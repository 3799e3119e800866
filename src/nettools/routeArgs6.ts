import {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import {native} from '../native.js';
import type {RouteSpec} from '../ops/route.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {cutName, linkOf} from './interfaceNames.js';
import {inet6Number, NO_REASON} from './settingAddress.js';
import type {RouteOperation} from './translate.js';
import {MISUSE} from './words.js';

/** What `route -6 add` and `del` say about one route: the fields of the old struct in6_rtmsg. */
export interface RouteArgs6 {
  readonly target: IpAddress;
  readonly length: number;
  readonly gateway: IpAddress | undefined;
  /** 1 when the line gives none; 0 leaves it to the kernel. */
  readonly metric: number;
  readonly dev: string | undefined;
}

const UNKNOWN_TARGET = 1;
const UNKNOWN_GATEWAY = 6;
const WHOLE = 128;
const DEFAULT_METRIC = 1;
const UNKNOWN = 'Unknown host';

const usage: readonly string[] = [
  'Usage: inet6_route [-vF] {add|del} TARGET[/LENGTH] [gw GATEWAY] [metric N] [mod] [dyn] [[dev] DEVICE]',
  '       inet6_route [-FC] flush      NOT supported',
];

/** A refusal in one line, with the usage behind it. */
export function misused6(line?: string): UsageError {
  return new UsageError(MISUSE, line === undefined ? usage : [line, ...usage]);
}

/**
 * Reads the words behind `add` or `del`.
 * @throws {UsageError} status 3 for a wrong line, 1 or 6 for an unknown name
 */
export function parseRouteArgs6(words: readonly string[]): RouteArgs6 {
  let at = 1;
  const {target, length, isNamed} = targetOf(words[0]);
  let gateway: IpAddress | undefined;
  let metric = DEFAULT_METRIC;
  let dev: string | undefined;
  const value = (): string => {
    const found = words[at++];
    if (found === undefined) throw misused6();
    return found;
  };
  while (at < words.length) {
    const keyword = words[at++] as string;
    switch (keyword) {
      case 'metric': {
        const text = value();
        if (!/^\d/.test(text)) throw misused6();
        metric = Number.parseInt(text, 10) >>> 0;
        break;
      }
      case 'gw':
      case 'gateway': {
        const text = value();
        if (gateway !== undefined) throw misused6();
        // Names are not asked for: the reason told is that of the look-up before, the target's.
        gateway = inet6Number(text);
        if (gateway === undefined) throw new UsageError(UNKNOWN_GATEWAY, `${text}: ${isNamed ? UNKNOWN : NO_REASON}`);
        break;
      }
      case 'mod':
      case 'dyn':
        break;
      case 'device':
      case 'dev':
        if (dev !== undefined) throw misused6();
        dev = linkOf(cutName(value()));
        break;
      default:
        if (dev !== undefined || at < words.length) throw misused6();
        dev = linkOf(cutName(keyword));
    }
  }
  return {target, length, gateway, metric, dev};
}

interface Target6 {
  readonly target: IpAddress;
  readonly length: number;
  /** Given by name, not as a number. */
  readonly isNamed: boolean;
}

function targetOf(word: string | undefined): Target6 {
  if (word === undefined) throw misused6();
  if (word === 'default') return {target: IpAddress.inet6(0, 0, 0, 0), length: 0, isNamed: false};
  const slash = word.indexOf('/');
  const name = slash < 0 ? word : word.slice(0, slash);
  const length = slash < 0 ? WHOLE : Number.parseInt(word.slice(slash + 1), 10) || 0;
  if (length < 0 || length > WHOLE) throw misused6();
  const number = inet6Number(name);
  if (number !== undefined) return {target: number, length, isNamed: false};
  const bytes = native().addrinfo(name, AF_INET6)[0];
  if (bytes !== undefined) return {target: IpAddress.fromBytes(bytes, 0, 16), length, isNamed: true};
  const code = native().lookupError();
  const EAI_NONAME = -2;
  const text = code === EAI_NONAME ? UNKNOWN : NO_REASON;
  throw new UsageError(UNKNOWN_TARGET, [`getaddrinfo: ${name}: ${code}`, name === '' ? text : `${name}: ${text}`]);
}

/**
 * `route -6 add` and `del`: the old ioctl adds another next hop to a route that is there, as `ip -6 route prepend` does. Its
 * flag for hosts has the bit of `onlink`.
 */
export function translate6(add: boolean, args: RouteArgs6): RouteOperation {
  const {target, length, gateway, metric, dev} = args;
  const spec: RouteSpec = {
    dst: {family: AF_INET6, address: target, length, given: true},
    ...(gateway !== undefined && {via: gateway}),
    ...(dev !== undefined && {dev}),
    ...(metric > 0 && {priority: metric}),
    ...(add && length === WHOLE && {onlink: true as const}),
  };
  return {object: 'route', verb: add ? 'prepend' : 'delete', spec};
}
