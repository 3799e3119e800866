import {NEXTHOP_GRP_TYPE_RES} from '../../rtnetlink/constants.js';
import {type Nexthop, USER_HZ} from '../../rtnetlink/nexthop/schema.js';
import {custom, type Field, field, flags, group, view} from '../../view/field.js';
import {general} from '../../view/general.js';
import {address, ifname, type Kind, named, present, uint, word} from '../../view/kinds.js';
import type {View} from '../../view/view.js';
import {encapField} from './encap.js';
import {nexthopFlagWords} from './routeFlags.js';

type Resilient = NonNullable<Nexthop['resGroup']>;
type Member = NonNullable<Nexthop['group']>[number];
type Bucket = NonNullable<Nexthop['resBucket']>;

/** Clock ticks as seconds. */
const seconds: Kind<number | bigint> = {
  text: (out, ticks) => out.ascii(general(Number(ticks) / USER_HZ)),
  json: (json, ticks) => json.raw().ascii(general(Number(ticks) / USER_HZ)),
};

function weightOf(member: Member): number {
  return member.weight + (member.weightHigh << 8) + 1;
}

/** `group 5,2/6`: weights of 1 are left out. */
const members: Field<Nexthop> = custom<Nexthop>(
  (out, r) => {
    if (r.group === undefined) return;
    const words = r.group.map(one => (weightOf(one) === 1 ? `${one.id}` : `${one.id},${weightOf(one)}`));
    out.ascii(`group ${words.join('/')} `);
  },
  (json, r) => {
    if (r.group === undefined) return;
    json.openArray('group');
    for (const one of r.group) {
      json.openObject();
      json.key('id');
      json.uint(one.id);
      if (weightOf(one) !== 1) {
        json.key('weight');
        json.uint(weightOf(one));
      }
      json.closeObject();
    }
    json.closeArray();
  },
);

/** Fields of one nexthop object. */
export function nexthopFields(details: boolean): Field<Nexthop>[] {
  return [
    field('id', 'id %s ', uint, r => r.id),
    members,
    field('type', 'type %s ', word, r => (r.groupType === NEXTHOP_GRP_TYPE_RES ? 'resilient' : undefined)),
    group(
      'resilient_args',
      [
        field('buckets', 'buckets %s ', uint, (g: Resilient) => g.buckets),
        field('idle_timer', 'idle_timer %s ', seconds, (g: Resilient) => g.idleTimer),
        field('unbalanced_timer', 'unbalanced_timer %s ', seconds, (g: Resilient) => g.unbalancedTimer),
        field('unbalanced_time', 'unbalanced_time %s ', seconds, (g: Resilient) => g.unbalancedTime),
      ],
      (r: Nexthop) => r.resGroup,
    ),
    encapField<Nexthop>(),
    field('gateway', 'via %s ', address, r => r.gateway, {colour: 'family'}),
    field('dev', 'dev %s ', ifname, r => r.oif, {colour: 'ifname'}),
    field('scope', 'scope %s ', named('scope'), r => (r.scope !== 0 || details ? r.scope : undefined)),
    field('blackhole', 'blackhole ', present, r => r.blackhole),
    field('protocol', 'proto %s ', named('protocol'), r => (r.protocol !== 0 || details ? r.protocol : undefined)),
    flags('flags', ['', ' ', ' '], r => nexthopFlagWords(r.flags)),
    field('fdb', 'fdb', present, r => r.fdb),
  ];
}

/** One bucket of a resilient group. */
export function bucketFields(): Field<Nexthop>[] {
  return [
    field('id', 'id %s ', uint, r => r.id),
    group(
      'bucket',
      [
        field('index', 'index %s ', uint, (b: Bucket) => b.index),
        field('idle_time', 'idle_time %s ', seconds, (b: Bucket) => b.idleTime),
        field('nhid', 'nhid %s ', uint, (b: Bucket) => b.nhId),
      ],
      (r: Nexthop) => r.resBucket,
    ),
    flags('flags', ['', ' ', ' '], r => nexthopFlagWords(r.flags)),
  ];
}

let details: View<Nexthop> | undefined;

/**
 * A second line with the nexthop object that a route uses; the reference breaks it with `-o` too.
 * @param find asks the kernel for the object
 */
export function nexthopInfo<R extends {readonly nhId: number | undefined}>(
  find: (id: number) => Nexthop | undefined,
): Field<R> {
  return custom<R>(
    (out, r, c) => {
      const found = r.nhId === undefined ? undefined : find(r.nhId);
      if (found === undefined) return;
      details ??= view(nexthopFields(true));
      out.ascii('\n\tnh_info ');
      details.text(out, found, c);
    },
    (json, r, c) => {
      const found = r.nhId === undefined ? undefined : find(r.nhId);
      if (found === undefined) return;
      details ??= view(nexthopFields(true));
      json.key('nh_info');
      details.json(json, found, c);
    },
  );
}
