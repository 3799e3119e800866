import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {DecodeError} from '../../../src/errors.js';
import {COMPILE_AFTER, Codec} from '../../../src/netlink/codec.js';
import {encodeMessage} from '../../../src/netlink/encode.js';
import type {UnknownAttribute} from '../../../src/netlink/interpret.js';
import {
  address,
  array,
  attrs,
  flag,
  items,
  lladdr,
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
} from '../../../src/netlink/schema.js';
import {Writer} from '../../../src/netlink/writer.js';
import {hex, toHex} from '../../helpers/hex.js';

const hop = record({len: u16, flags: u8, hops: u8, oif: u32}, attrs({gateway: [5, address]}));
const route = message(
  'sample',
  {family: u8, dstLen: u8, gap: pad(2), flags: u32},
  {
    dst: [1, address],
    oif: [4, u32],
    gateway: [5, address],
    hops: [9, array(hop)],
    kind: [21, text],
    data: [22, select('kind', {vlan: nest(attrs({id: [1, u16]})), deep: nest(attrs({list: [1, items(u32)]}))})],
    names: [30, many(text)],
    stats: [31, struct('stats', {rx: u64, tx: u64}, {tail: {late: u64}})],
    mac: [32, lladdr],
    on: [33, flag],
  },
  {derived: {isDefault: r => r.dst === undefined, where: r => `${r.dst}/${r.dstLen}`}},
);

function encode(value: object): Uint8Array {
  const writer = new Writer(16);
  encodeMessage(route, value, writer);
  return writer.bytes.slice(0, writer.at);
}

/** A codec that still interprets, and one that has compiled. */
function codecs(): [string, Codec<typeof route>][] {
  const young = new Codec(route);
  const old = new Codec(route);
  const bytes = encode({});
  for (let i = 0; i < COMPILE_AFTER; i++) old.decode(bytes, 0, bytes.length);
  return [
    ['interpreted', young],
    ['compiled', old],
  ];
}

const captured = hex(`
  02 18 00 00  00 00 00 00   # header
  08 00 01 00  ac 10 20 00   # dst 172.16.32.0
  08 00 05 00  c0 a8 01 01   # gateway 192.168.1.1
`);
const value = {
  family: 2,
  dstLen: 24,
  dst: IpAddress.parse('172.16.32.0'),
  gateway: IpAddress.parse('192.168.1.1'),
};

test('encodes attributes in the order of the properties', () => {
  expect(toHex(encode(value))).toBe(toHex(captured));
  expect(toHex(encode({oif: 1, dst: value.dst}).subarray(8))).toBe('08 00 04 00 01 00 00 00 08 00 01 00 ac 10 20 00');
});

describe.each(codecs())('%s', (_name, codec) => {
  test('decodes into one object with all fields', () => {
    const record = codec.decode(captured, 0, captured.length);
    expect(record).toMatchObject(value);
    expect(Object.keys(record)).toEqual([
      ...['family', 'dstLen', 'flags', 'dst', 'oif', 'gateway', 'hops', 'kind', 'data', 'names', 'stats', 'mac', 'on'],
    ]);
    expect(record.oif).toBeUndefined();
  });

  test('derived facts are getters on the prototype', () => {
    const record = codec.decode(captured, 0, captured.length);
    expect([record.isDefault, record.where]).toEqual([false, '172.16.32.0/24']);
    expect(Object.keys(record)).not.toContain('where');
  });

  test('records keep nothing of the receive buffer', () => {
    const bytes = encode({mac: Uint8Array.of(2, 0, 0, 0, 0, 1), data: Uint8Array.of(7, 7, 7), names: ['a', 'b']});
    const record = codec.decode(bytes, 0, bytes.length);
    const before = JSON.stringify(record);
    bytes.fill(0xff);
    expect(JSON.stringify(record)).toBe(before);
    expect(record.mac?.buffer.byteLength).toBe(6);
    const pooled = Buffer.from(encode({mac: Uint8Array.of(2, 0, 0, 0, 0, 1)}));
    const kept = codec.decode(pooled, 0, pooled.length);
    pooled.fill(0);
    expect(kept.mac).toEqual(Uint8Array.of(2, 0, 0, 0, 0, 1));
  });

  test('decodes at any position of a larger buffer', () => {
    const buffer = new Uint8Array(100).fill(0xee);
    const bytes = encode({...value, stats: {rx: 1n, tx: 2n ** 63n}});
    for (const at of [0, 1, 2, 3, 17]) {
      buffer.set(bytes, at);
      expect(codec.decode(buffer, at, at + bytes.length)).toMatchObject({...value, stats: {rx: 1n, tx: 2n ** 63n}});
    }
  });

  test('a discriminator that comes after its select still settles it', () => {
    const bytes = encode({data: {id: 5}, kind: 'vlan'});
    expect(codec.decode(bytes, 0, bytes.length).data).toEqual({id: 5});
    const strange = encode({data: Uint8Array.of(1, 2), kind: 'strange'});
    expect(codec.decode(strange, 0, strange.length).data).toEqual(Uint8Array.of(1, 2));
    const inherited = encode({data: Uint8Array.of(1, 2), kind: 'constructor'});
    expect(codec.decode(inherited, 0, inherited.length).data).toEqual(Uint8Array.of(1, 2));
  });

  test('a longer struct is of a newer kernel, a shorter tail of an older one', () => {
    const short = encode({stats: {rx: 1n, tx: 2n}});
    expect(codec.decode(short, 0, short.length).stats).toEqual({rx: 1n, tx: 2n, late: undefined});
    const long = hex(`00 00 00 00 00 00 00 00  24 00 1f 00
      0100000000000000 0200000000000000 0300000000000000 0400000000000000`);
    expect(codec.decode(long, 0, long.length).stats).toEqual({rx: 1n, tx: 2n, late: 3n});
  });

  test('flags in the attribute type do not count', () => {
    const bytes = hex('02 18 00 00 00 00 00 00  08 00 04 c0 09 00 00 00');
    expect(codec.decode(bytes, 0, bytes.length).oif).toBe(9);
  });

  test('unknown attributes are skipped, or kept when asked for', () => {
    const bytes = hex('02 18 00 00 00 00 00 00  06 00 63 00 aa bb 00 00  08 00 04 00 09 00 00 00');
    expect(codec.decode(bytes, 0, bytes.length).oif).toBe(9);
    const unknown: UnknownAttribute[] = [];
    codec.decode(bytes, 0, bytes.length, unknown);
    expect(unknown).toEqual([{path: [], type: 0x63, bytes: Uint8Array.of(0xaa, 0xbb)}]);
  });

  test.each([
    ['00 00', 'sample: header of 8 bytes, 2 left'],
    ['02 18 00 00 00 00 00 00 08 00 05 00 c0 a8', 'sample: gateway: 8 bytes announced, 6 left'],
    ['02 18 00 00 00 00 00 00 03 00 05 00', 'sample: gateway: 3 bytes announced, 4 left'],
    ['02 18 00 00 00 00 00 00 06 00 04 00 01 02 00 00', 'sample: oif: 4 bytes wanted, 2 present'],
    ['02 18 00 00 00 00 00 00 0a 00 01 00 01 02 03 04 05 06 00 00', 'sample: dst: 4 or 16 bytes wanted, 6 present'],
    ['02 18 00 00 00 00 00 00 0c 00 09 00 09 00 00 00 01 00 00 00', 'sample: hops: element: 9 bytes announced, 8 left'],
    [
      '02 18 00 00 00 00 00 00 14 00 09 00 10 00 00 00 01 00 00 00 06 00 05 00 01 02 00 00',
      'sample: hops: gateway: 4 or 16 bytes wanted, 2 present',
    ],
    [
      '02 18 00 00 00 00 00 00 09 00 16 00 05 00 01 00 07 00 00 00 09 00 15 00 76 6c 61 6e 00 00 00 00',
      'sample: data: id: 2 bytes wanted, 1 present',
    ],
    ['02 18 00 00 00 00 00 00 0c 00 1f 00 01 00 00 00 00 00 00 00', 'sample: stats: 16 bytes wanted, 8 present'],
    ['02 18 00 00 00 00 00 00 05 00 63 00', 'sample: attribute 99: 5 bytes announced, 4 left'],
  ])('%s', (digits, text) => {
    const bytes = hex(digits);
    const decode = (): unknown => codec.decode(bytes, 0, bytes.length);
    expect(decode).toThrow(DecodeError);
    expect(decode).toThrow(text);
  });

  test('an end beyond the buffer is refused', () => {
    expect(() => codec.decode(captured, 0, captured.length + 1)).toThrow(DecodeError);
  });

  test('JSON holds 64-bit numbers as text, addresses as text, bytes as hex', () => {
    const bytes = encode({...value, mac: Uint8Array.of(2, 255), stats: {rx: 2n ** 60n, tx: 0n}});
    expect(JSON.parse(JSON.stringify(codec.decode(bytes, 0, bytes.length)))).toEqual({
      family: 2,
      dstLen: 24,
      flags: 0,
      dst: '172.16.32.0',
      gateway: '192.168.1.1',
      mac: '02:ff',
      stats: {rx: '1152921504606846976', tx: '0'},
    });
  });
});

test('errors are the same after compilation as before', () => {
  const codec = new Codec(route);
  const bytes = captured.subarray(0, captured.length - 2);
  for (let i = 0; i < 2 * COMPILE_AFTER; i++) {
    expect(() => codec.decode(bytes, 0, bytes.length)).toThrow('sample: gateway: 8 bytes announced, 6 left');
    codec.decode(captured, 0, captured.length);
  }
});

describe('encoding refuses', () => {
  test.each<[object, string]>([
    [{nonsense: 1}, 'sample: no attribute "nonsense"'],
    [{hops: [{gateway: IpAddress.inet(1), other: 1}]}, 'hops: no attribute "other"'],
    [{family: 256}, 'family: 256 is no 8-bit number'],
    [{flags: 2 ** 32}, 'flags: 4294967296 is no 32-bit number'],
    [{oif: 1.5}, 'oif: 1.5 is no 32-bit number'],
    [{kind: 'vlan', data: {id: 65536}}, 'id: 65536 is no 16-bit number'],
    [{kind: 'a\0b'}, 'kind: text with a NUL'],
    [{stats: {rx: 1}}, 'rx: a bigint is wanted'],
    [{stats: {rx: 1n << 64n}}, 'rx: 18446744073709551616 is no 64-bit number'],
    [{mac: new Uint8Array(70_000)}, 'mac: 70004 bytes do not fit into an attribute'],
  ])('%o', (request, text) => expect(() => encode(request)).toThrow(text));
});

test('signed and unsigned forms of a word are the same bytes', () => {
  expect(encode({oif: -1, flags: -(2 ** 31)})).toEqual(encode({oif: 0xffffffff, flags: 2 ** 31}));
});

test('undefined and false flags are not sent', () => {
  expect(encode({dst: undefined, on: false})).toHaveLength(8);
  expect(toHex(encode({on: true}).subarray(8))).toBe('04 00 21 00');
});

test('text that is no UTF-8 goes back as the bytes it was', () => {
  const bytes = hex('00 00 00 00 00 00 00 00  08 00 15 00 ff 61 80 00');
  const codec = new Codec(route);
  const {kind} = codec.decode(bytes, 0, bytes.length);
  expect(toHex(encode({kind}))).toBe(toHex(bytes));
});

test('a table of select that is given as a function is made once, so that its branches come to be compiled', () => {
  let made = 0;
  const table = () => {
    made++;
    return {vlan: nest(() => attrs({id: [1, u16]}))};
  };
  const sample = message('lazy', {family: u8, gap: pad(3)}, {kind: [1, text], data: [2, select('kind', table)]});
  const writer = new Writer(64);
  encodeMessage(sample, {kind: 'vlan', data: {id: 7}}, writer);
  const codec = new Codec(sample);
  for (let i = 0; i < COMPILE_AFTER * 3; i++) {
    expect(codec.decode(writer.bytes, 0, writer.at).data).toEqual({id: 7});
  }
  expect(made).toBe(1);
});

test('where code may not be generated, interpretation goes on', async () => {
  const esbuild = await import('esbuild');
  const source = `
    import {Codec} from './src/netlink/codec.js';
    import {attrs, message, nest, select, text, u8, u32} from './src/netlink/schema.js';
    const m = message('m', {family: u8}, {a: [1, u32], k: [2, text], d: [3, select('k', {x: nest(attrs({b: [1, u32]}))})]});
    const bytes = Uint8Array.from([9, 8, 0, 1, 0, 5, 0, 0, 0, 6, 0, 2, 0, 120, 0, 0, 0, 12, 0, 3, 0, 8, 0, 1, 0, 7, 0, 0, 0]);
    const codec = new Codec(m);
    for (let i = 0; i < 50; i++) {
      const r = codec.decode(bytes, 0, bytes.length);
      if (r.a !== 5 || r.d.b !== 7) throw new Error(JSON.stringify(r));
    }
    try { new Function('return 1'); console.log('allowed'); } catch (e) { console.log(e.name); }
  `;
  const root = new URL('../../../', import.meta.url).pathname;
  const built = await esbuild.build({
    stdin: {contents: source, resolveDir: root},
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const out = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '--input-type=module'], {
    input: built.outputFiles[0]?.text ?? '',
    encoding: 'utf8',
  });
  expect(out).toBe('EvalError\n');
});
