import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {Protocols, Services} from '../../../src/names/services.js';
import {Names} from '../../../src/names/tables.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'names-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

function names(files: Record<string, string>): {names: Names; warnings: string[]} {
  for (const [file, text] of Object.entries(files)) {
    if (file.includes('/')) mkdirSync(join(folder, file, '..'), {recursive: true});
    writeFileSync(join(folder, file), text);
  }
  const warnings: string[] = [];
  return {names: new Names(folder, line => warnings.push(line)), warnings};
}

describe('rt_tables', () => {
  test('decimal, hexadecimal, blanks and comments', () => {
    const {names: found} = names({
      rt_tables:
        '# c\n100 foo\n0x65 bar\n 102 baz\n\t103\tqux\n104 a b c\n105 x#y\n106 z #c\n107 #q\n010 oct\n200 cr\r\n',
    });
    const ids = ['foo', 'bar', 'baz', 'qux', 'a', 'x#y', 'z', '#q', 'oct', 'cr'].map(n => found.table.toNumber(n));
    expect(ids).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 10, 200]);
    for (const none of ['b', 'x', 'nosuch']) expect(found.table.toNumber(none)).toBeUndefined();
  });
  test('the last name of a number shows, the first number in bucket order is found', () => {
    const {names: found} = names({rt_tables: '100 foo\n100 bar\n101 foo\n'});
    expect(found.table.name(100)).toBe('bar');
    expect(found.table.toNumber('foo')).toBe(100);
    expect(found.table.toNumber('bar')).toBe(100);
  });
  test('numbers beyond 31 bits', () => {
    const {names: found} = names({rt_tables: '70000 big\n4294967295 max\n4294967296 over\n-5 neg\n'});
    expect(['big', 'max', 'over', 'neg'].map(n => found.table.toNumber(n))).toEqual([70000, undefined, 0, undefined]);
  });
  test('a line that is no entry ends the file', () => {
    const {names: found, warnings} = names({rt_tables: '200 ok\nabc\n201 late\n'});
    expect(found.table.name(200)).toBe('ok');
    expect(found.table.name(201)).toBeUndefined();
    expect(warnings).toEqual([`Database ${folder}/rt_tables is corrupted at abc\n\n`]);
  });
  test('known without a file', () => {
    const {names: found} = names({});
    expect([253, 254, 255, 0].map(n => found.table.toText(n))).toEqual(['default', 'main', 'local', '0']);
  });
  test('a built-in name still finds its number when it is renamed', () => {
    const {names: found} = names({rt_tables: '254 principal\n'});
    expect(found.table.toNumber('main')).toBe(254);
    expect(found.table.name(254)).toBe('principal');
  });
  test('parts end in .conf and do not start with a dot', () => {
    const {names: found} = names({
      'rt_tables.d/b.conf': '101 b\n',
      'rt_tables.d/README': '102 c\n',
      'rt_tables.d/.h.conf': '103 d\n',
    });
    expect([101, 102, 103].map(n => found.table.name(n))).toEqual(['b', undefined, undefined]);
  });
});

describe('other files', () => {
  test('protocols, scopes, realms and dsfields hold 8 bits', () => {
    const file = '300 foo\n5 five\n';
    const {names: found} = names({rt_protos: file, rt_scopes: file, rt_realms: file, rt_dsfield: file, group: file});
    for (const table of [found.protocol, found.scope, found.realm, found.dsfield]) {
      expect([table.toNumber('foo'), table.toNumber('five')]).toEqual([undefined, 5]);
    }
    expect(found.group.toNumber('foo')).toBe(300);
  });
  test('only tables and protocols have parts', () => {
    const parts = ['rt_tables', 'rt_protos', 'rt_scopes', 'rt_realms', 'rt_dsfield', 'group'];
    const {names: found} = names(Object.fromEntries(parts.map(file => [`${file}.d/x.conf`, '77 part\n'])));
    const {table, protocol, scope, realm, dsfield, group} = found;
    expect([table, protocol, scope, realm, dsfield, group].map(t => t.toNumber('part'))).toEqual([
      77,
      77,
      ...Array(4).fill(undefined),
    ]);
  });
  test('known without files', () => {
    const {names: found} = names({});
    expect([0, 200, 253, 254, 255, 9].map(n => found.scope.toText(n))).toEqual([
      'global',
      'site',
      'link',
      'host',
      'nowhere',
      '9',
    ]);
    expect([0, 2, 4, 186, 5].map(n => found.protocol.toText(n))).toEqual(['unspec', 'kernel', 'static', 'bgp', '5']);
    expect(found.protocol.toText(2, true)).toBe('2');
  });
});

test('services and protocols', () => {
  writeFileSync(join(folder, 's'), 'ssh 22/tcp # shell\ndomain 53/tcp\ndomain 53/udp dns\n\n# x\n');
  writeFileSync(join(folder, 'p'), 'tcp 6 TCP\nudp 17 UDP # u\n');
  const services = new Services(join(folder, 's'));
  const protocols = new Protocols(join(folder, 'p'));
  expect([services.name(22, 'tcp'), services.name(22, 'udp'), services.port('dns')]).toEqual(['ssh', undefined, 53]);
  expect([protocols.name(6), protocols.number('UDP'), protocols.number('x')]).toEqual(['tcp', 17, undefined]);
});
