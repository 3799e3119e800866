// npm test: vitest in namespaces of its own, so that no test can touch the machine's network, and so that an ordinary
// user may do what the tests need. Arguments are vitest's.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..');
const isRoot = process.getuid() === 0;
const path = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Reference tools and helpers by Debian package. */
const needed = {
  iproute2: ['ip', 'ss'],
  'net-tools': ['route', 'netstat', 'ifconfig', 'arp'],
  'util-linux': ['unshare', 'nsenter', 'setpriv'],
};

const missing = () =>
  Object.keys(needed).filter(name =>
    needed[name].some(tool => !path.split(':').some(folder => existsSync(join(folder, tool)))),
  );

if (missing().length > 0 && isRoot && existsSync('/usr/bin/apt-get')) {
  const packages = missing().join(' ');
  console.log(`installing ${packages}`);
  spawnSync('sh', ['-c', `apt-get -q update && apt-get -q install -y ${packages}`], {
    stdio: 'inherit',
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
  });
}
if (missing().length > 0) {
  console.error(`The tests compare with the reference tools. Install these packages first: ${missing().join(' ')}`);
  process.exit(1);
}

const vitest = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)];
const argv = [...(isRoot ? [] : ['--user', '--map-root-user']), '--net', '--mount', '--kill-child', '--', ...vitest];
const result = spawnSync('unshare', argv, {stdio: 'inherit', cwd: root, env: {...process.env, PATH: path}});
if (result.error) console.error(`unshare: ${result.error.message}`);
process.exit(result.status ?? 1);
