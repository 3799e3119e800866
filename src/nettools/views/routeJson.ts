import {RTN_PROHIBIT, RTN_UNREACHABLE} from '../../rtnetlink/constants.js';
import type {JsonWriter} from '../../view/json.js';
import type {RouteRow} from './routeRow.js';
import type {Route6} from './routeTable6.js';

function text(json: JsonWriter, key: string, value: string): void {
  json.key(key);
  json.string(value);
}

/** A route of the IPv4 table with the keys of `ip -j route`; of several next hops the first, as in the table. */
export function writeRouteJson(json: JsonWriter, route: RouteRow, ifname: (index: number) => string): void {
  const leg = route.multipath?.[0];
  const gateway = leg === undefined ? route.gateway : leg.gateway;
  const index = leg?.oif ?? route.oif ?? 0;
  json.openObject();
  if (route.type === RTN_UNREACHABLE) text(json, 'type', 'unreachable');
  if (route.type === RTN_PROHIBIT) text(json, 'type', 'prohibit');
  text(
    json,
    'dst',
    route.dst === undefined ? 'default' : `${route.dst}${route.dstLen === 32 ? '' : `/${route.dstLen}`}`,
  );
  if (gateway !== undefined) text(json, 'gateway', String(gateway));
  if (index !== 0) text(json, 'dev', ifname(index));
  if (route.priority !== undefined) {
    json.key('metric');
    json.uint(route.priority);
  }
  json.closeObject();
}

/** A line of /proc/net/ipv6_route with the same keys. */
export function writeRoute6Json(json: JsonWriter, route: Route6): void {
  json.openObject();
  const host = route.dstLen === 128 ? '' : `/${route.dstLen}`;
  text(json, 'dst', route.dstLen === 0 ? 'default' : `${route.dst}${host}`);
  if (!route.gateway.isUnspecified) text(json, 'gateway', String(route.gateway));
  text(json, 'dev', route.ifname);
  json.key('metric');
  json.uint(route.metric >>> 0);
  json.closeObject();
}
