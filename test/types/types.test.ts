import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');

async function compile(project: string): Promise<void> {
  const result = await execa(process.execPath, [tsc, '-p', project], {reject: false, timeout: 120_000});
  expect(result.stdout).toBe('');
  expect(result.exitCode).toBe(0);
}

test('public types compile where they should, and only there', () => compile(import.meta.dirname), 120_000);

test('TypeScript of the documentation compiles', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsip-types-'));
  try {
    let count = 0;
    for (const page of ['README.md', ...readdirSync(join(root, 'docs')).map(name => `docs/${name}`)]) {
      if (!page.endsWith('.md')) continue;
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, block = ''] of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
        if (block.includes("from 'tsiproute2'")) writeFileSync(join(folder, `block${++count}.mts`), block);
      }
    }
    expect(count).toBeGreaterThan(0);
    const options = {
      rootDir: '/',
      noEmit: true,
      noUnusedLocals: false,
      paths: {tsiproute2: [join(root, 'src/index.ts')]},
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const config = {extends: join(root, 'tsconfig.json'), compilerOptions: options, include: ['*.mts']};
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await compile(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}, 120_000);
