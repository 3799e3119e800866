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

/** All modules loaded with `file`, but for those that come late. */
function closure(file, seen = new Set()) {
  if (seen.has(file) || late.test(file) || routeLate.test(file)) return seen;
  seen.add(file);
  for (const other of staticImports(file)) closure(other, seen);
  return seen;
}

/**
 * What a short run does without: the loader fetches chunks with such a name when something of theirs is first used, so their code
 * must not be used while modules are loaded.
 */
const late =
  /\/src\/(errors|errno|ss\/misuse|ops\/(refusal|flushRounds|device)|netlink\/(compile|blame)|view\/(compile|json)|grammar\/(values|numbers|time|format|help|nested)|addr\/(iproute|lladdr|prefix)|rtnetlink\/prefix|names\/(services|etherTypes|netlinkProtocols))\.ts$/;

/** The same for what `ip route` does not need to list plain routes. */
const routeLate =
  /\/src\/(ops\/route(Encap\w*|Change|Get|Save|Selector|Table|Values)|rtnetlink\/(ila|route\/(encap|srh)|nexthop\/schema)|iproute\/views\/(nexthop|routeEncap)|view\/general)\.ts$/;

/** What a listing of links does without: their details, and all that changes one. */
const linkLate =
  /\/src\/(rtnetlink\/link\/(requests|schema|attributes|family|stats|vf|kinds\/(?!vrf)\w+)|iproute\/views\/(kinds\/\w+|link(Details|Vf|Xdp|Statistics)))\.ts$/;
const linkChangeLate =
  /\/src\/(ops\/link(Spec|Request|Values|Vf|Property|Xstats|Netns)|rtnetlink\/link\/statsMessage|iproute\/views\/linkXstats)\.ts$/;
/** What the listings of interfaces need; `arp` takes its names of hardware from there. */
const interfaces =
  /\/src\/(nettools\/(hardware|interfaceNames|ifconfig|interfaces|views\/(interface|interfaceTable|media))|procfs\/inet6Addresses)\.ts$/;
/** What all programs but ip read their words and files with. */
const tools = /\/src\/(grammar\/getopt|nettools\/(cNumbers|errors|session|words|views\/mask)|procfs\/file)\.ts$/;
/** What listings of links and of addresses share, also those of ifconfig. */
const links = /\/src\/rtnetlink\/(address\/(requests|schema)|link\/(plain|xdp))\.ts$/;
const listings = /\/src\/(ops\/(linkRows|address(Show|Flags|Spec))|iproute\/views\/link(Names)?)\.ts$/;
/** What knows a VRF, and what `netns exec` and `vrf exec` do before a program runs. */
const vrfLate = /\/src\/(ops\/vrf(Exec|Program)?|rtnetlink\/link\/(vrfLink|kinds\/vrf))\.ts$/;
const kindsLate = /\/src\/ops\/kinds\/\w+\.ts$/;

/**
 * One chunk has what every program starts with, and what else is small and shared. Each function in it costs every start 1 us,
 * used or not, for V8 reads its name and place from the code cache.
 */
const start = closure(join(root, 'src/cli/main.ts'));
const shared =
  /\/src\/((addr|names|view|grammar)\/(?!columns|getopt|complete|growing|outputs)\w+|rtnetlink\/(constants|request|words|linkCache|link\/name)|ops\/(dryRun|echo|glob|master)|iproute\/echo)\.ts$/;
/** One file for each of the other listings, for each file costs 50 us. */
const objects = {
  routeMessages: /\/src\/rtnetlink\/route\/(schema|requests)\.ts$/,
  addresses: /\/src\/(ops\/address(Usage)?|iproute\/(views\/)?address)\.ts$/,
  link: /\/src\/(ops\/link(Show)?|iproute\/(link|views\/linkAfstats))\.ts$/,
  neighbours: /\/src\/(ops\/neigh\w*|iproute\/(views\/)?neigh|rtnetlink\/neigh\/(requests|schema))\.ts$/,
  rules: /\/src\/(ops\/rule(Values|Show)?|iproute\/(views\/)?rule|rtnetlink\/rule\/(requests|schema))\.ts$/,
  counters: /\/src\/rtnetlink\/link\/counters\.ts$/,
  sockets:
    /\/src\/(ss\/(tables|run|listing|options|refusal|inetTable|inetRow|inetPlainRow|context|procFiles|ports|cells|bothFamilies)|sockdiag\/(constants|inet|oldRequests|requests|littleEndian|states|tcpInfo)|procfs\/(scan|portRange)|view\/(columns|growing))\.ts$/,
};
/** What listings of addresses and rules do without. */
const otherLate = /\/src\/ops\/(savedFile|address(Dump|Flush)|rule(Save|Change))\.ts$/;
/** What `ip route` lists routes with. */
const routes = /\/src\/(ops\/route(Show|Filter)?|iproute\/route|iproute\/views\/(route\w*|encap))\.ts$/;
/** What `route` and `netstat -r` need beyond that: one file for all of it. */
const routeTables =
  /\/src\/nettools\/(errors|familyWords|netstat|netstatOptions|netstatRoutes|resolve|route|routeLines|session|showRoutes|table|words|views\/route\w+)\.ts$/;
/** Details of a row of `ss`: functions called for each field must not be reached through another chunk's getters. */
const inetDetails = /\/src\/ss\/(inetDetails|tcpInfo|tcpUlp|decimal|digits)\.ts$/;
const isMain = id => start.has(id) || shared.test(id);

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
      groups: [
        {name: 'late-core', test: late, priority: 2},
        {name: 'late-route', test: routeLate, priority: 3},
        {name: 'late-link', test: linkLate, priority: 3},
        {name: 'late-linkchange', test: linkChangeLate, priority: 3},
        {name: 'late-kinds', test: kindsLate, priority: 3},
        {name: 'late-vrf', test: vrfLate, priority: 3},
        {name: 'late-other', test: otherLate, priority: 3},
        ...Object.entries(objects).map(([name, test]) => ({name, test, priority: 2})),
        {name: 'links', test: links, priority: 2},
        {name: 'listings', test: listings, priority: 2},
        {name: 'tools', test: tools, priority: 2},
        {name: 'interfaces', test: interfaces, priority: 1},
        {name: 'routes', test: routes, priority: 2},
        {name: 'main', test: isMain, priority: 1},
        {name: 'nettools', test: routeTables, priority: 1},
        {name: 'inetDetails', test: inetDetails, priority: 1},
      ],
    },
  });
  const isLate = name => name.startsWith('late-');
  const chunks = built.output.filter(({fileName}) => !isLate(fileName));
  assertNoCycle(new Map(chunks.map(({fileName, imports}) => [fileName, imports.filter(name => !isLate(name))])));
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
  'tsip addr add 192.0.2.1/24 dev warm',
  'tsip link set warm up',
  'tsip link set warm2 up',
  'tsip route add 198.51.100.0/24 via 192.0.2.2',
  'tsip route',
  'tsip route show',
  'tsip route get 192.0.2.2',
  'tsip addr',
  'tsip addr show',
  'tsip link',
  'tsip link show',
  'tsip route del 198.51.100.0/24',
  'tsip link del warm',
  'tsroute -n',
  'tsnetstat -rn',
  'tsifconfig',
  'tsarp -n',
  'tsss -tan',
];
const script = lessons.map(line => `'${process.execPath}' ${root}/bin/${line.replace(' ', '.cjs ')}`).join('\n');
for (let round = types ? 3 : 1; round > 0; round--) {
  spawnSync('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', script], {stdio: 'ignore', timeout: 20_000});
}
