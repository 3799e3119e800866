import {join} from 'node:path';
import {execa} from 'execa';
import {expect, test} from 'vitest';

test('public types compile where they should, and only there', async () => {
  const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  const result = await execa(process.execPath, [tsc, '-p', import.meta.dirname], {reject: false, timeout: 60_000});
  expect(result.stdout).toBe('');
  expect(result.exitCode).toBe(0);
}, 60_000);
