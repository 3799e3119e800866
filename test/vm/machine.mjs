// A small virtual machine with Debian's stock kernel, for what the running kernel lacks. The root folder of this machine is
// shared read-only under a throw-away overlay, so that the same programs run there. Processors are emulated: hardware
// virtualisation inside another virtual machine hangs on some hosts.
import {spawn, spawnSync} from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {homedir} from 'node:os';
import {basename, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {archive} from './archive.mjs';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tsiproute2', 'vm');
/** Programs by Debian package. */
const needed = {'qemu-system-x86': 'qemu-system-x86_64', kmod: 'depmod', dpkg: 'dpkg-deb'};
const path = `${process.env.PATH}:/usr/sbin:/sbin`;
/** What the first stage loads, with all that these depend on. */
const firstModules = ['virtio_pci', '9pnet_virtio', '9p', 'overlay'];

const has = program => path.split(':').some(folder => existsSync(join(folder, program)));

function sh(line, options = {}) {
  const result = spawnSync('sh', ['-ec', line], {encoding: 'utf8', env: {...process.env, PATH: path}, ...options});
  if (result.status !== 0) throw new Error(`${line}\n${result.stderr ?? ''}`);
  return result.stdout;
}

/** Why there can be no virtual machine here; undefined where there can. Installs what is missing where that is allowed. */
export function obstacle() {
  if (process.arch !== 'x64') return `no kernel for ${process.arch}`;
  const missing = () => Object.keys(needed).filter(name => !has(needed[name]));
  if (missing().length > 0 && process.getuid() === 0 && has('apt-get')) {
    const line = `apt-get -q update && apt-get -q install -y --no-install-recommends ${missing().join(' ')}`;
    spawnSync('sh', ['-c', line], {stdio: 'ignore', env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'}});
  }
  return missing().length === 0 ? undefined : `missing packages: ${missing().join(' ')}`;
}

/** Kernel, modules and first stage, fetched and made once. */
export function prepare() {
  const ready = join(cache, 'initrd.gz');
  const tree = join(cache, 'kernel');
  if (!existsSync(ready)) {
    rmSync(cache, {recursive: true, force: true});
    mkdirSync(cache, {recursive: true});
    const image = sh("apt-cache depends linux-image-amd64 | awk '/Depends: linux-image-6/{print $2; exit}'").trim();
    if (image === '') throw new Error('no linux-image-amd64 among the packages');
    sh(`apt-get -q download ${image} busybox-static; for p in *.deb; do dpkg-deb -x "$p" kernel; done; rm -f *.deb`, {
      cwd: cache,
    });
    const [release] = readdirSync(join(tree, 'lib/modules'));
    sh(`depmod -b ${tree} ${release}`);
    writeFileSync(ready, gzipSync(archive(firstStage(join(tree, 'lib/modules', release), tree)), {level: 1}));
  }
  const [image] = readdirSync(join(tree, 'boot')).filter(name => name.startsWith('vmlinuz'));
  return {image: join(tree, 'boot', image), modules: join(tree, 'lib/modules'), initrd: ready};
}

/** Files of the first stage: it loads what the root folder needs, and goes there. */
function firstStage(modules, tree) {
  const order = [];
  const paths = new Map();
  for (const line of readFileSync(join(modules, 'modules.dep'), 'utf8').split('\n')) {
    const [file, rest = ''] = line.split(':');
    paths.set(
      basename(file)
        .replace(/\.ko.*$/, '')
        .replaceAll('-', '_'),
      {file, below: rest.trim().split(' ').filter(Boolean)},
    );
  }
  for (const name of firstModules) {
    const found = paths.get(name);
    // Without an entry it is part of the kernel.
    for (const file of found === undefined ? [] : [...found.below.toReversed(), found.file]) {
      if (!order.includes(file)) order.push(file);
    }
  }
  const busybox = ['bin/busybox', 'usr/bin/busybox'].find(file => existsSync(join(tree, file)));
  const init = [
    '#!/busybox sh',
    'b=/busybox',
    '$b mount -t proc proc /proc; $b mount -t sysfs sys /sys; $b mount -t devtmpfs dev /dev',
    ...order.map(file => `$b insmod /m/${basename(file)}`),
    '$b mount -t 9p -o trans=virtio,version=9p2000.L,msize=1048576,ro,cache=loose host /host',
    '$b mount -t tmpfs top /top; $b mkdir /top/data /top/work',
    '$b mount -t overlay -o lowerdir=/host,upperdir=/top/data,workdir=/top/work root /root',
    'for d in proc sys dev; do $b mount --move /$d /root/$d; done',
    "script=$($b sed 's/.*script=//;s/ .*//' /root/proc/cmdline)",
    'exec $b switch_root /root /bin/sh $script',
  ];
  return [
    ...['proc', 'sys', 'dev', 'host', 'top', 'root', 'm'].map(name => ({name})),
    {name: 'busybox', data: readFileSync(join(tree, busybox))},
    ...order.map(file => ({name: `m/${basename(file)}`, data: readFileSync(join(modules, file))})),
    {name: 'init', data: Buffer.from(`${init.join('\n')}\n`)},
  ];
}

/**
 * Boots, runs a shell script as root and gives what it wrote to standard output.
 * @param lines of the script; kernel modules are where modprobe looks for them
 * @param limit seconds for all
 */
export async function runInMachine(lines, limit) {
  const {image, modules, initrd} = prepare();
  const folder = mkdtempSync(join(cache, 'run-'));
  const script = join(folder, 'script');
  const body = join(folder, 'body');
  writeFileSync(body, `${lines.join('\n')}\n`);
  writeFileSync(
    script,
    [
      'export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root',
      'mount -t tmpfs run /run; mkdir -p /lib/modules /dev/shm; mount -t tmpfs shm /dev/shm',
      `mount --bind ${modules} /lib/modules; ip link set lo up`,
      `sh ${body} >/dev/ttyS1 2>/dev/ttyS0 </dev/null; echo "status $?" >/dev/ttyS1; sleep 1`,
      'echo o >/proc/sysrq-trigger; sleep 9',
    ].join('\n'),
  );
  const argv = [
    '-machine',
    'q35',
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'max',
    '-m',
    '2048',
    '-smp',
    '2',
    '-display',
    'none',
  ];
  argv.push('-monitor', 'none', '-no-reboot', '-nic', 'none', '-kernel', image, '-initrd', initrd);
  argv.push('-append', `console=ttyS0 quiet panic=-1 script=${script}`);
  argv.push('-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap');
  argv.push('-serial', `file:${join(cache, 'console.log')}`, '-serial', 'stdio');
  try {
    return await boot(argv, limit);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function boot(argv, limit) {
  return new Promise((resolve, reject) => {
    const log = createWriteStream(join(cache, 'qemu.log'));
    const child = spawn('qemu-system-x86_64', argv, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, PATH: path},
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), limit * 1000);
    let output = '';
    child.stdout.setEncoding('latin1').on('data', text => {
      output += text;
    });
    child.stderr.pipe(log);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      const text = output.replaceAll('\r', '');
      const ended = /^status (\d+)$/m.exec(text);
      if (ended === null) reject(new Error(`the machine did not end its script; see ${join(cache, 'console.log')}`));
      else resolve({output: text.slice(0, ended.index), status: Number(ended[1])});
    });
  });
}
