import {UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {RTM_F_NOTIFY} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import type {RouteRequest} from '../rtnetlink/route/schema.js';
import {deviceIndex} from './device.js';
import type {RouteLookup} from './route.js';
import {nothingHidden} from './routeFilter.js';
import {addressBits} from './routeSelector.js';
import type {RouteWriter} from './routeShow.js';
import type {IpSession} from './session.js';

type Draft = {-readonly [K in keyof RouteRequest]: RouteRequest[K]};

/**
 * `ip route get`.
 * @param again writes a second answer, which is always text
 */
export function getRoute(
  spec: RouteLookup,
  env: GrammarEnv,
  session: IpSession,
  writer: RouteWriter,
  again: RouteWriter,
): number {
  if (spec.dst === undefined) throw new UsageError(1, 'need at least a destination address');
  const {json} = session;
  const body = bodyOf(spec, env, session, addressBits(env.family));
  const options = {fibMatch: spec.fibmatch === true};
  const write = writer(nothingHidden, session);
  const route = session.connection().get(routeRequests.get(body, options));
  json?.openArray();
  write(route, session);
  json?.closeArray();
  json?.end();
  // The reference asks twice, and forgets to take the source of the first answer.
  if (spec.connected === true && spec.from === undefined) {
    again(nothingHidden, session)(session.connection().get(routeRequests.get(body, options)), session);
  }
  return 0;
}

/** Attributes in the order of the words; devices and mark come last. */
function bodyOf(spec: RouteLookup, env: GrammarEnv, session: IpSession, bits: number): Draft {
  const body: Draft = {family: env.family === 0 ? 2 : env.family};
  for (const key in spec) {
    switch (key as keyof RouteLookup) {
      case 'dst':
        if (spec.dst?.address !== undefined && !(env.family === 0 && spec.dst.length === 0))
          body.dst = spec.dst.address;
        body.dstLen = env.family === 0 ? (spec.dst?.length ?? 0) : bits;
        break;
      case 'from':
        if (spec.from?.address !== undefined) body.src = spec.from.address;
        body.srcLen = spec.from?.length ?? 0;
        break;
      case 'notify':
        body.flags = RTM_F_NOTIFY;
        break;
      case 'newdst':
      case 'tos':
      case 'uid':
      case 'ipProto':
      case 'sport':
      case 'dport':
      case 'flowlabel':
        // biome-ignore lint/suspicious/noExplicitAny: the spec has the request's own names and types here
        (body as any)[key] = spec[key as 'tos'];
        break;
    }
  }
  const out = spec.oif ?? spec.vrf;
  if (spec.iif !== undefined) body.iif = deviceIndex(spec.iif, session);
  if (out !== undefined) body.oif = deviceIndex(out, session);
  if (spec.mark !== undefined) body.mark = spec.mark;
  return body;
}
