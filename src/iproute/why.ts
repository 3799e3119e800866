import {decodeText} from '../addr/text.js';
import {NetlinkError} from '../errors.js';
import {type Request, requestOf} from '../netlink/message.js';
import {nothingHidden} from '../ops/routeFilter.js';
import type {IpSession} from '../ops/session.js';
import {addressRequests} from '../rtnetlink/address/requests.js';
import * as rtm from '../rtnetlink/constants.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {Link, LinkRequest} from '../rtnetlink/link/schema.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import {nexthopRequests} from '../rtnetlink/nexthop/requests.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {Route, RouteRequest} from '../rtnetlink/route/schema.js';
import {ruleRequests} from '../rtnetlink/rule/requests.js';
import {view} from '../view/field.js';
import {Sink} from '../view/sink.js';
import type {View} from '../view/view.js';
import {neighView} from './views/neigh.js';
import {nexthopFields} from './views/nexthop.js';
import {routeView} from './views/route.js';
import {ruleView} from './views/rule.js';

const EPERM = 1;
const ESRCH = 3;
const EEXIST = 17;
const ENETDOWN = 100;
const ENETUNREACH = 101;
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;

/** Why the kernel refused, and a command that would do. */
interface Explanation {
  readonly reason: string;
  readonly command: string | undefined;
}

/** One failed command: its words, with the global options in front. */
interface Failed {
  readonly error: NetlinkError;
  readonly request: Request;
  readonly options: readonly string[];
  readonly words: readonly string[];
  readonly session: IpSession;
}

/**
 * Explains a refusal to which the kernel added no text: the entry in the way or the capability that lacks, and a command
 * that would do. It looks at the kernel's state of now, and may find nothing to say.
 * @param options global options of the command, as they were given
 * @param words object, verb and the rest
 * @returns a line for stderr, or nothing
 */
export function explanationLine(
  error: NetlinkError,
  options: readonly string[],
  words: readonly string[],
  session: IpSession,
): string {
  const request = requestOf(error);
  if (error.kernelText !== undefined || request === undefined) return '';
  const given = options.filter(option => !/^--?why$/.test(option));
  try {
    const found = explain({error, request, options: given, words, session});
    return found === undefined
      ? ''
      : `Why: ${found.reason}${found.command === undefined ? '' : `; try: ${found.command}`}\n`;
  } catch (inner) {
    // What it wanted to look at is gone, or not to be seen either.
    if (inner instanceof NetlinkError) return '';
    throw inner;
  }
}

function explain(failed: Failed): Explanation | undefined {
  const {error, request} = failed;
  switch (error.errno) {
    case EPERM:
      return notPermitted(failed);
    case EEXIST:
      return exists(failed);
    case ESRCH:
      return request.type === rtm.RTM_DELROUTE ? noSuchRoute(failed) : undefined;
    case ENETDOWN:
      return request.type === rtm.RTM_NEWROUTE ? linkDown(failed) : undefined;
    case ENETUNREACH:
      return unreachable(failed);
    default:
      return undefined;
  }
}

function notPermitted({options, words}: Failed): Explanation {
  const uid = process.getuid?.() ?? 0;
  const reason = 'this needs the capability CAP_NET_ADMIN in the network namespace';
  return uid === 0
    ? {reason: `${reason}, which root lacks here (a container gets it with --cap-add NET_ADMIN)`, command: undefined}
    : {reason: `${reason}, which user ${uid} lacks`, command: `sudo ${line(options, words)}`};
}

function exists(failed: Failed): Explanation | undefined {
  const {request, session} = failed;
  const replace = {command: withVerb(failed, 'replace')};
  switch (request.type) {
    case rtm.RTM_NEWROUTE: {
      const body = request.body as RouteRequest;
      const found = routesLike(body, session).find(
        route =>
          route.tableId === tableOf(body) &&
          (route.priority ?? 0) === (body.priority ?? defaultMetric(body)) &&
          route.tos === (body.tos ?? 0),
      );
      return found && {reason: `the route is there: ${routeText(found, session)}`, ...replace};
    }
    case rtm.RTM_NEWADDR: {
      const {index = 0, local, prefixlen} = request.body as {index?: number; local?: unknown; prefixlen?: number};
      return {reason: `${session.links.name(index)} has the address ${local}/${prefixlen}`, ...replace};
    }
    case rtm.RTM_NEWNEIGH: {
      const body = request.body as Parameters<typeof neighbourRequests.get>[0];
      const neighbour = session
        .connection()
        .get(neighbourRequests.get({ifindex: body.ifindex, dst: body.dst, flags: body.flags}));
      return {reason: `the entry is there: ${textOf(neighView, {neighbour, ofDevice: false}, session)}`, ...replace};
    }
    case rtm.RTM_NEWNEXTHOP: {
      const {id = 0} = request.body as {id?: number};
      const found = session.connection().get(nexthopRequests.get(id));
      return {reason: `the nexthop is there: ${textOf(view(nexthopFields(false)), found, session)}`, ...replace};
    }
    case rtm.RTM_NEWLINK: {
      const {ifname} = request.body as LinkRequest;
      if (ifname === undefined) return undefined;
      const {index, kind} = session.connection().get(linkRequests.get({ifname}));
      const what = kind === undefined ? 'a device' : `a ${kind}`;
      return {
        reason: `the name ${ifname} is taken by ${what} with index ${index}`,
        command: line(failed.options, ['link', 'delete', ifname]),
      };
    }
    case rtm.RTM_NEWRULE: {
      const {priority, family = rtm.AF_INET} = request.body as {priority?: number; family?: number};
      if (priority === undefined) return undefined;
      let text = '';
      session.connection().dump(ruleRequests.list({family}), rule => {
        if ((rule.priority ?? 0) === priority) text ||= textOf(ruleView, rule, session);
      });
      const show = ['rule', 'show', 'priority', String(priority)];
      if (text === '') return undefined;
      return {reason: `the rule is there: ${text}`, command: line(withFamily(failed.options, family), show)};
    }
    default:
      return undefined;
  }
}

/** No route fits all that was said: one with the same destination, or the one that packets there take. */
function noSuchRoute(failed: Failed): Explanation {
  const {request, session, options} = failed;
  const body = request.body as RouteRequest;
  const [other] = routesLike(body, session);
  const dst = destinationOf(body);
  const given = withFamily(options, body.family);
  if (other === undefined) {
    return {
      reason: `no table has a route to ${dst}`,
      command: line(given, ['route', 'show', 'table', 'all', 'match', dst]),
    };
  }
  const words = ['route', 'del', dst, 'table', session.names.table.toText(other.tableId)];
  if (other.priority !== undefined) words.push('metric', String(other.priority));
  if (other.oif !== undefined) words.push('dev', session.links.name(other.oif));
  return {
    reason: `the route to ${dst} is another: ${routeText(other, session)}`,
    command: line(given, words),
  };
}

function linkDown({request, session, options}: Failed): Explanation | undefined {
  const {oif} = request.body as RouteRequest;
  if (oif === undefined) return undefined;
  const name = session.links.name(oif);
  return {reason: `${name} is down`, command: line(options, ['link', 'set', name, 'up'])};
}

/** No route leads there, so one over a link that is up: the usual first step. */
function unreachable(failed: Failed): Explanation | undefined {
  const {request, session, options} = failed;
  if (request.type !== rtm.RTM_GETROUTE && request.type !== rtm.RTM_NEWROUTE) return undefined;
  const body = request.body as RouteRequest;
  const target = request.type === rtm.RTM_GETROUTE ? body.dst : (body.gateway ?? body.via?.address);
  if (target === undefined) return undefined;
  const links: Link[] = [];
  session.connection().dump(linkRequests.list(), link => links.push(link));
  const usable = links.filter(link => (link.flags & IFF_LOOPBACK) === 0);
  const up = usable.find(link => (link.flags & IFF_UP) !== 0 && hasAddress(link.index, target.family, session));
  const text = `no route leads to ${target}`;
  if (up?.ifname !== undefined) {
    return {
      reason: `${text}, and there is no default route`,
      command: line(withFamily(options, target.family), ['route', 'add', String(target), 'dev', up.ifname]),
    };
  }
  const down = usable.find(link => (link.flags & IFF_UP) === 0);
  if (down?.ifname === undefined) return {reason: `${text}, and no link is up`, command: undefined};
  return {
    reason: `${text}, and no link with an address is up`,
    command: line(options, ['link', 'set', down.ifname, 'up']),
  };
}

function hasAddress(index: number, family: number, session: IpSession): boolean {
  let has = false;
  session.connection().dump(addressRequests.list({family, index}), address => {
    has ||= address.index === index;
  });
  return has;
}

/** Routes with the destination of a request, in any table. */
function routesLike(body: RouteRequest, session: IpSession): Route[] {
  const {family = rtm.AF_INET, dst, dstLen = 0} = body;
  const found: Route[] = [];
  session.connection().dump(routeRequests.list({family}), route => {
    const isSame = dst === undefined ? route.dst === undefined : route.dst?.equals(dst) === true;
    if (isSame && route.dstLen === dstLen && route.family === family) found.push(route);
  });
  return found;
}

function tableOf({table, tableByte = rtm.RT_TABLE_MAIN}: RouteRequest): number {
  return table ?? tableByte;
}

/** IPv6 routes without a metric get this one. Source: uapi linux/ipv6_route.h, IP6_RT_PRIO_USER. */
function defaultMetric({family}: RouteRequest): number {
  return family === rtm.AF_INET6 ? 1024 : 0;
}

function destinationOf({dst, dstLen = 0}: RouteRequest): string {
  return dst === undefined ? 'default' : `${dst}/${dstLen}`;
}

function routeText(route: Route, session: IpSession): string {
  return textOf(routeView(nothingHidden, session.view), route, session);
}

/** What a view writes, as text of one line. */
function textOf<R>(form: View<R>, record: R, session: IpSession): string {
  const sink = new Sink({write: (_buffer, _offset, length) => length, wait: () => {}, brokenPipe: () => {}}, 4096);
  form.text(sink, record, {...session.view, colour: undefined, oneline: true});
  return decodeText(sink.buffer, 0, sink.position).trim().replaceAll('\t', ' ');
}

/** Global options for a command about one family. */
function withFamily(options: readonly string[], family: number | undefined): readonly string[] {
  return family !== rtm.AF_INET6 || options.includes('-6') ? options : ['-6', ...options];
}

/** The failed command with another verb. */
function withVerb({options, words}: Failed, verb: string): string {
  return line(options, [words[0] as string, verb, ...words.slice(2)]);
}

/** A command as a shell takes it. */
function line(options: readonly string[], words: readonly string[]): string {
  return ['ip', ...options, ...words].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
