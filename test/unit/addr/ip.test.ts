import {Address4, Address6} from 'ip-address';
import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {Prefix} from '../../../src/addr/prefix.js';

/** Deterministic random words: failures repeat. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

describe('text', () => {
  test.each([
    '0.0.0.0',
    '255.255.255.255',
    '192.168.1.1',
    '::',
    '::1',
    '1::',
    'fe80::1',
    '::ffff:1.2.3.4',
    '::1.2.3.4',
    '::1:0:0:0:1',
    '1:0:0:2::3',
    '1:2:3:4:5:6:7:8',
    '1:0:2:3:4:5:6:7',
    '0:1::',
    'ff02::fb',
    '2001:db8::a:0:0:1',
  ])('%s stays as it is', text => {
    expect(String(IpAddress.parse(text))).toBe(text);
  });

  test('only the mapped and compatible prefixes end in a dotted quad', () => {
    expect(String(IpAddress.parse('::ffff:0:1.2.3.4'))).toBe('::ffff:0:102:304');
  });

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    ' 1.2.3.4',
    '::1%lo',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '::1.2.3',
    ':1',
    '1:',
  ])('%j is refused', text => expect(() => IpAddress.parse(text)).toThrow(RangeError));

  test('IPv4 agrees with ip-address', () => {
    const next = random(1);
    for (let i = 0; i < 2000; i++) {
      const a = next();
      const ours = IpAddress.inet(a);
      const text = `${a >>> 24}.${(a >>> 16) & 255}.${(a >>> 8) & 255}.${a & 255}`;
      expect(String(ours)).toBe(text);
      expect(new Address4(text).bigInt()).toBe(BigInt(ours.a));
      expect(IpAddress.parse(text).equals(ours)).toBe(true);
    }
  });

  test('IPv6 agrees with ip-address', () => {
    const next = random(2);
    for (let i = 0; i < 3000; i++) {
      const mask = next();
      const group = (k: number): number => ((mask >>> k) & 1 ? next() >>> 16 : 0);
      const word = (k: number): number => ((group(k) << 16) | group(k + 1)) >>> 0;
      const ours = IpAddress.inet6(word(0), word(2), word(4), word(6));
      const theirs = new Address6(String(ours));
      const value = [ours.a, ours.b, ours.c, ours.d].reduce((sum, w) => (sum << 32n) | BigInt(w), 0n);
      expect(theirs.bigInt()).toBe(value);
      if (!String(ours).includes('.')) expect(String(ours)).toBe(theirs.correctForm());
      expect(IpAddress.parse(theirs.canonicalForm()).equals(ours)).toBe(true);
      expect(IpAddress.fromBytes(ours.bytes(), 0, 16).equals(ours)).toBe(true);
    }
  });
});

describe('Prefix', () => {
  test('contains, network and last agree with ip-address', () => {
    const next = random(3);
    for (let i = 0; i < 500; i++) {
      const prefix = new Prefix(IpAddress.inet(next()), next() % 33);
      const theirs = new Address4(String(prefix));
      expect(String(prefix.network)).toBe(theirs.startAddress().correctForm());
      expect(String(prefix.last)).toBe(theirs.endAddress().correctForm());
      const other = new Prefix(IpAddress.inet6(0x20010db8, next(), next(), next()), next() % 129);
      const theirs6 = new Address6(String(other));
      expect(String(new Address6(String(other.network)).correctForm())).toBe(theirs6.startAddress().correctForm());
      expect(String(new Address6(String(other.last)).correctForm())).toBe(theirs6.endAddress().correctForm());
      expect(other.contains(other.last)).toBe(true);
    }
    expect(Prefix.parse('10.0.0.0/8').contains(IpAddress.parse('11.0.0.0'))).toBe(false);
    expect(Prefix.parse('::/0').contains(IpAddress.parse('11.0.0.0'))).toBe(false);
  });

  test.each(['10.0.0.0/33', '10.0.0.0/', '10/8', '10.0.0.0/08', '::/129', '::/-1'])('%j is refused', text =>
    expect(() => Prefix.parse(text)).toThrow(RangeError),
  );
});
