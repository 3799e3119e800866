import {execFileSync, spawnSync} from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Netns} from '../helpers/netns.js';
import {binPath, runTool} from '../helpers/runTool.js';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsiproute2-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

describe('the sources', () => {
  test('are formatted and lint-free', () => {
    const {status, stdout, stderr} = spawnSync(join(root, 'node_modules/.bin/biome'), ['ci', '.'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout + stderr).toMatch(/No fixes applied|Checked/);
    expect(status, stdout + stderr).toBe(0);
  });

  test('have sound types', {timeout: 120_000}, () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const {status, stdout} = spawnSync(process.execPath, [tsc, '--noEmit'], {cwd: root, encoding: 'utf8'});
    expect(status, stdout).toBe(0);
  });
});

describe('the programs', () => {
  test('are executable files for a plain env', () => {
    for (const path of Object.values<string>(manifest.bin)) {
      expect(statSync(join(root, path)).mode & 0o111, path).toBe(0o111);
      expect(readFileSync(join(root, path), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });

  test('load no module of node but fs', () => {
    const dist = join(root, 'dist');
    for (const name of readdirSync(dist).filter(file => file.endsWith('.cjs'))) {
      if (name === 'command.cjs') continue;
      const required = [...readFileSync(join(dist, name), 'utf8').matchAll(/require\("([^".][^"]*)"\)/g)].map(
        match => match[1],
      );
      expect(
        required.filter(word => word !== 'node:fs' && word !== 'url'),
        name,
      ).toEqual([]);
    }
  });

  test.each([
    ['tsip', 'route', 'main routeMessages routes'],
    ['tsip', 'addr', 'addresses links listings main'],
    ['tsip', 'link', 'link links listings main'],
    ['tsip', 'neigh', 'main neighbours'],
    ['tsip', 'rule', 'main rules'],
    ['tsroute', '-n', 'main nettools routeMessages tools'],
    ['tsnetstat', '-rn', 'main nettools routeMessages tools'],
    ['tsifconfig', '', 'counters interfaces links main tools'],
    ['tsss', '-tan', 'main sockets tools'],
  ] as const)('start small: %s %s reads its few chunks and nothing that comes late', (tool, words, names) => {
    const folder = scratch();
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `const {dlopen} = process;
       process.dlopen = (module, ...rest) => {
         dlopen.call(process, module, ...rest);
         const {open} = module.exports;
         const log = (path, ...more) => (require('node:fs').writeSync(2, path + '\\n'), open(path, ...more));
         module.exports = Object.create(module.exports, {open: {value: log}});
       };`,
    );
    // With an address there is a table of routes: without one the listing is an error.
    const ready = 'ip link set lo up && ip addr add 192.0.2.1/24 dev lo && exec "$@"';
    const {stderr, status} = runTool(tool, words.split(' ').filter(Boolean), {
      nodeOptions: ['--require', hook],
      enter: command => ['unshare', '-rn', 'sh', '-c', ready, 'sh', ...command],
    });
    expect(status).toBe(0);
    const chunks = stderr.split('\n').filter(path => /dist\/[\w-]+\.cjs$/.test(path));
    expect(chunks.map(path => basename(path, '.cjs')).sort()).toEqual(names.split(' '));
    expect(chunks.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(110_000);
  });

  test('learn from their first runs, and run with any cache or none', () => {
    const folder = scratch();
    for (const name of ['bin', 'dist', 'native']) cpSync(join(root, name), join(folder, name), {recursive: true});
    rmSync(join(folder, 'dist/cache'), {recursive: true, force: true});
    const run = (...words: string[]): string => {
      const argv = [join(folder, 'bin/tsip.cjs'), ...(words.length > 0 ? words : ['rule'])];
      const {stdout, stderr} = spawnSync(process.execPath, argv, {encoding: 'utf8'});
      return stdout + stderr;
    };
    const first = run();
    expect(first).toMatch(/^0:\tfrom all lookup local/);
    const all = join(folder, `dist/cache/${process.version}-${process.arch}`);
    const caches = join(all, 'tsiprul');
    const size = statSync(join(caches, 'main.cjs')).size;
    expect(readdirSync(caches).every(name => name.endsWith('.cjs'))).toBe(true);
    expect(run()).toBe(first);
    for (const spoilt of ['', 'x', 'x'.repeat(size)]) {
      writeFileSync(join(caches, 'main.cjs'), spoilt);
      expect(run()).toBe(first);
      expect(statSync(join(caches, 'main.cjs')).size).toBeGreaterThan(size / 2);
    }
    // Words that anybody may think of must not fill the disk.
    for (let i = readdirSync(all).length; i < 300; i++) mkdirSync(join(all, `full${i}`));
    expect(run('rule', 'show')).toMatch(/^0:\tfrom all lookup local/);
    expect(readdirSync(all)).toHaveLength(300);
  });

  test('run through a link named as the reference, whatever file it leads to', () => {
    const folder = scratch();
    for (const [link, program] of [
      ['ip', 'tsroute'],
      ['route', 'tsip'],
      ['ss', 'tsnet'],
    ] as const) {
      symlinkSync(binPath(program), join(folder, link));
    }
    const run = (name: string, ...argv: string[]) =>
      spawnSync(process.execPath, [join(folder, name), ...argv], {encoding: 'utf8'});
    expect(run('ip', 'nosuch').stderr).toBe('Object "nosuch" is unknown, try "ip help".\n');
    expect(run('route', '-n').stdout).toMatch(/^Kernel IP routing table\n/);
    expect(run('ss', '-tanH').status).toBe(0);
    symlinkSync(binPath('tsroute'), join(folder, 'other'));
    expect(run('other', '-n').stdout).toMatch(/^Kernel IP routing table\n/);
  });

  test('work where code generation from strings is forbidden', async () => {
    using netns = await Netns.create(
      'ip link set lo up',
      'i=1; while [ $i -lt 60 ]; do ip route add 10.0.$i.0/24 dev lo; i=$((i+1)); done',
    );
    const enter = (argv: readonly string[]): string[] => netns.enter(argv);
    for (const argv of [['route'], ['-j', 'route'], ['addr'], ['-d', 'link']]) {
      const plain = runTool('tsip', argv, {enter});
      const strict = runTool('tsip', argv, {enter, nodeOptions: ['--disallow-code-generation-from-strings']});
      expect(plain.status).toBe(0);
      expect(strict).toEqual(plain);
    }
  });

  test('keep argv words that are not UTF-8', () => {
    const shell = `'${process.execPath}' '${binPath('tsip')}' "$(printf 'a\\377\\303\\251')"`;
    const {stderr} = spawnSync('sh', ['-c', shell]);
    expect(stderr.toString('latin1')).toBe('Object "a\xff\xc3\xa9" is unknown, try "ip help".\n');
  });
});

describe('the package', () => {
  test('installs from its tarball and runs, programs and library', {timeout: 120_000}, () => {
    const folder = scratch();
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      stdio: 'pipe',
    });
    const modules = join(folder, 'node_modules');
    const home = join(modules, manifest.name);
    mkdirSync(home, {recursive: true});
    execFileSync('tar', [
      'xzf',
      join(folder, `${manifest.name}-${manifest.version}.tgz`),
      '--strip-components=1',
      '-C',
      home,
    ]);
    for (const name of Object.keys(manifest.dependencies)) {
      mkdirSync(join(modules, name, '..'), {recursive: true});
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    mkdirSync(join(modules, '.bin'));
    for (const [name, path] of Object.entries<string>(manifest.bin))
      symlinkSync(join(home, path), join(modules, '.bin', name));
    const path = `${join(process.execPath, '..')}:${process.env.PATH}`;
    const run = (command: string) =>
      spawnSync('sh', ['-c', command], {cwd: folder, encoding: 'utf8', env: {...process.env, PATH: path}});

    expect(run('node_modules/.bin/tsip -V').stdout).toBe('ip utility, iproute2-6.1.0, libbpf 1.1.2\n');
    expect(run('node_modules/.bin/tsip -br link').stdout).toMatch(/^lo /m);
    expect(run('node_modules/.bin/tsroute -n').stdout).toMatch(/^Kernel IP routing table\n/);
    expect(run('node_modules/.bin/tsnet ip -br link').stdout).toMatch(/^lo /m);
    expect(run('node_modules/.bin/tsnet --help').stdout).toMatch(/COMMANDS[\s\S]* ip /);
    writeFileSync(
      join(folder, 'list.mjs'),
      `import {RtNetlink} from '${manifest.name}';
       const rt = await RtNetlink.open();
       for (const link of await rt.links.list()) console.log(link.ifname);
       await rt[Symbol.asyncDispose]();`,
    );
    const listed = run('node list.mjs');
    expect(listed.stderr).toBe('');
    expect(listed.stdout).toMatch(/^lo$/m);
    const shipped = execFileSync('tar', ['tzf', join(folder, `${manifest.name}-${manifest.version}.tgz`)], {
      encoding: 'utf8',
    });
    expect(shipped).not.toMatch(/package\/(src|test|dist\/cache)\//);
  });
});
