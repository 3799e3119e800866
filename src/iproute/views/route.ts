import type {IpAddress} from '../../addr/ip.js';
import {familyName} from '../../grammar/values.js';
import type {Via} from '../../netlink/schema.js';
import type {RouteHidden} from '../../ops/routeFilter.js';
import {newDestinationText} from '../../ops/routeValues.js';
import {
  AF_INET6,
  AF_MPLS,
  RT_TABLE_MAIN,
  RTM_F_CLONED,
  RTN_UNICAST,
  RTNL_FAMILY_IPMR,
  RTPROT_BOOT,
} from '../../rtnetlink/constants.js';
import type {Nexthop} from '../../rtnetlink/nexthop/schema.js';
import type {Route} from '../../rtnetlink/route/schema.js';
import {ROUTE_TYPES} from '../../rtnetlink/words.js';
import type {Role} from '../../view/colour.js';
import {type Field, field, flags, group, line, list, literal, type ViewContext, view} from '../../view/field.js';
import {address, dsfield, enumerated, ifname, type Kind, lladdr, named, uint, unresolved} from '../../view/kinds.js';
import type {Sink} from '../../view/sink.js';
import type {View} from '../../view/view.js';
import {encapField} from './encap.js';
import {nexthopInfo} from './nexthop.js';
import {cacheField} from './routeCache.js';
import {flagWords, nexthopFlagWords} from './routeFlags.js';
import {metricsField} from './routeMetrics.js';

/** The destination of a route, written from the record so that no prefix object is made. */
const destination: Kind<Route> = {
  text: writeDestination,
  json: (json, r, c) => {
    const out = json.raw();
    out.byte(34);
    writeDestination(out, r, c);
    out.byte(34);
  },
};

/** Multicast routes, whose families have numbers from RTNL_FAMILY_IPMR on, always have their length. @hot */
function writeDestination(out: Sink, r: Route, c: ViewContext): void {
  const {dst, dstLen} = r;
  if (dst === undefined) {
    out.ascii(dstLen === 0 ? 'default' : `0/${dstLen}`);
  } else if (r.family === AF_MPLS) {
    out.uint(dst.a >>> 12);
  } else {
    if (dstLen === dst.bits && r.family < RTNL_FAMILY_IPMR) {
      address.text(out, dst, c);
      return;
    }
    out.address(dst);
    out.byte(47);
    out.uint(dstLen);
  }
}

function destinationRole(_value: Route, r: Route): Role | undefined {
  if (r.dst === undefined || r.family === AF_MPLS) return undefined;
  return r.dst.family === AF_INET6 ? 'inet6' : 'inet';
}

/** `from PREFIX` of a subtree route, or of a look-up, where it may be of no length; the colour begins before the word. */
const source: Kind<Route> = {
  text(out, r, c) {
    out.ascii('from ');
    writeSource(out, r, c);
  },
  json(json, r, c) {
    const out = json.raw();
    out.byte(34);
    writeSource(out, r, c);
    out.byte(34);
  },
};

function writeSource(out: Sink, r: Route, c: ViewContext): void {
  const {src, srcLen} = r;
  if (src === undefined) {
    out.ascii(`0/${srcLen}`);
  } else if (srcLen === src.bits && r.family < RTNL_FAMILY_IPMR) {
    address.text(out, src, c);
  } else {
    out.address(src);
    if (srcLen === 0) return;
    out.byte(47);
    out.uint(srcLen);
  }
}

function sourceRole(_value: Route, r: Route): Role | undefined {
  return r.src === undefined ? undefined : r.family === AF_INET6 ? 'inet6' : 'inet';
}

const text: Kind<string> = {
  text: (out, value) => out.text(value),
  json: (json, value) => json.string(value),
};

const decimalOrHex: Kind<number> = {
  text: (out, value) => out.ascii(value >= 16 ? `0x${value.toString(16)}` : String(value)),
  json: (json, value) => json.uint(value),
};

/** With `-N` types are numbers, which JSON has as text. */
const numberKind: Kind<number> = {
  text: (out, value) => out.uint(value),
  json: (json, value) => json.word(String(value)),
};
const typeKind = enumerated(ROUTE_TYPES);
const preferenceKind = enumerated(['medium', 'high', undefined, 'low']);
/** Text and JSON of the two values; the word is the reference's own. */
const propagateKind: Kind<number> = {
  text: (out, value) => out.ascii(value === 0 ? 'disabled' : 'enabled'),
  json: (json, value) => json.bool(value !== 0),
};

/** `realm 5`, `realms 4/5`; an object in JSON. */
function flowField<R extends {readonly flow: number | undefined}>(): Field<R> {
  return group(
    'flow',
    [
      field<number, number>('from', 'realms %s/', named('realm'), flow =>
        flow >>> 16 === 0 ? undefined : flow >>> 16,
      ),
      field<number, number>(null, 'realm %s ', named('realm'), flow => (flow >>> 16 === 0 ? flow & 0xffff : undefined)),
      field<number, number>(null, '%s ', named('realm'), flow => (flow >>> 16 === 0 ? undefined : flow & 0xffff)),
      field<number, number>('to', null, named('realm'), flow => flow & 0xffff),
    ],
    (r: R) => r.flow || undefined,
  );
}

/** `via inet6 ADDRESS`. */
function viaField<R extends {readonly via: Via | undefined}>(): Field<R> {
  return group(
    'via',
    [
      field<Via, string>('family', 'via %s ', text, via => familyName(via.family)),
      field<Via, IpAddress>('host', '%s ', address, via => via.address, {colour: 'family'}),
      field<Via, Uint8Array>('host', '%s ', lladdr, via => via.lladdr),
    ],
    (r: R) => r.via,
  );
}

/** A leg of a multipath route. */
interface Leg {
  readonly flags: number;
  readonly hops: number;
  readonly oif: number;
  readonly gateway: IpAddress | undefined;
  readonly via: Via | undefined;
  readonly flow: number | undefined;
  readonly newdst: Uint8Array | undefined;
  readonly encapType: number | undefined;
  readonly encap: unknown;
}

/**
 * Fields of one leg; they follow the word `nexthop`.
 * @param labels whether it is a route of MPLS, whose legs have no weight
 */
function nexthopFields(labels: boolean): Field<Leg>[] {
  return [
    line('\t'),
    literal('nexthop '),
    encapField<Leg>(),
    field('to', 'as to %s ', text, leg => leg.newdst && newDestinationText(leg.newdst, AF_MPLS)),
    field('gateway', 'via %s ', address, leg => leg.gateway, {colour: 'family'}),
    viaField<Leg>(),
    flowField<Leg>(),
    field('dev', 'dev %s ', ifname, leg => leg.oif),
    ...(labels ? [] : [field('weight', 'weight %s ', uint, (leg: Leg) => leg.hops + 1)]),
    flags('flags', ['', ' ', ' '], leg => nexthopFlagWords(leg.flags)),
  ];
}

function legsOf(r: Route, labels: boolean): readonly Leg[] | undefined {
  return (r.family === AF_MPLS) === labels ? (r.multipath as readonly Leg[] | undefined) : undefined;
}

/**
 * One route as `ip route` shows it.
 * @param hidden what a selector has settled and the reference therefore leaves out
 * @param c with `-d` usual values are shown too
 * @param nexthopOf finds nexthop objects, for the line that `-d` adds
 */
export function routeView(
  hidden: RouteHidden,
  c: ViewContext,
  nexthopOf?: (id: number) => Nexthop | undefined,
): View<Route> {
  const details = c.details > 0;
  const fields: Field<Route>[] = [
    field('type', '%s ', c.numeric ? numberKind : typeKind, r =>
      r.type !== RTN_UNICAST || details ? r.type : undefined,
    ),
    field('dst', '%s ', destination, r => r, {colour: destinationRole}),
    field('from', '%s ', source, r => (r.src === undefined && r.srcLen === 0 ? undefined : r), {colour: sourceRole}),
    field('to', 'as to %s ', text, r => r.newdst && newDestinationText(r.newdst, r.family)),
    field('nhid', 'nhid %s ', uint, r => r.nhId),
    encapField(),
  ];
  if (!hidden.tos) fields.push(field('tos', 'tos %s ', dsfield, r => r.tos || undefined));
  if (!hidden.gateway) {
    fields.push(
      field('gateway', 'via %s ', address, r => r.gateway, {colour: 'family'}),
      viaField(),
    );
  }
  if (!hidden.dev) fields.push(field('dev', 'dev %s ', ifname, r => r.oif, {colour: 'ifname'}));
  if (!hidden.table) {
    fields.push(
      field('table', 'table %s ', named('table'), r => {
        const table = r.table ?? r.tableByte;
        return table !== 0 && (table !== RT_TABLE_MAIN || details) ? table : undefined;
      }),
    );
  }
  if (!hidden.protocol) {
    fields.push(
      field('protocol', 'proto %s ', named('protocol'), r =>
        (r.protocol !== RTPROT_BOOT || details) && (r.flags & RTM_F_CLONED) === 0 ? r.protocol : undefined,
      ),
    );
  }
  if (!hidden.scope) {
    fields.push(
      field('scope', 'scope %s ', named('scope'), r =>
        (r.scope !== 0 || details) && (r.flags & RTM_F_CLONED) === 0 ? r.scope : undefined,
      ),
    );
  }
  if (!hidden.prefsrc) fields.push(field('prefsrc', 'src %s ', unresolved, r => r.prefsrc, {colour: 'family'}));
  if (!hidden.metric) fields.push(field('metric', 'metric %s ', uint, r => r.priority));
  fields.push(flags('flags', ['', ' ', ' '], r => flagWords(r.flags)));
  if (!hidden.mark) fields.push(field('mark', 'mark %s ', decimalOrHex, r => r.mark || undefined));
  if (!hidden.realm) fields.push(flowField());
  fields.push(
    field('uid', 'uid %s ', uint, r => r.uid),
    cacheField(),
    metricsField(),
  );
  if (!hidden.iif) fields.push(field('iif', 'iif %s ', ifname, r => r.iif, {colour: 'ifname'}));
  fields.push(
    field('pref', 'pref %s', preferenceKind, r => r.pref),
    field('ttl-propogate', 'ttl-propogate %s', propagateKind, r => r.ttlPropagate),
  );
  if (nexthopOf !== undefined) fields.push(nexthopInfo(nexthopOf));
  fields.push(
    list('nexthops', ['', '', ''], nexthopFields(false), r => legsOf(r, false)),
    list('nexthops', ['', '', ''], nexthopFields(true), r => legsOf(r, true)),
  );
  return view(fields);
}
