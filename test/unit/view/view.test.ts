import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {paletteFor} from '../../../src/view/colour.js';
import {compileJson, compileText} from '../../../src/view/compile.js';
import type {ViewContext} from '../../../src/view/context.js';
import {custom, type Field, field, flags, group, line, list, literal, view, when} from '../../../src/view/field.js';
import {JsonWriter} from '../../../src/view/json.js';
import {address, ifname, named, prefix, present, text, uint} from '../../../src/view/kinds.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {renderJson, renderText} from '../../../src/view/render.js';
import {Sink} from '../../../src/view/sink.js';

const numbers = {toText: (n: number) => `#${n}`};

const context: ViewContext = {
  oneline: false,
  details: 0,
  statistics: 0,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: undefined,
  names: {table: numbers, protocol: numbers, scope: numbers, realm: numbers, dsfield: numbers, group: numbers},
  ifname: index => `eth${index}`,
};

interface Leg {
  readonly oif: number;
}

interface Row {
  readonly dst: {readonly address: IpAddress; readonly length: number} | undefined;
  readonly via: IpAddress | undefined;
  readonly oif: number | undefined;
  readonly proto: number;
  readonly label: string | undefined;
  readonly words: readonly string[];
  readonly legs: readonly Leg[] | undefined;
  readonly onlink: boolean;
}

const fields: readonly Field<Row>[] = [
  field('dst', '%s ', prefix, r => r.dst, {colour: r => (r.address.family === 2 ? 'inet' : 'inet6')}),
  field('gateway', 'via %s ', address, r => r.via, {colour: 'family'}),
  field('dev', 'dev %s ', ifname, r => r.oif, {colour: 'ifname'}),
  field('protocol', 'proto %s ', named('protocol'), r => r.proto, {when: c => c.details > 0}),
  field('label', '%-8s|', text, r => r.label),
  field('onlink', 'onlink ', present, r => r.onlink || undefined),
  flags('flags', ['<', ',', '> '], r => r.words),
  when(
    r => r.legs !== undefined,
    [
      line('  '),
      literal('legs:'),
      list('nexthops', ['(', ' ', ')'], [field('dev', '%s', ifname, (leg: Leg) => leg.oif)], r => r.legs),
    ],
  ),
  group('stats', [field('n', 'n%s', uint, r => r.proto)]),
  custom(
    (out, r) => out.uint(r.words.length),
    (json, r) => {
      json.key('count');
      json.uint(r.words.length);
    },
  ),
];

const full: Row = {
  dst: {address: IpAddress.parse('10.0.0.0'), length: 8},
  via: IpAddress.parse('fe80::1'),
  oif: 3,
  proto: 4,
  label: 'web',
  words: ['A', 'B'],
  legs: [{oif: 1}, {oif: 2}],
  onlink: true,
};
const empty: Row = {
  dst: undefined,
  via: undefined,
  oif: undefined,
  proto: 0,
  label: undefined,
  words: [],
  legs: undefined,
  onlink: false,
};

function shown(use: (out: Sink) => void): string {
  const memory = new MemoryOutput();
  const out = new Sink(memory, 300);
  use(out);
  out.flush();
  return Buffer.from(memory.bytes()).toString();
}

const json = (use: (writer: JsonWriter) => void): string => shown(out => use(new JsonWriter(out, false)));

describe('one list of fields', () => {
  const v = view(fields);

  test('text', () => {
    expect(shown(out => v.text(out, full, context))).toBe(
      '10.0.0.0/8 via fe80::1 dev eth3 web     |onlink <A,B> \n  legs:(eth1 eth2)n42',
    );
    expect(shown(out => v.text(out, empty, context))).toBe('n00');
    expect(shown(out => v.text(out, full, {...context, oneline: true, details: 1}))).toContain('proto #4 web');
    expect(shown(out => v.text(out, full, {...context, oneline: true}))).toContain('> \\  legs:');
  });

  test('JSON', () => {
    expect(json(j => v.json(j, full, context))).toBe(
      '{"dst":"10.0.0.0/8","gateway":"fe80::1","dev":"eth3","label":"web","onlink":null,"flags":["A","B"],"nexthops":[{"dev":"eth1"},{"dev":"eth2"}],"stats":{"n":4},"count":2}',
    );
    expect(json(j => v.json(j, empty, context))).toBe('{"flags":[],"stats":{"n":0},"count":0}');
  });

  test('colour covers the hole and what follows it', () => {
    const colour = paletteFor('always', {}, () => false);
    expect(shown(out => v.text(out, full, {...context, colour}))).toContain(
      '\x1b[35m10.0.0.0/8 \x1b[0mvia \x1b[34mfe80::1 \x1b[0mdev \x1b[36meth3 \x1b[0mweb',
    );
  });
});

test('generated code writes what the interpreter writes', () => {
  const text = compileText(fields);
  const members = compileJson(fields);
  const colour = paletteFor('always', {COLORFGBG: '15;0'}, () => false);
  const contexts = [context, {...context, details: 1}, {...context, oneline: true, colour}];
  for (const c of contexts) {
    for (let bits = 0; bits < 128; bits++) {
      const pick = <K extends keyof Row>(bit: number, key: K): Row[K] => ((bits >> bit) & 1 ? full : empty)[key];
      const row: Row = {
        dst: pick(0, 'dst'),
        via: pick(1, 'via'),
        oif: pick(2, 'oif'),
        proto: bits,
        label: pick(3, 'label'),
        words: pick(4, 'words'),
        legs: pick(5, 'legs'),
        onlink: pick(6, 'onlink'),
      };
      expect(shown(out => text(out, row, c))).toBe(shown(out => renderText(fields, out, row, c)));
      expect(json(j => members(j, row, c))).toBe(json(j => renderJson(fields, j, row, c)));
    }
  }
});

test('a view that went over to generated code goes on the same', () => {
  const v = view(fields);
  const first = shown(out => v.text(out, full, context));
  const firstJson = json(j => v.json(j, full, context));
  for (let i = 0; i < 40; i++) {
    expect(shown(out => v.text(out, full, context))).toBe(first);
    expect(json(j => v.json(j, full, context))).toBe(firstJson);
  }
  expect(shown(out => v.json(new JsonWriter(out, true), full, context))).toContain('\n    "gateway": "fe80::1",\n');
});
