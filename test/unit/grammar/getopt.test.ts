import {describe, expect, test} from 'vitest';
import {Getopt, type GetoptSpec} from '../../../src/grammar/getopt.js';

const spec: GetoptSpec = {
  short: 'tnf:I::',
  long: [
    {name: 'numeric', value: 'n'},
    {name: 'net', argument: 'required', value: 'N'},
    {name: 'tcp', value: 't'},
    {name: 'tos', value: 'tos'},
    {name: 'inet', value: 'family'},
    {name: 'inet6', value: 'family'},
  ],
};

function read(argv: readonly string[], posix = false): {found: string[]; rest: string[]} {
  const getopt = new Getopt(argv, spec, posix);
  const found: string[] = [];
  for (let one = getopt.next(); one !== undefined; one = getopt.next()) {
    found.push(
      'message' in one
        ? one.message
        : `${one.option}${one.name && `(${one.name})`}${one.argument === undefined ? '' : `=${one.argument}`}`,
    );
  }
  return {found, rest: getopt.rest};
}

describe('getopt', () => {
  test('bundles, arguments in the same word and in the next', () => {
    expect(read(['-tn', '-tfinet', '-f', 'inet6', '-I', '-Ieth0']).found).toEqual([
      't',
      'n',
      't',
      'f=inet',
      'f=inet6',
      'I',
      'I=eth0',
    ]);
  });

  test('words between options are collected, all after -- too', () => {
    expect(read(['a', '-t', '-', '--', '-n'])).toEqual({found: ['t'], rest: ['a', '-', '-n']});
    expect(read(['-t', 'a', '-n'], true)).toEqual({found: ['t'], rest: ['a', '-n']});
  });

  test('long options by their beginning', () => {
    expect(read(['--num', '--net=x', '--net', 'y', '--inet6', '--ine']).found).toEqual([
      'n(numeric)',
      'N(net)=x',
      'N(net)=y',
      'family(inet6)',
      'family(inet)',
    ]);
  });

  test('mistakes in the words of the C library', () => {
    expect(read(['-x', '-t-', '-f']).found).toEqual([
      "invalid option -- 'x'",
      't',
      "invalid option -- '-'",
      "option requires an argument -- 'f'",
    ]);
    expect(read(['--n', '--t=1', '--foo=1', '--tcp=1', '--net']).found).toEqual([
      "option '--n' is ambiguous; possibilities: '--numeric' '--net'",
      "option '--t=1' is ambiguous; possibilities: '--tcp' '--tos'",
      "unrecognized option '--foo=1'",
      "option '--tcp' doesn't allow an argument",
      "option '--net' requires an argument",
    ]);
  });
});
