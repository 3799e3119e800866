// Debian's kernels for the virtual machine, fetched and made once: image, modules, first stage.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {basename, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {archive} from './archive.mjs';

export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tsiproute2', 'vm');
export const path = `${process.env.PATH}:/usr/sbin:/sbin`;
/** What the first stage loads, with all that these depend on. */
const firstModules = ['virtio_pci', '9pnet_virtio', '9p', 'overlay'];

/**
 * Kernels by the name that `% kernel` has. Debian leaves drivers out: those of `extra`, files and folders of its source, are
 * built here. A kernel of another suite comes with that suite's `ip`, which is then the reference.
 */
const kernels = {
  stock: {
    extra: [
      'drivers/net/amt.c',
      'drivers/net/bareudp.c',
      'drivers/net/can/ctucanfd',
      'drivers/net/ethernet/qualcomm/rmnet',
      'drivers/net/netdevsim',
      'drivers/net/wireless/virt_wifi.c',
      'drivers/net/wwan/wwan_hwsim.c',
      'net/hsr',
    ],
    /** Options that the makefiles of these folders ask for. */
    options: ['CAN_CTUCANFD', 'CAN_CTUCANFD_PCI', 'HSR', 'NETDEVSIM', 'RMNET'],
  },
  backports: {suite: 'bookworm-backports'},
};

/** File that says why the drivers could not be built. */
const LACKS = 'lacks';

function sh(line, options = {}) {
  const result = spawnSync('sh', ['-ec', line], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: {...process.env, PATH: path},
    ...options,
  });
  if (result.status !== 0) throw new Error(`${line}\n${result.stdout?.slice(-2000) ?? ''}${result.stderr ?? ''}`);
  return result.stdout;
}

/** Options of apt for a suite that this machine's own list does not name, in a folder of its own. */
function ofSuite(suite, folder) {
  if (suite === undefined) return '';
  const list = join(folder, 'sources.list');
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(list, `deb [signed-by=${key}] http://deb.debian.org/debian ${suite} main\n`);
  mkdirSync(join(folder, 'apt/lists/partial'), {recursive: true});
  mkdirSync(join(folder, 'apt/archives/partial'), {recursive: true});
  const options = {
    'Dir::Etc::SourceList': list,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'apt/lists'),
    'Dir::Cache': join(folder, 'apt'),
  };
  const words = Object.entries(options).map(([key, value]) => `-o ${key}=${value}`);
  sh(`apt-get -q ${words.join(' ')} update`);
  return words.join(' ');
}

/** A kernel by its name: image, modules, first stage, the `ip` to compare with, and why it has no drivers built here. */
export function prepare(name) {
  const folder = join(cache, name);
  const tree = join(folder, 'tree');
  const made = join(folder, 'made');
  const recipe = JSON.stringify(kernels[name]);
  if (!existsSync(made) || readFileSync(made, 'utf8') !== recipe) {
    try {
      make(folder, tree, kernels[name]);
    } catch {
      // Lists of packages grow old: they name versions that are no longer there.
      sh('apt-get -q update');
      make(folder, tree, kernels[name]);
    }
    writeFileSync(made, recipe);
  }
  const [image] = readdirSync(join(tree, 'boot')).filter(file => file.startsWith('vmlinuz'));
  return {
    image: join(tree, 'boot', image),
    modules: join(tree, 'lib/modules'),
    initrd: join(folder, 'initrd.gz'),
    ip: kernels[name].suite === undefined ? 'ip' : join(tree, 'bin/ip'),
    lacks: existsSync(join(folder, LACKS)) ? readFileSync(join(folder, LACKS), 'utf8') : undefined,
  };
}

function make(folder, tree, {suite, extra = [], options = []}) {
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(tree, {recursive: true});
  const apt = ofSuite(suite, folder);
  const image = sh(
    `apt-cache ${apt} depends linux-image-amd64 | awk '/Depends: linux-image-6/{print $2; exit}'`,
  ).trim();
  if (image === '') throw new Error('no linux-image-amd64 among the packages');
  const release = image.replace('linux-image-', '');
  const modules = join(tree, 'lib/modules', release);
  sh(
    [
      `apt-get -q ${apt} download ${image} ${suite === undefined ? '' : 'iproute2'}`,
      'apt-get -q download busybox-static',
      'for p in *.deb; do dpkg-deb -x "$p" tree; done; rm -rf *.deb apt',
    ].join('\n'),
    {cwd: folder},
  );
  try {
    if (extra.length > 0) build(join(folder, 'build'), release, {extra, options}, modules);
  } catch (error) {
    // While Debian changes versions the source may be ahead of the kernel.
    writeFileSync(join(folder, LACKS), error.message);
  }
  sh(`depmod -b ${tree} ${release}`);
  writeFileSync(join(folder, 'initrd.gz'), gzipSync(archive(firstStage(modules, tree)), {level: 1}));
}

/** Builds modules that the kernel's package lacks from the source of the same version, as external ones. */
function build(folder, release, {extra, options}, modules) {
  mkdirSync(join(folder, 'source'), {recursive: true});
  const version = release.split('.').slice(0, 2).join('.');
  const source = `linux-source-${version}`;
  const headers = `linux-headers-${release}`;
  sh(
    [
      `apt-get -q download ${source} ${headers} ${headers.replace(/-amd64$/, '-common')} linux-kbuild-${version}`,
      'for p in linux-headers*.deb linux-kbuild*.deb; do dpkg-deb -x "$p" .; done',
      `dpkg-deb --fsys-tarfile ${source}_*.deb | tar xO ./usr/src/${source}.tar.xz |`,
      `tar xJ -C source --strip-components=1 ${extra.map(file => `${source}/${file}`).join(' ')}`,
      // The package expects to be installed.
      `sed -i 's#^include /#&${folder.slice(1)}/#' usr/src/${headers}/Makefile`,
    ].join('\n'),
    {cwd: folder},
  );
  const targets = extra.map(file => (file.endsWith('.c') ? file.replace(/c$/, 'o') : `${file}/`));
  writeFileSync(join(folder, 'source/Kbuild'), `obj-m += ${targets.join(' ')}\n`);
  const words = [
    `-C usr/src/${headers}`,
    `M=${join(folder, 'source')}`,
    'CC=gcc DEBIAN_KERNEL_NO_CC_VERSION_CHECK=y CONFIG_DEBUG_INFO_BTF_MODULES=',
    ...options.map(option => `CONFIG_${option}=m`),
    // The headers leave out what an option that is not set would declare.
    `KCFLAGS='-g0 ${options.map(option => `-DCONFIG_${option}_MODULE`).join(' ')}'`,
  ];
  sh(`make -s -j$(nproc) ${words.join(' ')} modules`, {cwd: folder});
  sh(`mkdir -p ${modules}/extra; find source -name '*.ko' -exec mv {} ${modules}/extra ';'`, {cwd: folder});
  rmSync(folder, {recursive: true});
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
