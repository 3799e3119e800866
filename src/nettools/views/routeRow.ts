import {attrs, type Decoded, message, nest} from '../../netlink/schema.js';
import {metrics, routeMessage} from '../../rtnetlink/route/schema.js';

const {dst, oif, gateway, priority, multipath, via} = routeMessage.attrs.table;
const {window, rtt, advmss} = metrics.table;

/** What the routing table shows of a route: a listing of a million should not make records of forty fields. */
export const routeRow = message('routeRow', routeMessage.fields, {
  dst,
  oif,
  gateway,
  priority,
  metrics: [routeMessage.attrs.table.metrics[0], nest(attrs({window, rtt, advmss}))],
  multipath,
  via,
});

/** One route as the table needs it. */
export type RouteRow = Decoded<typeof routeRow>;
