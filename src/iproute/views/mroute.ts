import type {IpAddress} from '../../addr/ip.js';
import type {MrouteRow} from '../../ops/mroute.js';
import {RTNH_F_UNRESOLVED} from '../../rtnetlink/constants.js';
import type {RouteNexthop} from '../../rtnetlink/route/schema.js';
import type {ViewContext} from '../../view/context.js';
import {custom, field, line, literal, view, when} from '../../view/field.js';
import {general} from '../../view/general.js';
import {address, counter64, ifname, type Kind, named, uint, word} from '../../view/kinds.js';

/** Columns of `(SOURCE,GROUP)`. */
const PAIR = 32;

/** The address, or that there is none. */
const known: Kind<IpAddress | 'unknown'> = {
  text: (out, value, c) => (value === 'unknown' ? out.ascii(value) : address.text(out, value, c)),
  json: (json, value, c) => (value === 'unknown' ? json.word(value) : address.json(json, value, c)),
};

function host(value: IpAddress | undefined, c: ViewContext): string {
  return value === undefined ? 'unknown' : ((c.resolve ? c.resolveHost?.(value) : undefined) ?? value.toString());
}

/** Hundredths of a second. */
const age: Kind<number> = {
  text: (out, value) => out.ascii((value / 100).toFixed(2)),
  json: (json, value) => json.raw().ascii(general(value / 100)),
};

const legView = view<RouteNexthop>([
  field('oif', '%s', ifname, r => r.oif, {colour: 'ifname'}),
  field('ttl', '(ttl %s)', uint, r => (r.hops > 1 ? r.hops : undefined)),
  literal(' '),
]);

/** One entry of `ip mroute`; without the end of its last line. */
export const mrouteView = view<MrouteRow>([
  custom((out, {route}, c) => out.text(`(${host(route.src, c)},${host(route.dst, c)})`.padEnd(PAIR)), null),
  field('src', null, known, r => r.route.src ?? 'unknown'),
  field('dst', null, known, r => r.route.dst ?? 'unknown'),
  custom(out => out.ascii(' Iif: '), null),
  field('iif', '%-10s ', ifname, r => r.route.iif, {colour: 'ifname'}),
  field('iif', '%s ', word, r => (r.route.iif === undefined ? 'unresolved' : undefined)),
  custom(
    (out, {route: {multipath}}, c) => {
      if (multipath === undefined) return;
      out.ascii('Oifs: ');
      for (const leg of multipath) legView.text(out, leg, c);
    },
    (json, {route: {multipath}}, c) => {
      if (multipath === undefined) return;
      json.openArray('multipath');
      for (const leg of multipath) legView.json(json, leg, c);
      json.closeArray();
    },
  ),
  field('state', ' State: %s', word, r => ((r.route.flags & RTNH_F_UNRESOLVED) === 0 ? 'resolved' : 'unresolved')),
  when(
    (_, c) => c.statistics > 0,
    [
      when(r => r.route.mfcStats !== undefined, [line('  ')]),
      field('packets', '%s packets, ', counter64, r => r.route.mfcStats?.packets),
      field('bytes', '%s bytes', counter64, r => r.route.mfcStats?.bytes),
      field('wrong_if', ', %s arrived on wrong iif.', counter64, r => r.route.mfcStats?.wrongIf || undefined),
      field('expires', ', Age %s', age, r => r.route.expires),
    ],
  ),
  field('table', ' Table: %s', named('table'), r => (r.withTable ? r.route.tableId : undefined)),
]);
