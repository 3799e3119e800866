// A small virtual machine with a kernel of Debian, for what the running kernel lacks. The root folder of this machine is
// shared read-only under a throw-away overlay, so that the same programs run there. Processors are emulated: hardware
// virtualisation inside another virtual machine hangs on some hosts.
import {spawn, spawnSync} from 'node:child_process';
import {createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {cache, path} from './kernel.mjs';

/** Programs by Debian package. */
const needed = {
  'qemu-system-x86': 'qemu-system-x86_64',
  kmod: 'depmod',
  dpkg: 'dpkg-deb',
  gcc: 'gcc',
  make: 'make',
  'xz-utils': 'xz',
};

/** Hardware: a controller of two CAN buses, one of them with a data phase. */
const hardware = [
  ...['can0', 'can1', 'can2'].flatMap(bus => ['-object', `can-bus,id=${bus}`]),
  ...['-device', 'kvaser_pci,canbus=can0', '-device', 'ctucan_pci,canbus0=can1,canbus1=can2'],
];

const has = program => path.split(':').some(folder => existsSync(join(folder, program)));

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

/**
 * Boots, runs a shell script as root and gives what it wrote to standard output.
 * @param kernel from prepare()
 * @param lines of the script; kernel modules are where modprobe looks for them
 * @param limit seconds for all
 */
export async function runInMachine({image, modules, initrd}, lines, limit) {
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
  argv.push(...hardware);
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
