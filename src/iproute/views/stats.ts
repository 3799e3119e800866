import type {SuitePath} from '../../ops/stats.js';
import type {LinkStatsRecord} from '../../rtnetlink/link/statsMessage.js';
import {custom, type Field, field, line, literal, type ViewContext, view, when} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import {ifname, type Kind, uint, word} from '../../view/kinds.js';
import type {View} from '../../view/view.js';
import {type Few, fewTableOf, type Table, tableOf, writeCounters, writeFew, writeTable} from './linkStatistics.js';
import {type Lacp, lacpField, multicastField, stpField} from './linkXstats.js';

type Row = LinkStatsRecord;
type Xstats = Row['linkXstats'];
type Info = NonNullable<NonNullable<Row['linkOffloadXstats']>['hwSInfo']>['l3Stats'];

/** Errors are counted in lines of their own with `-s -s`, of which the command is one, and with `-d`. */
function withErrors(c: ViewContext): boolean {
  return c.statistics > 1 || c.details > 0;
}

/** A table of counters below the heading, and the same as objects. */
function table<R>(
  key: string,
  of: (row: R, c: ViewContext) => Table | undefined,
  json: (json: JsonWriter, row: R, c: ViewContext) => void,
): Field<R> {
  return when<R>(
    (row, c) => of(row, c) !== undefined,
    [
      line('    '),
      custom(
        (out, row, c) => writeTable(out, of(row, c) as Table, c),
        (writer, row, c) => {
          writer.openObject(key);
          json(writer, row, c);
          writer.closeObject();
        },
      ),
    ],
  );
}

/** All counters of a link. */
function linkTable(get: (r: Row) => Row['link64']): Field<Row> {
  return table<Row>(
    'stats64',
    (r, c) => {
      const counters = get(r);
      return counters && tableOf(counters, withErrors(c));
    },
    (json, r, c) => writeCounters(json, get(r) ?? ({} as NonNullable<Row['link64']>), withErrors(c)),
  );
}

/** @param last heading and JSON key of the last received counter */
function fewTable(
  key: string,
  [heading, name]: readonly [string, string],
  get: (r: Row) => {readonly few: Few; readonly last: bigint} | undefined,
): Field<Row> {
  return table<Row>(
    key,
    r => {
      const found = get(r);
      if (found === undefined) return undefined;
      return fewTableOf(found.few, heading, found.last);
    },
    (json, r) => {
      const found = get(r);
      if (found === undefined) return;
      writeFew(json, found.few, name, found.last);
    },
  );
}

const state = (value: number | undefined): string => (value ? 'on' : 'off');

/** Whether hardware is to count, and does. */
function infoMembers(json: JsonWriter, info: NonNullable<Info>): void {
  json.key('request');
  json.bool(info.request === 1);
  json.key('used');
  json.bool(info.used === 1);
}

function infoOf(r: Row): Info {
  return r.linkOffloadXstats?.hwSInfo?.l3Stats;
}

const l3Info: Field<Row> = custom(
  (out, r) => {
    const info = infoOf(r);
    if (info !== undefined) out.ascii(` ${state(info.request)} used ${state(info.used)}`);
  },
  (json, r) => {
    const info = infoOf(r);
    if (info === undefined) return;
    json.openObject('info');
    infoMembers(json, info);
    json.closeObject();
  },
);

const hwInfo: Field<Row> = when<Row>(
  r => infoOf(r) !== undefined,
  [
    line('    '),
    custom(
      (out, r) => out.ascii(`l3_stats ${state(infoOf(r)?.request)} used ${state(infoOf(r)?.used)}`),
      (json, r) => {
        json.openObject('info');
        json.openObject('l3_stats');
        infoMembers(json, infoOf(r) as NonNullable<Info>);
        json.closeObject();
        json.closeObject();
      },
    ),
  ],
);

/** The counters of a kind of master behind their heading, whose lines end by themselves. */
function own(get: (r: Row) => unknown, body: Field<Row>): Field<Row> {
  return when<Row>(r => get(r) !== undefined, [line(''), body]);
}

const lacpView = view([lacpField]);

function lacp(get: (r: Row) => Xstats): Field<Row> {
  const of = (r: Row): Lacp | undefined => get(r)?.bond?.lacp;
  return own(
    of,
    custom(
      (out, r, c) => lacpView.text(out, {lacp: of(r)}, c),
      (json, r, c) => lacpView.members(json, {lacp: of(r)}, c),
    ),
  );
}

function bridge(get: (r: Row) => Xstats, part: 'mcast' | 'stp'): Field<Row> {
  const form = part === 'mcast' ? view([multicastField]) : view([stpField]);
  const of = (r: Row) => get(r)?.bridge ?? ({} as NonNullable<NonNullable<Xstats>['bridge']>);
  return own(
    r => of(r)[part],
    custom(
      (out, r, c) => form.text(out, of(r), c),
      (json, r, c) => form.members(json, of(r), c),
    ),
  );
}

/** What stands behind the heading of each suite, by its path. */
const bodies: Readonly<Record<string, () => readonly Field<Row>[]>> = {
  'afstats mpls': () => [
    fewTable('mpls_stats', ['noroute', 'noroute'], ({afSpec}) => {
      const few = afSpec?.mpls?.link;
      return few && {few, last: few.rxNoroute};
    }),
  ],
  link: () => [linkTable(r => r.link64)],
  'offload l3_stats': () => [
    l3Info,
    fewTable('stats64', ['mcast', 'multicast'], ({linkOffloadXstats}) => {
      const few = linkOffloadXstats?.l3Stats;
      return few && {few, last: few.multicast};
    }),
  ],
  'offload hw_stats_info': () => [hwInfo],
  // The reference begins the line of the table also where there is none.
  'offload cpu_hit': () => [
    linkTable(r => r.linkOffloadXstats?.cpuHit),
    when<Row>(r => r.linkOffloadXstats?.cpuHit === undefined, [line('')]),
  ],
  'xstats bond 802.3ad': () => [lacp(r => r.linkXstats)],
  'xstats bridge mcast': () => [bridge(r => r.linkXstats, 'mcast')],
  'xstats bridge stp': () => [bridge(r => r.linkXstats, 'stp')],
  'xstats_slave bond 802.3ad': () => [lacp(r => r.linkXstatsSlave)],
  'xstats_slave bridge mcast': () => [bridge(r => r.linkXstatsSlave, 'mcast')],
  'xstats_slave bridge stp': () => [bridge(r => r.linkXstatsSlave, 'stp')],
};

/** The name and its colon, coloured with the blank before them. */
const coloured: Kind<number> = {
  text(out, value, c) {
    out.byte(32);
    ifname.text(out, value, c);
    out.byte(58);
  },
  json: ifname.json,
};

const linkFields = (): readonly Field<Row>[] => [
  field('ifindex', '%s:', uint, r => r.ifindex),
  field('ifname', '%s', coloured, r => r.ifindex, {colour: 'ifname'}),
];

/** What `ip monitor` shows of the statistics of a link: whether the hardware counts. */
export const statsEventView = view<Row>(() => [...linkFields(), hwInfo, line('')]);

/** One suite of one link, with the end of its last line. */
export function suiteView(path: SuitePath): View<Row> {
  const [group, subgroup, suite] = path;
  return view<Row>([
    ...linkFields(),
    field('group', ' group %s', word, () => group),
    field('subgroup', ' subgroup %s', word, () => subgroup),
    field('suite', ' suite %s', word, () => suite),
    ...(bodies[path.join(' ')]?.() ?? [literal('')]),
    line(''),
  ]);
}
