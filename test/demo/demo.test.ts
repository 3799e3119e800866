import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Command lines of all processes, for those that a story might leave behind. */
function processes(): string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name));
}

test('the README story holds, and leaves no process behind', {timeout: 120_000}, () => {
  const marker = `demo-${process.pid}`;
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(root, 'scripts/demo.mjs')], {
    encoding: 'utf8',
    env: {...process.env, DEMO_MARKER: marker},
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/All claims hold\.\n$/);
  expect(status).toBe(0);
  const left = processes().filter(pid => {
    const {stdout: environment} = spawnSync('cat', [`/proc/${pid}/environ`], {encoding: 'latin1'});
    return environment.includes(marker);
  });
  expect(left).toEqual([]);
});
