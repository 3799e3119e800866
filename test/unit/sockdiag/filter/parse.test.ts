import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../../src/addr/ip.js';
import {UsageError} from '../../../../src/errors.js';
import type {Expression, Host} from '../../../../src/sockdiag/filter/expression.js';
import {parseFilter} from '../../../../src/sockdiag/filter/filter.js';
import type {FilterNames} from '../../../../src/sockdiag/filter/hosts.js';
import {FilterSyntaxError} from '../../../../src/sockdiag/filter/parse.js';

const names: FilterNames = {
  service: name => ({ssh: 22, http: 80})[name],
  resolve: (name, family) => {
    const all = name === 'localhost' ? ['127.0.0.1', '::1'] : [];
    return all.map(text => IpAddress.parse(text)).filter(one => family === 0 || one.family === family);
  },
  ifindex: name => ({lo: 1, wan0: 2})[name],
  cgroup: path => (path === '/group' ? 7n : 'No such group'),
  netlinkProtocol: name => ({rtnl: 0, genl: 16})[name],
  etherProtocol: name => ({ip: 0x800})[name],
};

function parse(text: string | readonly string[], family = 0) {
  return parseFilter(typeof text === 'string' ? [text] : text, family, names, () => ({low: 1, high: 2}));
}

/** One line for a tree. */
function show(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.operands.map(show).join(` ${expression.kind} `)})`;
    case 'not':
      return `!${show(expression.operand)}`;
    case 'host':
      return `${expression.side}=${expression.hosts.map(showHost).join()}`;
    case 'least':
    case 'most':
      return `${expression.side}${expression.kind === 'least' ? '>=' : '<='}${expression.port}`;
    case 'dev':
      return `dev${expression.index}`;
    case 'mark':
      return `mark${expression.mark.toString(16)}/${expression.mask.toString(16)}`;
    case 'cgroup':
      return `cgroup${expression.id}`;
    case 'autobound':
      return 'auto';
  }
}

function showHost({family, words, bits, port, pattern}: Host): string {
  if (pattern !== undefined) return pattern;
  const [w0, w1, w2, w3] = words;
  const address =
    family === 2 || family === 10
      ? `${String(new IpAddress(family, w0, w1, w2, w3))}/${bits}`
      : `${family}.${(w0 >>> 0).toString(16).padStart(8, '0')}/${bits}`;
  return `${bits === 0 && family === 0 ? '' : address}:${port}`;
}

function refusal(text: string, family = 0): readonly string[] {
  try {
    parse(text, family);
  } catch (error) {
    if (error instanceof UsageError) return [String(error.status), ...error.lines];
    throw error;
  }
  return [];
}

describe('the grammar', () => {
  test.each([
    ['sport = 1 or sport = 2 sport = 3', '((local=:1 or local=:2) and local=:3)'],
    ['sport = 1 or ( sport = 2 sport = 3 )', '(local=:1 or (local=:2 and local=:3))'],
    ['sport = 1 and sport = 2 sport = 3', '(local=:1 and local=:2 and local=:3)'],
    ['( sport = 1 and sport = 2 ) sport = 3', '((local=:1 and local=:2) and local=:3)'],
    ['sport = 1 sport = 2 or sport = 3', '((local=:1 and local=:2) or local=:3)'],
    ['not sport = 1 sport = 2', '(!local=:1 and local=:2)'],
    ['! not sport = 1', '!!local=:1'],
    ['( sport = 1 || sport = 2 ) && dport 3', '((local=:1 or local=:2) and peer=:3)'],
    ['sport = 1 | sport = 2 & dport 3', '((local=:1 or local=:2) and peer=:3)'],
    ['autobound or dev lo', '(auto or dev1)'],
    ['dport != 1', '!peer=:1'],
    ['dport > 1', '!peer<=1'],
    ['dport lt 1', '!peer>=1'],
    ['dport geq 1', 'peer>=1'],
    ['dport <= 1', 'peer<=1'],
    ['dport \\>= \\:1', 'peer>=1'],
    ['dev != wan0', '!dev2'],
    ['dev 0x7', 'dev7'],
    ['fwmark 0x10/0xff', 'mark10/ff'],
    ['fwmark 010x', 'mark8/ffffffff'],
    ['fwmark -1', 'markffffffff/ffffffff'],
    ['cgroup ne /group', '!cgroup7'],
  ])('%s', (text, tree) => {
    expect(show(parse(text)?.expression as Expression)).toBe(tree);
  });

  test('words may stand in one argument or in several', () => {
    const filter = parse(['( sport', '=', ':ssh', 'or', 'dport\t= http )']);
    expect(show(filter?.expression as Expression)).toBe('(local=:22 or peer=:80)');
  });

  test('no words are no filter', () => {
    expect(parse([])).toBeUndefined();
    expect(parse(['', ' \t'])).toBeUndefined();
  });

  test.each([
    'or',
    'dport',
    '(',
    ')',
    '( )',
    'dport = 1 )',
    'dport = 1 and or dport = 2',
    'dport = = 1',
    'dport 1 2',
    'dst',
    'src != 1.2.3.4',
    'dev > lo',
    'fwmark le 1',
    'autobound = 1',
    '127.0.0.1',
    'not',
    'sport ! = 1',
    'sport and',
  ])('%s is out of place', text => {
    expect(() => parse(text)).toThrow(FilterSyntaxError);
  });

  test('a value is read as the last subject says, before its place is looked at', () => {
    expect(refusal('bogus')).toEqual([
      '1',
      'Error: an inet prefix is expected rather than "bogus".',
      'Cannot parse dst/src address.',
    ]);
    expect(refusal('dport = 1 bogus')[1]).toBe('Error: "bogus" does not look like a port.');
    expect(refusal('dev lo bogus')).toEqual(['1', 'Cannot parse device.']);
    expect(refusal('fwmark 1 bogus')).toEqual(['1', 'Cannot parse mark bogus.']);
    expect(refusal('cgroup /none')).toEqual(['1', 'No such group', 'Cannot parse cgroup /none.']);
  });
});

describe('hosts', () => {
  test.each([
    [0, 'src 193.233.7/24', 'local=193.233.7.0/24:-1'],
    [0, 'src 10:ssh', 'local=10.0.0.0/32:22'],
    [0, 'src [::1]:22', 'local=::1/128:22'],
    [0, 'src ::1:22', 'local=::1/128:22'],
    [0, 'src [fd00::/64]:http', 'local=fd00::/64:80'],
    [0, 'src fd00::/64', 'local=fd00::/64:-1'],
    [0, 'src ::/0:22', 'local=::/0:22'],
    [0, 'src *:22', 'local=:22'],
    [0, 'src :22', 'local=:22'],
    [0, 'src *', 'local=:-1'],
    [0, 'src default', 'local=:-1'],
    [2, 'src default', 'local=0.0.0.0/0:-1'],
    [0, 'src 10/8:*', 'local=10.0.0.0/8:-1'],
    [0, 'src localhost:22', 'local=127.0.0.1/32:22,::1/128:22'],
    [10, 'src localhost', 'local=::1/128:-1'],
    [0, 'src inet:localhost', 'local=127.0.0.1/32:-1'],
    [0, 'sport = *:22', 'local=:-1'],
    [0, 'sport = [22]:80', 'local=:22'],
    [0, 'sport = -1', 'local=:-1'],
    [0, 'sport = 0x16', 'local=:22'],
    [1, 'src /tmp/.X11-unix/*', 'local=/tmp/.X11-unix/*'],
    [0, 'src unix:@a:b', 'local=@a:b'],
    [1, 'sport = 22', 'local=22'],
    [17, 'src ip:lo', 'local=17.00080000/32:1'],
    [17, 'src :2', 'local=17.00000000/0:2'],
    [16, 'src genl:kernel', 'local=16.10000000/32:0'],
    [16, 'sport = :5', 'local=16.00000000/0:5'],
    [40, 'src 2:1024', 'local=40.00000000/0:1024'],
  ])('%i %s', (family, text, tree) => {
    expect(show(parse(text, family)?.expression as Expression)).toBe(tree);
  });

  test('a family that a word names holds for all that follow', () => {
    expect(parse('src 127.0.0.1 or src [::1]')?.family).toBeUndefined();
    expect(parse('src inet:127.0.0.1 dst 127.0.0.2')?.family).toBe(2);
    expect(parse('src inet:127.0.0.1 or src inet6:*')?.family).toBe(10);
    expect(refusal('src inet6:[::1] or src 127.0.0.1')[1]).toBe(
      'Error: an inet prefix is expected rather than "127.0.0.1".',
    );
  });

  test.each([
    [0, 'src ::1', 'Error: an inet prefix is expected rather than ":".'],
    [0, 'src [::1]x', 'Error: "x" does not look like a port.'],
    [0, 'src [::1', 'Cannot parse dst/src address.'],
    [0, 'src 10/33', 'Error: an inet prefix is expected rather than "10/33".'],
    [0, 'src localhost/8', 'Error: an inet prefix is expected rather than "localhost/8".'],
    [0, 'src a:b', 'Error: "b" does not look like a port.'],
    [0, 'sport = 1.2.3.4:80', 'Error: "1.2.3.4:80" does not look like a port.'],
    [0, 'sport = 2147483648', 'Error: "2147483648" does not look like a port.'],
    [2, 'src [::1]', 'Error: an inet prefix is expected rather than "::1".'],
    [10, 'src 127.0.0.1', 'Error: an inet prefix is expected rather than "127.0.0.1".'],
    [16, 'src route', 'Cannot parse dst/src address.'],
    [17, 'src ip:nosuch', 'Cannot parse dst/src address.'],
    [40, 'src 1:', 'Cannot parse dst/src address.'],
  ])('%i %s is refused', (family, text, line) => {
    expect(refusal(text, family)[1]).toBe(line);
  });
});
