import type {LinkStatsRecord} from '../../rtnetlink/link/statsMessage.js';
import {custom, field, line, view, when} from '../../view/field.js';
import {ifname, uint} from '../../view/kinds.js';
import {fewTableOf, writeFew, writeTable} from './linkStatistics.js';

type Counters = NonNullable<NonNullable<NonNullable<LinkStatsRecord['afSpec']>['mpls']>['link']>;

function countersOf(r: LinkStatsRecord): Counters | undefined {
  return r.afSpec?.mpls?.link;
}

const INDENT = ' '.repeat(8);

/** One device of `ip link afstats`, with the end of its last line. */
export const afstatsView = view<LinkStatsRecord>([
  field('ifindex', '%s:', uint, r => r.ifindex),
  field('ifname', '%s', ifname, r => r.ifindex),
  when(
    r => countersOf(r) !== undefined,
    [
      line('    '),
      custom(out => out.ascii('mpls:'), null),
      line(INDENT),
      custom(
        (out, r, c) => {
          const counters = countersOf(r) as Counters;
          writeTable(out, fewTableOf(counters, 'noroute', counters.rxNoroute), c, INDENT);
        },
        (json, r) => {
          const counters = countersOf(r) as Counters;
          writeFew(json, counters, 'noroute', counters.rxNoroute);
        },
      ),
    ],
  ),
  custom(out => out.byte(10), null),
]);
