import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Rows from the lowest up; names in one row may not import each other. */
const rows: readonly (readonly string[])[] = [
  ['src/errno.ts'],
  ['src/errors.ts'],
  ['src/addr'],
  ['src/names'],
  ['src/grammar', 'src/view'],
  ['src/native.ts'],
  ['src/netlink'],
  ['src/io.ts'],
  ['src/procfs'],
  ['src/rtnetlink', 'src/sockdiag', 'src/genetlink'],
  ['src/index.ts', 'src/ops'],
  ['src/iproute', 'src/ss', 'src/nettools'],
  ['src/cli'],
  ['commands'],
];

/** What the public library may not know. */
const privateRows = 10;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)));
}

function place(file: string): {readonly row: number; readonly unit: string} {
  for (const [row, units] of rows.entries()) {
    const unit = units.find(name => file === name || file.startsWith(`${name}/`));
    if (unit !== undefined) return {row, unit};
  }
  throw new Error(`${file} belongs to no layer`);
}

const importPattern = /^(?:import|export)\s[^;'`]*?from '([^']+)'|import\('([^']+)'\)/gm;

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
  return [...text.matchAll(importPattern)].map(match => (match[1] ?? match[2]) as string);
}

const files = [...sources('src'), ...sources('commands')];

test('a module imports from its own folder or from lower rows', () => {
  const breaches: string[] = [];
  for (const file of files) {
    const from = place(file);
    for (const name of imports(file)) {
      if (!name.startsWith('.')) continue;
      const target = relative(root, join(root, dirname(file), name)).replace(/\.js$/, '.ts');
      const to = place(target);
      if (to.unit !== from.unit && to.row >= from.row) breaches.push(`${file} -> ${target}`);
    }
  }
  expect(breaches).toEqual([]);
});

test('the library is made of the typed operations and what is below them', () => {
  const seen = new Set<string>();
  const open = ['src/index.ts'];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const name of imports(file)) {
      if (name.startsWith('.')) open.push(relative(root, join(root, dirname(file), name)).replace(/\.js$/, '.ts'));
    }
  }
  expect([...seen].filter(file => file !== 'src/index.ts' && place(file).row >= privateRows)).toEqual([]);
});

test('only the loader of the addon loads it, and packages stay off the paths of the programs', () => {
  const allowed = new Map([
    ['node:fs', /./],
    ['ip-address', /^src\/addr\//],
    ['@oclif/core/command', /^src\/cli\/command.ts$/],
    ['@oclif/core', /^commands\/completion.ts$/],
  ]);
  const strangers = files.flatMap(file =>
    imports(file)
      .filter(name => !name.startsWith('.') && !allowed.get(name)?.test(file))
      .map(name => `${file} -> ${name}`),
  );
  expect(strangers).toEqual([]);
  const loaders = files.filter(file => readFileSync(join(root, file), 'utf8').includes('process.dlopen('));
  expect(loaders).toEqual(['src/native.ts']);
});

test('no barrel but the library', () => {
  expect(files.filter(file => /(^|\/)index\.ts$/.test(file) && !file.startsWith('commands/'))).toEqual([
    'src/index.ts',
  ]);
});
