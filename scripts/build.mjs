// Builds dist/: the programs as flat CommonJS chunks, with --types the library's modules and declarations too.
// node scripts/build.mjs [--types] [--if-stale]
import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {rolldown} from 'rolldown';
import {chunks, isLate} from './chunks.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'stamp');
const types = process.argv.includes('--types');

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(join(root, folder), {recursive: true, withFileTypes: true})) {
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}

const bin = join(root, 'bin');
/** Programs that are copies of tsip.cjs under another name, which tells the tool. */
const copies = Object.values(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).bin)
  .map(path => join(root, path))
  .filter(path => path !== join(bin, 'tsip.cjs') && path !== join(bin, 'tsnet.cjs'));

if (process.argv.includes('--if-stale') && [stamp, ...copies].every(existsSync)) {
  const built = statSync(stamp).mtimeMs;
  if (['src', 'commands', 'scripts', 'bin'].every(folder => newest(folder) < built)) process.exit(0);
}

/** A program may be running meanwhile: it finds the old copy or the new one. */
function copyPrograms() {
  for (const path of copies) {
    copyFileSync(join(bin, 'tsip.cjs'), `${path}.${process.pid}`);
    renameSync(`${path}.${process.pid}`, path);
  }
}

/** Modules that `file` loads with itself: imports of types alone and import() do not count. */
function staticImports(file) {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export)\s(?!type\s)([^;'`]*?)from '(\.[^']+)\.js'/gm);
  return [...found]
    .filter(([, names]) => !/^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names))
    .map(([, , path]) => join(file, '..', `${path}.ts`));
}

const lateChunks = chunks.filter(group => group.isLate);

/** All modules loaded with `file`, but for those that come late. */
function closure(file, seen = new Set()) {
  if (seen.has(file) || lateChunks.some(({test}) => test(file))) return seen;
  seen.add(file);
  for (const other of staticImports(file)) closure(other, seen);
  return seen;
}

/** Modules that every program starts with. */
const start = closure(join(root, 'src/cli/main.ts'));
// rolldown takes the group with the highest priority.
const groups = chunks.map(({name, debugName, test}, i) => ({
  name,
  debugName,
  test: name === 'main' ? id => start.has(id) || test(id) : test,
  priority: chunks.length - i,
}));

/**
 * A chunk as bin/tsip.cjs loads it: a function that returns the exports, as one object literal, because 150 assignments to
 * `exports` cost 0.2 ms; without prototype, because V8 then makes a dictionary of it and no hidden class for each name: 0.04
 * ms in the place of 0.1. The id at the end ties a code cache to its text.
 */
function forLoader(text) {
  const constant = '(?:exports\\.([\\w$]+)=([\\w$]+|`[^`$\\\\]*`)';
  const getter =
    'Object\\.defineProperty\\(exports,"([\\w$]+)",\\{enumerable:!0,get:function\\(\\)\\{return ([\\w$.]+)\\}\\}\\))';
  const item = `${constant}|${getter}[,;]`;
  const [list] = new RegExp(`(${item})*$`).exec(text);
  const plain = list.replace(new RegExp(item, 'g'), (_, name, value, live, of) =>
    name === undefined ? `get ${live}(){return ${of}},` : `${name}:${value},`,
  );
  if (text.slice(0, text.length - list.length).includes('(exports,"')) throw new Error('an export is left over');
  const body =
    list === ''
      ? `${text}return exports`
      : `${text.slice(0, -list.length).replace(/,$/, ';')}return{__proto__:null,${plain}}`;
  const id = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return `(function(exports,require,__dirname){${body}\n})//${id}`;
}

/** Chunks that need one another before they have run would find each other empty. Late ones are asked when used. */
function assertNoCycle(needs) {
  const done = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`chunks need each other: ${[...path, name].join(' -> ')}`);
    if (done.has(name)) return;
    for (const other of needs.get(name) ?? []) visit(other, [...path, name]);
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
}

const commandFiles = readdirSync(join(root, 'commands'), {recursive: true}).filter(name => name.endsWith('.ts'));
const settings = {
  external: [/^node:/, /^@oclif\/core/, /^ip-address/],
  platform: 'node',
  cwd: root,
  treeshake: {moduleSideEffects: false},
};
const programs = await rolldown({
  ...settings,
  input: {main: join(root, 'src/cli/main.ts')},
  preserveEntrySignatures: 'allow-extension',
});
const commands = await rolldown({
  ...settings,
  input: {
    command: join(root, 'src/cli/command.ts'),
    ...Object.fromEntries(commandFiles.map(name => [`commands/${name.slice(0, -3)}`, join(root, 'commands', name)])),
  },
});
const work = join(root, `dist.${process.pid}`);
mkdirSync(work);
try {
  const output = {
    dir: work,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    minify: true,
    comments: false,
    exports: 'named',
    generatedCode: {symbols: false},
  };
  await commands.write(output);
  const built = await programs.write({
    ...output,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups,
    },
  });
  const direct = built.output.filter(({fileName}) => !isLate(fileName));
  if (built.output.some(({fileName}) => fileName.includes('runtime')))
    throw new Error('a chunk of helpers: see chunks.mjs');
  assertNoCycle(new Map(direct.map(({fileName, imports}) => [fileName, imports.filter(name => !isLate(name))])));
  for (const chunk of built.output) {
    const file = join(work, chunk.fileName);
    // One byte a character, so that the loader may read latin1.
    const text = readFileSync(file, 'utf8')
      .trimEnd()
      .replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    writeFileSync(file, forLoader(text), 'latin1');
  }
  if (types) {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json'), '--outDir', work],
      {
        stdio: 'inherit',
        cwd: root,
      },
    );
  } else if (existsSync(join(dist, 'src'))) {
    cpSync(join(dist, 'src'), join(work, 'src'), {recursive: true});
  }
  copyPrograms();
  writeFileSync(join(work, 'stamp'), '');
  for (let round = 0; ; round++) {
    const old = `${work}.old${round}`;
    try {
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(work, dist);
      rmSync(old, {recursive: true, force: true});
      break;
    } catch (error) {
      // Another build put its own there in between.
      if (round === 5) throw error;
    }
  }
} finally {
  rmSync(work, {recursive: true, force: true});
}

// The programs learn from being run: what is compiled in these runs is in the code cache of this Node from the start.
const lessons = [
  'tsip link set lo up',
  'tsip link add warm type veth peer name warm2',
  'tsip link add warm3 type bridge',
  'tsip addr add 192.0.2.1/24 dev warm',
  'tsip link set warm up',
  'tsip link set warm2 up',
  'tsip link set warm2 master warm3',
  'tsip route add 198.51.100.0/24 via 192.0.2.2',
  'tsip neigh add 192.0.2.3 lladdr 02:00:00:00:00:01 dev warm',
  'tsip rule add pref 100 from 192.0.2.0/24 table 100',
  'tsip route',
  'tsip route show',
  'tsip route get 192.0.2.2',
  'tsip route replace 198.51.100.0/24 dev warm',
  'tsip addr',
  'tsip addr show',
  'tsip addr show dev warm',
  'tsip link',
  'tsip link show',
  'tsip link show dev warm',
  'tsip neigh',
  'tsip neigh show',
  'tsip rule',
  'tsip rule show',
  'tsip nexthop',
  'tsip rule del pref 100',
  'tsip route del 198.51.100.0/24',
  'tsip addr flush dev warm',
  'tsip link del warm',
  'tsroute -n',
  'tsnetstat -rn',
  'tsnetstat -tln',
  'tsifconfig',
  'tsarp -n',
  'tsss -tan',
  'tsss -tln',
];
const script = lessons.map(line => `'${process.execPath}' ${root}/bin/${line.replace(/^\S+/, '$&.cjs')}`).join('\n');
for (let round = types ? 3 : 1; round > 0; round--) {
  spawnSync('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', script], {stdio: 'ignore', timeout: 40_000});
}
