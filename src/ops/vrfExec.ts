import {mkdirSync} from 'node:fs';
import {encodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import {MISUSE, refuse} from '../grammar/errors.js';
import {native} from '../native.js';
import {cgroupMount, cgroupPath} from '../procfs/cgroup.js';
import {errnoOf, namesOfProcess, namesRefusal} from '../rtnetlink/netns.js';
import {bindingProgram} from './vrfProgram.js';

/** Where the unified hierarchy is mounted when it is nowhere. */
const OWN_MOUNT = '/var/run/cgroup2';

/** Source: uapi linux/bpf.h. */
const BPF_PROG_TYPE_CGROUP_SOCK = 9;
const BPF_CGROUP_INET_SOCK_CREATE = 2;

const EPERM = 1;
const EEXIST = 17;
const ENODEV = 19;
const O_RDONLY = 0;
const O_RDWR = 2;
const O_APPEND = 0o2000;
const O_DIRECTORY = 0o200000;

/** VRF of a process: what stands behind `/vrf/` in its path. Undefined where there is no such process. */
export function vrfOfProcess(pid: number | string): string | undefined {
  const path = cgroupPath(pid);
  if (path === undefined) return undefined;
  const at = path.indexOf('/vrf/');
  return at < 0 ? '' : path.slice(at + 5);
}

/**
 * Binds what this process becomes to a VRF: it joins a control group whose program binds each socket that is made.
 * @param index of the VRF device
 * @throws {UsageError} at the first step that fails
 */
export function joinVrf(name: string, index: number): void {
  const sys = native();
  const folder = `${vrfFolder()}/${name}`;
  makeFolders(folder, 'vrf cgroup2');
  const group = sys.open(encodeText(folder), O_RDONLY | O_DIRECTORY);
  if (group < 0) throw refuse(`Failed to open cgroup path: '${errnoText(-group)}'`);
  try {
    attach(group, index);
  } finally {
    sys.close(group);
  }
  join(folder);
}

function attach(group: number, index: number): void {
  const sys = native();
  const program = sys.bpfLoad(BPF_PROG_TYPE_CGROUP_SOCK, bindingProgram(index));
  if (program < 0) {
    const line = `Failed to load BPF prog: '${errnoText(-program)}'`;
    throw program === -EPERM
      ? refuse(line)
      : new UsageError(MISUSE, [line, 'Kernel compiled with CGROUP_BPF enabled?']);
  }
  const attached = sys.bpfAttach(group, program, BPF_CGROUP_INET_SOCK_CREATE);
  sys.close(program);
  if (attached < 0) throw refuse(`Failed to attach prog to cgroup: '${errnoText(-attached)}'`);
}

/**
 * Leaves the VRF that this process is bound to: it joins the group above those of the VRFs.
 * @throws {UsageError} at the first step that fails
 */
export function leaveVrf(): void {
  const folder = vrfFolder();
  makeFolders(folder, 'vrf cgroup2');
  join(folder);
}

/** Leaves a VRF, where this process is in one, for another network namespace does not have it. Failing is told and no more. */
export function leaveVrfFor(warn: (line: string) => void): void {
  if ((vrfOfProcess('self') ?? '') === '') return;
  try {
    leaveVrf();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    error.lines.forEach(warn);
  }
}

/** The unified hierarchy, mounted if need be. @throws {UsageError} */
export function cgroupRoot(): string {
  const mounted = cgroupMount();
  if (mounted !== undefined) return mounted;
  makeFolders(OWN_MOUNT, 'cgroup2');
  const result = native().mount('none', OWN_MOUNT, 'cgroup2', 0, null);
  if (result === -ENODEV) throw refuse('Failed to mount cgroup2. Are CGROUPS enabled in your kernel?');
  if (result < 0) throw refuse(`Failed to mount cgroup2: ${errnoText(-result)}`);
  return OWN_MOUNT;
}

/**
 * Name of our network namespace, `''` without one: each has VRFs of its own.
 * @throws {UsageError}
 */
export function ownNetns(): string {
  try {
    return namesOfProcess('self').at(-1) ?? '';
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    throw new UsageError(MISUSE, [
      namesRefusal(error),
      `Failed to get name of network namespace: ${errnoText(error.errno)}`,
    ]);
  }
}

/** Folder of the groups of VRFs: below our own group, or beside it when that is one of a VRF. */
function vrfFolder(): string {
  const root = cgroupRoot();
  const name = ownNetns();
  const [own = ''] = (cgroupPath('self') ?? '').split('/vrf', 1);
  const base = own === '/' ? '' : own;
  const apart = name === '' || base.endsWith(`/${name}-ns`) ? '' : `/${name}-ns`;
  return `${root}${base}${apart}/vrf`;
}

/** Makes a folder and those above it. @throws {UsageError} */
function makeFolders(path: string, what: string): void {
  for (let at = path.indexOf('/', 1); at !== -1; at = path.indexOf('/', at + 1)) makeFolder(path.slice(0, at), what);
  makeFolder(path, what);
}

function makeFolder(path: string, what: string): void {
  try {
    mkdirSync(path, 0o755);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === EEXIST) return;
    throw new UsageError(MISUSE, [
      `mkdir failed for ${path}: ${errnoText(errno)}`,
      `Failed to setup ${what} directory`,
    ]);
  }
}

/** Joins a control group. @throws {UsageError} */
function join(folder: string): void {
  const sys = native();
  const fd = sys.open(encodeText(`${folder}/cgroup.procs`), O_RDWR | O_APPEND);
  if (fd < 0) throw refuse(`Failed to open cgroups.procs file: ${errnoText(-fd)}.`);
  // Number 0 is whoever writes it, which need not be the process that node knows the number of.
  const written = sys.write(fd, encodeText('0'), 0, 1);
  sys.close(fd);
  if (written < 0) throw refuse('Failed to join cgroup');
}
