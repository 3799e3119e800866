import {expect, test} from 'vitest';
import {IpAddress} from '../../../../src/addr/ip.js';
import {compileBytecode} from '../../../../src/sockdiag/filter/bytecode.js';
import {evaluate} from '../../../../src/sockdiag/filter/evaluate.js';
import type {Expression, Host, Side} from '../../../../src/sockdiag/filter/expression.js';
import {Subject} from '../../../../src/sockdiag/filter/subject.js';
import {checkProgram, runProgram} from './machine.js';

const RANGE = {low: 32768, high: 60999};

/** Numbers that look random and are the same in each run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const addresses = ['127.0.0.1', '127.0.0.2', '10.0.0.1', '::1', 'fe80::1', '::ffff:127.0.0.1'].map(text =>
  IpAddress.parse(text),
);
const ports = [0, 22, 80, 443, 40000, 65535];

function randomHost(random: (below: number) => number): Host {
  const port = random(2) === 0 ? -1 : (ports[random(ports.length)] as number);
  if (random(4) === 0) return {family: 0, words: [0, 0, 0, 0], bits: 0, port};
  const {family, w0, w1, w2, w3, bits} = addresses[random(addresses.length)] as IpAddress;
  return {family, words: [w0, w1, w2, w3], bits: random(2) === 0 ? bits : 1 + random(bits), port};
}

function randomExpression(random: (below: number) => number, depth: number): Expression {
  const side: Side = random(2) === 0 ? 'local' : 'peer';
  const port = ports[random(ports.length)] as number;
  switch (random(depth > 0 ? 9 : 6)) {
    case 0:
      return {kind: 'host', side, hosts: [randomHost(random)]};
    case 1:
      return {kind: 'least', side, port};
    case 2:
      return {kind: 'most', side, port};
    case 3:
      return {kind: 'mark', mark: random(4), mask: random(8)};
    case 4:
      return {kind: 'cgroup', id: BigInt(random(3)) << BigInt(16 * random(3))};
    case 5:
      return {kind: 'autobound'};
    case 6:
      return {kind: 'not', operand: randomExpression(random, depth - 1)};
    default:
      return {
        kind: random(2) === 0 ? 'and' : 'or',
        operands: Array.from({length: random(4)}, () => randomExpression(random, depth - 1)),
      };
  }
}

/**
 * A socket whose family is the one of its addresses. Conditions for another family differ on purpose between the kernel and
 * `evaluate`, see there; so do the expressions below only get sockets that no condition's address is of another family than.
 */
function randomSubject(random: (below: number) => number, family: number): Subject {
  const subject = new Subject();
  const some = addresses.filter(one => one.family === family);
  const local = some[random(some.length)] as IpAddress;
  const peer = some[random(some.length)] as IpAddress;
  Object.assign(subject, {family, l0: local.w0, l1: local.w1, l2: local.w2, l3: local.w3});
  Object.assign(subject, {r0: peer.w0, r1: peer.w1, r2: peer.w2, r3: peer.w3});
  subject.localPort = ports[random(ports.length)] as number;
  subject.peerPort = ports[random(ports.length)] as number;
  subject.mark = random(8);
  subject.cgroupLow = random(3);
  return subject;
}

/** Takes conditions of other families out. */
function ofFamily(expression: Expression, family: number): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.every(operand => ofFamily(operand, family));
    case 'not':
      return ofFamily(expression.operand, family);
    case 'host':
      return expression.hosts.every(host => host.family === 0 || host.family === family);
    default:
      return true;
  }
}

test('the program decides as evaluate does, and the kernel would take it', () => {
  const random = generator(5);
  let matched = 0;
  let tried = 0;
  for (let round = 0; round < 4000; round++) {
    const expression = randomExpression(random, 1 + random(5));
    const program = compileBytecode(expression) as Uint8Array;
    checkProgram(program);
    for (const family of [2, 10]) {
      if (!ofFamily(expression, family)) continue;
      for (let i = 0; i < 3; i++) {
        const subject = randomSubject(random, family);
        const expected = evaluate(expression, subject, () => RANGE);
        const got = runProgram(program, subject, RANGE);
        if (got !== expected) expect({expression, subject, got}).toEqual({expression, subject, got: expected});
        tried++;
        if (expected) matched++;
      }
    }
  }
  expect(tried).toBeGreaterThan(5000);
  expect(matched / tried).toBeGreaterThan(0.2);
  expect(matched / tried).toBeLessThan(0.8);
});

test('an IPv4 condition holds for the IPv6 address that contains it', () => {
  const {w0} = IpAddress.parse('127.0.0.1');
  const expression: Expression = {
    kind: 'host',
    side: 'local',
    hosts: [{family: 2, words: [w0, 0, 0, 0], bits: 32, port: -1}],
  };
  const subject = new Subject();
  Object.assign(subject, {family: 10, l2: 0xffff, l3: w0});
  expect(evaluate(expression, subject, () => RANGE)).toBe(true);
  expect(runProgram(compileBytecode(expression) as Uint8Array, subject, RANGE)).toBe(true);
});

test('interfaces, names of UNIX sockets and programs with too long jumps are not for the kernel', () => {
  const dev: Expression = {kind: 'dev', index: 1};
  const auto: Expression = {kind: 'autobound'};
  expect(compileBytecode(dev)).toBeUndefined();
  expect(compileBytecode({kind: 'not', operand: {kind: 'or', operands: [auto, dev]}})).toBeUndefined();
  const unix: Host = {family: 1, words: [0, 0, 0, 0], bits: 0, port: -1, pattern: '*'};
  expect(compileBytecode({kind: 'host', side: 'local', hosts: [unix]})).toBeUndefined();
  const marks = (count: number): Expression => ({
    kind: 'and',
    operands: Array.from({length: count}, () => ({kind: 'mark', mark: 1, mask: 1})),
  });
  expect(compileBytecode(marks(5000))).toBeDefined();
  expect(compileBytecode(marks(6000))).toBeUndefined();
});

test('a port condition is one operation of 12 bytes', () => {
  // ss -tn 'sport = :22', without the four bytes of padding that ss 6.1 sends behind it
  const program = compileBytecode({
    kind: 'host',
    side: 'local',
    hosts: [{family: 0, words: [0, 0, 0, 0], bits: 0, port: 22}],
  });
  expect(Buffer.from(program ?? []).toString('hex')).toBe('070c10000000000016000000');
});
