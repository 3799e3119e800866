import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {fixtures} from '../helpers/differential.js';
import {prepareNamespace, unshareArgv} from '../helpers/netns.js';
import {referencePath, referenceTool} from '../helpers/tools.js';

/*
 * Every docs/examples/X.mjs stands word for word in docs/X.md as a `js` block, with what it prints in the `text` block
 * behind it. It runs in a fresh namespace with the fixture `net`.
 */

referenceTool('ip');
const root = join(import.meta.dirname, '../..');
const names = readdirSync(join(root, 'docs/examples')).map(file => file.replace(/\.mjs$/, ''));
const folder = mkdtempSync(join(tmpdir(), 'tsip-examples-'));

beforeAll(async () => {
  await build({
    entryPoints: names.map(name => join(root, `docs/examples/${name}.mjs`)),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    alias: {tsiproute2: join(root, 'src/index.ts')},
    // The addon is found from where the library's source lies.
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'src/native.ts')).href)},
  });
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe.each(names)('docs/examples/%s.mjs', name => {
  const source = readFileSync(join(root, `docs/examples/${name}.mjs`), 'utf8');
  const page = readFileSync(join(root, `docs/${name}.md`), 'utf8');
  const block = `\`\`\`js\n${source}\`\`\`\n`;

  test('stands in its page', () => {
    expect(page).toContain(block);
  });

  test('prints what its page says', async () => {
    const [file = '', ...argv] = unshareArgv;
    const script = [prepareNamespace, ...fixtures.net, 'exec "$0" "$@"'].join('\n');
    const result = await execa(file, [...argv, 'sh', '-ec', script, process.execPath, join(folder, `${name}.mjs`)], {
      reject: false,
      timeout: 20_000,
      env: {PATH: referencePath},
    });
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(0);
    const after = page.slice(page.indexOf(block) + block.length);
    expect(`${result.stdout}\n`).toBe(/^\s*```text\n([\s\S]*?)^```$/m.exec(after)?.[1]);
  });
});
