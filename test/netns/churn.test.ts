import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {execa} from 'execa';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {prepareNamespace, unshareArgv} from '../helpers/netns.js';
import {referenceTool} from '../helpers/tools.js';
import {cases} from './churn.cases.js';

referenceTool('unshare');
const folder = mkdtempSync(join(tmpdir(), 'tsip-churn-'));
const child = join(folder, 'child.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'churn.child.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile: child,
    // The addon is found from where the library's source lies.
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/native.ts')).href)},
  });
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test.each(Object.keys(cases))('%s', async name => {
  const [file = '', ...argv] = unshareArgv;
  const script = `${prepareNamespace}\nexec "$0" "$@"`;
  const result = await execa(file, [...argv, 'sh', '-c', script, process.execPath, child, name], {
    reject: false,
    timeout: 50_000,
  });
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
});
