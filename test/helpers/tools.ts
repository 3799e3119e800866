import {spawnSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';

/** Where the reference tools live, whatever PATH says. */
export const referencePath = '/usr/sbin:/usr/bin:/sbin:/bin';

/** Debian package of each program that tests run. */
const packages: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  ss: 'iproute2',
  route: 'net-tools',
  netstat: 'net-tools',
  ifconfig: 'net-tools',
  arp: 'net-tools',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  strace: 'strace',
};

function find(name: string): string | undefined {
  for (const folder of referencePath.split(':')) {
    const path = `${folder}/${name}`;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

/**
 * Path of a reference tool; as root on Debian a missing one is installed.
 * @throws naming the package when it cannot be had
 */
export function referenceTool(name: string): string {
  const found = find(name);
  if (found !== undefined) return found;
  const wanted = packages[name];
  if (wanted !== undefined && process.getuid?.() === 0 && find('apt-get') !== undefined) {
    spawnSync('sh', ['-c', `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ${wanted}`], {
      stdio: 'ignore',
      timeout: 300_000,
    });
    const installed = find(name);
    if (installed !== undefined) return installed;
  }
  throw new Error(`"${name}" is missing: install the package ${wanted ?? name}`);
}
