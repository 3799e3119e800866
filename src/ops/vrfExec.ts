import {appendFileSync, mkdirSync} from 'node:fs';
import {errnoText} from '../errno.js';
import {refuse} from '../grammar/errors.js';
import {native} from '../native.js';
import {cgroupMount, cgroupPath} from '../procfs/cgroup.js';
import {namesOfProcess} from '../rtnetlink/netns.js';

/** Where the unified hierarchy is mounted when it is nowhere. */
const OWN_MOUNT = '/var/run/cgroup2';

/**
 * Folder of the groups of VRFs, beside our own group when that is one of them. Those of a named namespace lie apart,
 * because each has VRFs of its own. Undefined where the unified hierarchy is not mounted.
 */
export function vrfFolder(): string | undefined {
  const mount = cgroupMount();
  if (mount === undefined) return undefined;
  const own = (cgroupPath(process.pid) ?? '').replace(/\/vrf(\/.*)?$|\/$/, '');
  const name = namesOfProcess('self').at(-1);
  const apart = name === undefined || own.endsWith(`/${name}-ns`) ? '' : `/${name}-ns`;
  return `${mount}${own}${apart}/vrf`;
}

/**
 * Leaves the VRF that this process is bound to: it joins the group above those of the VRFs.
 * @throws {UsageError} where the hierarchy cannot be mounted or the group cannot be joined
 */
export function leaveVrf(): void {
  if (cgroupMount() === undefined) {
    mkdirSync(OWN_MOUNT, {recursive: true});
    const result = native().mount('none', OWN_MOUNT, 'cgroup2', 0, null);
    if (result < 0) throw refuse(`Failed to mount cgroup2: ${errnoText(-result)}`);
  }
  const folder = vrfFolder() ?? OWN_MOUNT;
  try {
    mkdirSync(folder, {recursive: true});
    appendFileSync(`${folder}/cgroup.procs`, String(process.pid), {flag: 'r+'});
  } catch (error) {
    const errno = -Number((error as {readonly errno?: unknown}).errno ?? 0);
    throw refuse(`Failed to join cgroup: ${errnoText(errno)}`);
  }
}
