import {describe, expect, test} from 'vitest';
import {type OptionEffects, parseOptions, type SsOptions} from '../../../src/ss/options.js';
import {FAMILY, TABLE} from '../../../src/ss/tables.js';

const effects: OptionEffects = {
  enterNamespace: async () => {},
  openFilter: async () => () => '',
};

async function parsed(line: string, posix = false): Promise<SsOptions> {
  const options = await parseOptions(line.split(' '), effects, posix);
  if (typeof options === 'string') throw new Error(options);
  return options;
}

describe('tables, families and states', () => {
  test('an option brings its table, all of its families, its states', async () => {
    expect(await parsed('-u')).toMatchObject({tables: TABLE.udp, families: FAMILY.inet | FAMILY.inet6, states: 0x2});
    expect(await parsed('-t')).toMatchObject({tables: TABLE.tcp, states: 0xb37});
    expect(await parsed('-tu')).toMatchObject({tables: TABLE.tcp | TABLE.udp, states: 0xb37});
    expect(await parsed('-0')).toMatchObject({tables: TABLE.packetRaw | TABLE.packetDgram, states: 0x80});
  });
  test('a family brings the tables it has no table of yet', async () => {
    expect((await parsed('-4 -t')).tables).toBe(TABLE.tcp);
    expect((await parsed('-4')).tables & (TABLE.tcp | TABLE.raw | TABLE.unixStream)).toBe(TABLE.tcp | TABLE.raw);
    expect(await parsed('--tipc')).toMatchObject({tables: TABLE.tipc, states: 0x482});
    expect(await parsed('-u -f tipc')).toMatchObject({tables: TABLE.udp | TABLE.tipc, states: 0x482});
  });
  test('the first query forgets tables named before', async () => {
    expect((await parsed('-t -A udp')).tables).toBe(TABLE.udp);
    expect((await parsed('-A udp -t')).tables).toBe(TABLE.tcp | TABLE.udp);
    expect((await parsed('-A all,!tcp,!unix')).tables & (TABLE.tcp | TABLE.unixDgram | TABLE.udp)).toBe(TABLE.udp);
    expect((await parsed('-A !tcp')).tables).toBe(0);
    expect(await parsed('-u -A udp')).toMatchObject({states: 0xb37, defaultStates: 0x2});
    expect(await parsed('-A udp,u_dgr')).toMatchObject({states: 0xb37, defaultStates: 0x82});
    expect(await parsed('-A udp,tipc,!tipc')).toMatchObject({states: 0xb37, defaultStates: 0x482});
  });
  test('-a and -l, the last one counts', async () => {
    expect(await parsed('-l -a -t')).toMatchObject({states: 0xfff});
    expect(await parsed('-a -l -t')).toMatchObject({states: 0x480});
  });
});

test('words and their order', async () => {
  expect((await parsed('dst 1.2.3.4 -t')).filter).toEqual(['dst', '1.2.3.4']);
  expect((await parsed('dst 1.2.3.4 -t', true)).filter).toEqual(['dst', '1.2.3.4', '-t']);
  expect((await parsed('-t -- -n')).filter).toEqual(['-n']);
});

test('our own options are found by their whole name only', async () => {
  expect(await parsed('--json -t')).toMatchObject({format: 'json'});
  expect(await parsed('-tj --pretty')).toMatchObject({format: 'pretty'});
  await expect(parsed('--n')).rejects.toThrow(
    "option '--n' is ambiguous; possibilities: '--numeric' '--net' '--no-header'",
  );
  await expect(parsed('--nd')).rejects.toThrow("unrecognized option '--nd'");
});

test('refusals', async () => {
  await expect(parsed('-f bogus')).rejects.toThrow('ss: "bogus" is invalid family');
  await expect(parsed('-A tcp,,udp')).rejects.toThrow('ss: "" is illegal socket table id');
  await expect(parsed('-t -Z -Q')).rejects.toThrow('ss: SELinux is not enabled.');
});
