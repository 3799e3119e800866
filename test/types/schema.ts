/* What the types made from schemas allow and what they must not. `tsc` is the test, as in library.ts. */
import type {IpAddress} from '../../src/addr/ip.js';
import type {Request} from '../../src/netlink/message.js';
import type {AnyMessage, Decoded, Encodable} from '../../src/netlink/schema.js';
import {
  address,
  array,
  attrs,
  flag,
  i32,
  items,
  list,
  many,
  message,
  nest,
  pad,
  record,
  select,
  struct,
  text,
  u8,
  u16,
  u32,
  u64,
} from '../../src/netlink/schema.js';
import type {SyncConnection} from '../../src/netlink/sync.js';

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const same = <A, B>(_proof: Same<A, B>): void => undefined;

const hop = record({len: u16, flags: u8, hops: u8, oif: u32}, attrs({gateway: [5, address]}));
const stats = struct('stats', {rx: u64, tx: u64}, {tail: {late: u64}});
const cache = struct('cache', {age: u32, gap: pad(4)}, {derived: {twice: r => r.age * 2}});
const info = struct('info', {a: u32}, {grows: true, derived: {half: r => (r.a ?? 0) / 2}});
const vlan = attrs({id: [1, u16]});
const veth = attrs({peer: [1, text]});

const thing = message(
  'typedThing',
  {family: u8, gap: pad(3), index: i32},
  {
    dst: [1, address],
    hops: [2, array(hop)],
    kind: [3, text],
    data: [4, select('kind', {vlan: nest(vlan), veth: nest(veth)})],
    stats: [5, stats],
    cache: [6, cache],
    info: [7, info],
    names: [8, many(text)],
    on: [9, flag],
    memory: [10, list(u32)],
    vlans: [11, items(nest(vlan))],
    inline: [12, nest(attrs({deep: [1, nest(attrs({name: [1, text]}, {derived: {size: r => r.name?.length}}))]}))],
  },
  {derived: {isDefault: r => r.dst === undefined, where: (r): number | string => r.kind ?? r.index}},
);
type Thing = Decoded<typeof thing>;

export function decoded(r: Thing): void {
  same<typeof r.family, number>(true);
  same<typeof r.dst, IpAddress | undefined>(true);
  same<typeof r.names, string[] | undefined>(true);
  same<typeof r.memory, number[] | undefined>(true);
  same<typeof r.on, true | undefined>(true);
  same<typeof r.isDefault, boolean>(true);
  same<typeof r.where, number | string>(true);
  const first = r.hops?.[0];
  if (first !== undefined) same<typeof first.gateway, IpAddress | undefined>(true);
  if (r.stats !== undefined) {
    same<typeof r.stats.rx, bigint>(true);
    same<typeof r.stats.late, bigint | undefined>(true);
  }
  if (r.cache !== undefined) same<typeof r.cache.twice, number>(true);
  if (r.info !== undefined) same<typeof r.info.a, number | undefined>(true);
  if (r.data !== undefined && 'id' in r.data) same<typeof r.data.id, number | undefined>(true);
  const deep = r.inline?.deep;
  if (deep !== undefined) {
    same<typeof deep.name, string | undefined>(true);
    same<typeof deep.size, number | undefined>(true);
  }
  const branch: Decoded<typeof vlan> | Decoded<typeof veth> | Uint8Array | undefined = r.data;
  void branch;
  // @ts-expect-error: padding has no property
  void r.gap;
  // @ts-expect-error: records are not changed
  r.family = 1;
}

type Body = Encodable<typeof thing>;
export const bodies: readonly Body[] = [
  {},
  {family: 2, hops: [{oif: 1}], kind: 'vlan', data: {id: 1}, on: true, stats: {rx: 1n}},
  {dst: undefined, on: false, names: ['a']},
  // @ts-expect-error: text is no address
  {dst: '192.0.2.1'},
  // @ts-expect-error: 64 bits are bigint
  {stats: {rx: 1}},
  // @ts-expect-error: no such attribute
  {dest: undefined},
  // @ts-expect-error: derived facts are not sent
  {isDefault: true},
];

/** What was decoded can be sent. */
export const again = (r: Thing): Body => r;

export function requests(connection: SyncConnection): AnyMessage {
  const request: Request<typeof thing> = {type: 16, name: 'GET', flags: 0, message: thing, body: {index: 1}};
  same<Thing, ReturnType<typeof connection.get<typeof thing>>>(true);
  connection.dump(request, r => same<typeof r, Thing>(true));
  const other: Request<typeof thing, typeof small> = {...request, reply: small};
  connection.dump(other, r => same<typeof r.size, number>(true));
  connection.request(request as Request);
  return thing;
}
const small = message('typedSmall', {size: u32}, {});
