import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {type Output, Sink} from '../../../src/view/sink.js';

function written(use: (out: Sink) => void, size?: number): string {
  const memory = new MemoryOutput();
  const out = new Sink(memory, size);
  use(out);
  out.flush();
  return Buffer.from(memory.bytes()).toString('latin1');
}

describe('numbers', () => {
  test.each([
    0,
    9,
    10,
    99,
    100,
    255,
    256,
    999,
    1000,
    65535,
    99999,
    1e6,
    2147483647,
    2147483648,
    4294967295,
    1e12,
    2 ** 53 - 1,
  ])('%d', n => {
    expect(written(out => out.uint(n))).toBe(String(n));
    expect(written(out => out.int(-n))).toBe(n === 0 ? '0' : `-${n}`);
    expect(written(out => out.big(BigInt(n)))).toBe(String(n));
    expect(written(out => out.hex(n))).toBe(n.toString(16));
  });

  test('every octet, and random numbers of every length', () => {
    for (let n = 0; n < 256; n++) expect(written(out => out.uint(n))).toBe(String(n));
    let state = 5;
    for (let i = 0; i < 3000; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const n = state >>> (i % 32);
      expect(written(out => out.uint(n))).toBe(String(n));
    }
  });

  test('64 bits', () => expect(written(out => out.big(18446744073709551615n))).toBe('18446744073709551615'));
  test('padded hex', () => expect(written(out => out.hex(10, 4))).toBe('000a'));
});

test('text goes out as UTF-8, lone surrogates as the bytes they stand for', () => {
  expect(
    Buffer.from(
      written(out => out.text('a\u00e9\udcffz')),
      'latin1',
    ),
  ).toEqual(Buffer.from([97, 0xc3, 0xa9, 0xff, 122]));
});

test('addresses', () => {
  expect(written(out => out.address(IpAddress.parse('10.200.3.44')))).toBe('10.200.3.44');
  expect(written(out => out.address(IpAddress.parse('fe80::1:0:0:2')))).toBe('fe80::1:0:0:2');
  expect(written(out => out.lladdr(Uint8Array.of(2, 171)))).toBe('02:ab');
});

test('nothing is lost at the edge of the buffer, whatever is appended', () => {
  const long = 'x'.repeat(700);
  const use = (out: Sink): void => {
    for (let i = 0; i < 50; i++) {
      out.ascii(`row ${i} `);
      out.uint(i * 99991);
      out.byte(32);
      out.address(IpAddress.inet6(0xfd000000, 0, 0, i));
      out.text(' caf\u00e9 ');
      out.bytes(Uint8Array.of(1, 2, 3));
      if (i % 7 === 0) out.text(long);
      out.lladdr(new Uint8Array(20));
      out.byte(10);
    }
  };
  const whole = written(use);
  for (const size of [64, 100, 256, 1000]) expect(written(use, size)).toBe(whole);
});

class Script implements Output {
  readonly got: number[] = [];
  waits = 0;
  broken = 0;
  readonly #answers: number[];

  constructor(answers: number[]) {
    this.#answers = answers;
  }

  write(buffer: Uint8Array, offset: number, length: number): number {
    const answer = this.#answers.shift() ?? length;
    if (answer > 0) this.got.push(...buffer.subarray(offset, offset + Math.min(answer, length)));
    return Math.min(answer, length);
  }

  wait(): void {
    this.waits++;
  }

  brokenPipe(): void {
    this.broken++;
  }
}

describe('writes', () => {
  test('short ones, EAGAIN and EINTR go on where they stopped', () => {
    const output = new Script([1, -11, 2, -4, 0, 1]);
    const out = new Sink(output);
    out.ascii('abcdef');
    out.flush();
    expect(String.fromCharCode(...output.got)).toBe('abcdef');
    expect(output.waits).toBe(1);
    expect(out.failed).toBe(0);
  });

  test('a broken pipe is told once and stops all further writes', () => {
    const output = new Script([-32]);
    const out = new Sink(output);
    out.ascii('abc');
    out.flush();
    out.ascii('def');
    out.flush();
    expect(output.broken).toBe(1);
    expect(out.failed).toBe(32);
    expect(output.got).toEqual([]);
  });

  test('a full device is remembered', () => {
    const out = new Sink(new Script([-28]));
    out.ascii('abc');
    out.flush();
    expect(out.failed).toBe(28);
  });
});
