import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eachVrfProcess} from '../../../src/ops/vrfPids.js';
import {bindingProgram} from '../../../src/ops/vrfProgram.js';
import {hex} from '../../helpers/hex.js';

describe('the program of a VRF', () => {
  test('sets bound_dev_if, the first word of struct bpf_sock, and says yes', () => {
    expect(bindingProgram(0x01020304)).toEqual(
      hex(`
        b7 02 00 00  04 03 02 01   # r2 = index
        63 21 00 00  00 00 00 00   # *(u32 *)(r1 + 0) = r2
        b7 00 00 00  01 00 00 00   # r0 = 1
        95 00 00 00  00 00 00 00   # exit
      `),
    );
  });
});

describe('processes of a VRF', () => {
  let root = '';
  const groups: readonly (readonly [folder: string, pid: string])[] = [
    ['', '1'],
    ['a', '2'],
    ['blue-ns', '3'],
    ['a/blue-ns', '4'],
    ['x-blue-ns', '5'],
    ['blue-ns/red-ns', '6'],
    ['vrf/q', '7'],
  ];
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'vrf-'));
    for (const [folder, pid] of groups) {
      const path = join(root, folder, 'vrf/red');
      mkdirSync(path, {recursive: true});
      writeFileSync(join(path, 'cgroup.procs'), `${pid}\n`);
    }
  });
  afterAll(() => rmSync(root, {recursive: true}));

  const found = (netns: string): string[] => {
    const pids: string[] = [];
    expect(eachVrfProcess('red', root, netns, ({pid}) => pids.push(pid))).toBe(true);
    return pids.sort();
  };
  test('without a name for our namespace those of all groups count', () => {
    expect(found('')).toEqual(['1', '2', '3', '4', '5', '6']);
  });
  test('a named namespace has groups of its own', () => {
    expect(found('blue')).toEqual(['3', '4']);
    expect(found('red')).toEqual(['6']);
  });
  test('a folder that cannot be read ends it', () => {
    expect(eachVrfProcess('red', join(root, 'nosuch'), '', () => {})).toBe(false);
  });
  test('a process has the name its status gives, or has ended', () => {
    const folder = join(root, 'other/vrf/own');
    mkdirSync(folder, {recursive: true});
    writeFileSync(join(folder, 'cgroup.procs'), `${process.pid}\n${2 ** 30}\n`);
    const names: (string | undefined)[] = [];
    eachVrfProcess('own', root, '', ({name}) => names.push(name));
    expect(names).toEqual([expect.stringMatching(/./), undefined]);
  });
});
