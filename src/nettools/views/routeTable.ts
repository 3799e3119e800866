import type {IpAddress} from '../../addr/ip.js';
import {RTN_BROADCAST, RTN_MULTICAST, RTN_PROHIBIT, RTN_UNREACHABLE} from '../../rtnetlink/constants.js';
import type {Sink} from '../../view/sink.js';
import type {FixedColumn} from '../table.js';
import {maskText} from './mask.js';
import type {RouteRow} from './routeRow.js';

/** Look-ups of the routing table. */
export interface RouteTableContext {
  ifname(index: number): string;
  /** Name of a host; absent with `-n`. */
  readonly host?: ((address: IpAddress) => string | undefined) | undefined;
  /** Name of a network; absent with `-n`. */
  readonly net?: ((address: IpAddress) => string | undefined) | undefined;
}

type RouteColumn = FixedColumn<RouteRow, RouteTableContext>;

/** Names are cut to the width of an address. */
const NAME_WIDTH = 15;
const DASH = 45;
const STAR = 42;
/** IPv4 and TCP headers: /proc/net/route and `mss` count them in, RTAX_ADVMSS does not. */
export const HEADERS_LENGTH = 40;

/** Whether the table has the route: /proc/net/route leaves out what is no way to send to one host. */
export function isListed(route: RouteRow): boolean {
  return route.type !== RTN_BROADCAST && route.type !== RTN_MULTICAST;
}

/** Routes that refuse: the only ones without an interface of their own that the table tells apart. */
function isReject(route: RouteRow): boolean {
  return route.type === RTN_UNREACHABLE || route.type === RTN_PROHIBIT;
}

/** Of several next hops the table shows the first. */
function gatewayOf(route: RouteRow): IpAddress | undefined {
  return route.multipath === undefined ? route.gateway : route.multipath[0]?.gateway;
}

/** A next hop of another family is flagged, but its address has no place in the table. */
function hasGateway(route: RouteRow): boolean {
  const leg = route.multipath?.[0];
  return leg === undefined
    ? route.gateway !== undefined || route.via !== undefined
    : leg.gateway !== undefined || leg.via !== undefined;
}

function writeName(out: Sink, name: string): void {
  out.text(name.length > NAME_WIDTH ? name.slice(0, NAME_WIDTH) : name);
}

function writeUnspecified(out: Sink): void {
  out.ascii('0.0.0.0');
}

/** Destination, gateway and mask, which all three forms begin with. */
const target: readonly RouteColumn[] = [
  {
    header: 'Destination',
    width: 15,
    write(out, route, {host, net}) {
      const {dst} = route;
      if (dst === undefined) {
        if (net !== undefined && route.dstLen === 0) out.ascii('default');
        else writeUnspecified(out);
        return;
      }
      const name = net === undefined || dst.isUnspecified ? undefined : route.dstLen === 32 ? host?.(dst) : net(dst);
      if (name === undefined) out.address(dst);
      else writeName(out, name);
    },
  },
  {
    header: 'Gateway',
    width: 15,
    write(out, route, {host}) {
      const gateway = gatewayOf(route);
      if (isReject(route)) {
        out.byte(DASH);
      } else if (gateway === undefined || gateway.family !== 2) {
        writeUnspecified(out);
      } else {
        const name = host?.(gateway);
        if (name === undefined) out.address(gateway);
        else writeName(out, name);
      }
    },
  },
  {header: 'Genmask', width: 15, write: (out, route) => out.ascii(maskText(route.dstLen))},
];

const flags: RouteColumn = {
  header: 'Flags',
  width: 5,
  write(out, route) {
    const reject = isReject(route);
    out.byte(reject ? 33 : 85);
    if (!reject && hasGateway(route)) out.byte(71);
    if (route.dstLen === 32) out.byte(72);
  },
};

const counts: readonly RouteColumn[] = [
  {header: 'Metric', width: 6, write: (out, route) => out.int((route.priority ?? 0) | 0)},
  {header: 'Ref', width: 2, write: (out, route) => out.byte(isReject(route) ? DASH : 48)},
  {header: 'Use', width: 7, right: true, write: out => out.byte(48)},
];

/** @param width 0 where the name ends the row */
function iface(width: number): RouteColumn {
  return {
    header: 'Iface',
    width,
    write(out, route, context) {
      const index = route.multipath?.[0]?.oif ?? route.oif;
      if (isReject(route)) out.byte(DASH);
      else if (index === undefined || index === 0) out.byte(STAR);
      else out.text(context.ifname(index));
    },
  };
}

function metric(header: string, width: number, right: boolean, get: (route: RouteRow) => number): RouteColumn {
  return {
    header,
    width,
    ...(right && {right}),
    write(out, route) {
      if (isReject(route)) out.byte(DASH);
      else out.uint(get(route));
    },
  };
}

const mss = (route: RouteRow): number => {
  const advmss = route.metrics?.advmss ?? 0;
  return advmss === 0 ? 0 : advmss + HEADERS_LENGTH;
};
const window = (route: RouteRow): number => route.metrics?.window ?? 0;
const irtt = (route: RouteRow): number => (route.metrics?.rtt ?? 0) >>> 3;

/** Forms of the table: `route`, `route -e` (which is `netstat -r`), `route -ee`. */
export type RouteTableForm = 'plain' | 'extended' | 'full';

/**
 * Columns of a form. What the kernel does not count any more (Ref, Use) is zero.
 * Source: route(8); /proc/net/route and net-tools 2.10 in test/differential/nettools.test.ts.
 */
export function routeColumns(form: RouteTableForm): readonly RouteColumn[] {
  switch (form) {
    case 'plain':
      return [...target, flags, ...counts, iface(0)];
    case 'extended':
      return [
        ...target,
        flags,
        metric('MSS', 5, true, mss),
        metric('Window', 5, false, window),
        metric('irtt', 6, true, irtt),
        iface(0),
      ];
    case 'full':
      return [
        ...target,
        flags,
        ...counts,
        iface(8),
        metric('MSS', 5, false, mss),
        metric('Window', 6, false, window),
        metric('irtt', 0, false, irtt),
      ];
  }
}
