import {readLines} from './file.js';

/** Where the unified hierarchy is mounted; undefined where it is not. */
export function cgroupMount(): string | undefined {
  for (const line of readLines('/proc/mounts')) {
    const [, where, type] = line.split(' ');
    if (type === 'cgroup2') return where;
  }
  return undefined;
}

/** Path of a process in the unified hierarchy; undefined where there is no such process. */
export function cgroupPath(pid: number | string): string | undefined {
  const lines = readLines(`/proc/${pid}/cgroup`);
  if (lines.length === 0) return undefined;
  return lines.find(line => line.startsWith('0::'))?.slice(3) ?? '';
}
