import {
  address,
  array,
  attrs,
  be16,
  be32,
  be64,
  bitfield32,
  bytes,
  chars,
  flag,
  i8,
  i16,
  i32,
  i64,
  inet,
  inet6,
  items,
  list,
  lladdr,
  many,
  message,
  nest,
  octets,
  pad,
  record,
  type SelectTable,
  select,
  struct,
  text,
  u8,
  u16,
  u32,
  u64,
  uint,
  via,
} from '../../src/netlink/schema.js';

const inner = attrs({count: [1, u32], label: [2, text]}, {derived: {twice: r => (r.count ?? 0) * 2}});
const fixed = struct('fixed', {a: u8, hole: pad(3), b: u32, c: u64, d: inet, e: chars(8)});
const tailed = struct('tailed', {a: u32}, {tail: {b: u16, c: u16, d: u64}, derived: {sum: r => r.a + (r.b ?? 0)}});
const growing = struct('growing', {a: u8, b: u8, c: i16, d: be32, e: inet6}, {grows: true});
const hop = record({len: u16, flags: u8, hops: u8, oif: i32}, attrs({gateway: [5, address], via: [18, via]}));

function branches(): SelectTable {
  return {plain: nest(inner), again: nest(recursive), number: u32, list: list(u16), struct: tailed};
}
const recursive = attrs({kind: [1, text], data: [2, select('kind', branches)], rest: [3, bytes]});

/** Every word of the vocabulary, so that the property tests hold without any protocol. */
export const vocabulary = message(
  'vocabulary',
  {family: u8, gap: pad(1), kind: u16, index: i32, address: inet, wide: u64, name: chars(6), tail: pad(2)},
  {
    a1: [1, u8],
    a2: [2, u16],
    a3: [3, u32],
    a4: [4, i8],
    a5: [5, i16],
    a6: [6, i32],
    a7: [7, be16],
    a8: [8, be32],
    a9: [9, u64],
    a10: [10, i64],
    a11: [11, be64],
    a12: [12, uint],
    a13: [13, text],
    a14: [14, bytes],
    a15: [15, flag],
    a16: [16, address],
    a17: [17, lladdr],
    a18: [18, via],
    a19: [19, bitfield32],
    a20: [20, fixed],
    a21: [21, tailed],
    a22: [22, growing],
    a23: [23, nest(inner, {flag: true})],
    a24: [24, list(be16)],
    a25: [25, list(fixed)],
    a26: [26, items(nest(inner))],
    a27: [27, items(text, {number: 7})],
    a28: [28, array(hop)],
    a29: [29, many(text)],
    a30: [30, many(nest(inner))],
    a31: [31, select('a13', {x: nest(inner), y: u32})],
    a32: [32, select('family', {2: inet, 10: inet6, 7: nest(inner)}, {otherwise: text})],
    a33: [33, nest(recursive)],
    a34: [34, octets(5)],
    a35: [35, record({first: u32}, inner)],
    a36: [16000, inet6],
  },
  {derived: {isInet: r => r.family === 2}, types: {9999: 'VOCABULARY'}},
);

/** A header without attributes, and attributes without a header. */
export const headerOnly = message('headerOnly', {a: u32, b: u8, c: pad(3)}, {});
export const bodyOnly = message('bodyOnly', {}, {a: [1, u32], b: [2, many(u8)]});
