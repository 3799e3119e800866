import {existsSync, readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {DecodeError} from '../../src/errors.js';
import {reader} from '../../src/netlink/codec.js';
import {compile, compileNode} from '../../src/netlink/compile.js';
import {encodeMessage} from '../../src/netlink/encode.js';
import {interpret} from '../../src/netlink/interpret.js';
import {entriesOf, selectTable} from '../../src/netlink/plan.js';
import {type AnyMessage, messages, type Node} from '../../src/netlink/schema.js';
import {Writer} from '../../src/netlink/writer.js';
import './schema.messages.js';
import {Random, sampleMessage} from './schema.samples.js';

// Every schema there is: modules register their messages when they load.
for (const folder of ['rtnetlink', 'sockdiag']) {
  const base = new URL(`../../src/${folder}/`, import.meta.url);
  const files = existsSync(base) ? readdirSync(base, {recursive: true, encoding: 'utf8'}) : [];
  for (const file of files.filter(name => name.endsWith('.ts'))) await import(new URL(file, base).href);
}

const ROUNDS = 150;

function encode(message: AnyMessage, value: object, littleEndian: boolean): Uint8Array {
  const writer = new Writer(64, littleEndian);
  encodeMessage(message, value as never, writer);
  return writer.bytes.slice(0, writer.at);
}

function outcome(decode: () => unknown): {value?: unknown; error?: unknown} {
  try {
    return {value: decode()};
  } catch (error) {
    return {error};
  }
}

/** Every type that a select leads to, however deep. */
function branchesOf(node: Node | undefined, seen: Set<Node>): void {
  if (node === undefined || seen.has(node)) return;
  seen.add(node);
  const within = [node.item, node.otherwise, ...Object.values(node.kind === 'select' ? selectTable(node) : {})];
  for (const one of within) branchesOf(one, seen);
  for (const {node: inner} of node.attrs === undefined ? [] : entriesOf(node.attrs)) branchesOf(inner, seen);
}

test.each(messages().map(message => [message.name, message] as const))(
  '%s: every branch of a select compiles',
  (_name, message) => {
    const seen = new Set<Node>();
    for (const {node} of entriesOf(message.attrs)) branchesOf(node, seen);
    for (const select of [...seen].filter(node => node.kind === 'select')) {
      for (const branch of [select.otherwise, ...Object.values(selectTable(select))]) {
        if (branch !== undefined) expect(() => compileNode(branch, reader(true))).not.toThrow();
      }
    }
  },
);

describe.each([true, false])('little endian: %s', littleEndian => {
  describe.each(messages().map(message => [message.name, message] as const))('%s', (_name, message) => {
    const decode = compile(message, reader(littleEndian), littleEndian);
    const slow = (bytes: Uint8Array): unknown => interpret(message, bytes, 0, bytes.length, undefined, littleEndian);

    test('decode of encode is identity, compiled and interpreted', () => {
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const value = sampleMessage(message, new Random(seed * 7919));
        const bytes = encode(message, value, littleEndian);
        expect({...(slow(bytes) as object)}, `seed ${seed}`).toEqual(value);
        expect({...(decode(bytes, 0, bytes.length) as object)}, `seed ${seed}`).toEqual(value);
        expect(encode(message, slow(bytes) as object, littleEndian).length).toBe(bytes.length);
      }
    });

    test('compiled and interpreted records have the same properties in the same order', () => {
      const bytes = encode(message, sampleMessage(message, new Random(5)), littleEndian);
      expect(Object.keys(decode(bytes, 0, bytes.length))).toEqual(Object.keys(slow(bytes) as object));
    });

    test('compiled equals interpreted on damaged and cut bytes', () => {
      let failed = 0;
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const random = new Random(seed * 104729);
        let bytes = encode(message, sampleMessage(message, random), littleEndian);
        for (let hits = random.below(4); hits > 0 && bytes.length > 0; hits--) {
          bytes[random.below(bytes.length)] = random.below(256);
        }
        if (random.below(2) === 0) bytes = bytes.slice(0, random.below(bytes.length + 1));
        const expected = outcome(() => slow(bytes));
        const found = outcome(() => decode(bytes, 0, bytes.length));
        if (expected.error === undefined) expect(found.value, `seed ${seed}`).toEqual(expected.value);
        else {
          failed++;
          expect(expected.error, `seed ${seed}`).toBeInstanceOf(DecodeError);
          expect('error' in found, `seed ${seed}`).toBe(true);
        }
      }
      if (Object.keys(message.fields).length > 0) expect(failed).toBeGreaterThan(0);
    });

    test('compiled equals interpreted on random bytes', () => {
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const random = new Random(seed * 31337);
        const bytes = random.bytes(random.below(200));
        const expected = outcome(() => slow(bytes));
        const found = outcome(() => decode(bytes, 0, bytes.length));
        expect('error' in found, `seed ${seed}`).toBe('error' in expected);
        if (expected.error === undefined) expect(found.value, `seed ${seed}`).toEqual(expected.value);
      }
    });
  });
});
