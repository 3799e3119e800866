import {lstatSync} from 'node:fs';
import {readLines, readText} from '../procfs/file.js';
import {namesIn} from '../rtnetlink/netns.js';

/** A process of a VRF; without a name when it has ended meanwhile. */
export interface VrfProcess {
  readonly pid: string;
  readonly name: string | undefined;
}

/**
 * Processes of a VRF, folder by folder in the order of each: in every group below `root` with a folder `vrf`.
 * @param netns name of our network namespace, whose groups lie apart and alone count then; `''` without one
 * @returns whether all folders could be read: the first that cannot ends it
 */
export function eachVrfProcess(
  name: string,
  root: string,
  netns: string,
  take: (process: VrfProcess) => void,
): boolean {
  const walk = (folder: string): boolean => {
    const entries = namesIn(folder);
    if (typeof entries === 'number') return false;
    return entries.every(entry => {
      const path = `${folder}/${entry}`;
      if (entry !== 'vrf') return !isFolder(path) || walk(path);
      if (netns === '' || folder.endsWith(`/${netns}-ns`)) {
        for (const pid of readLines(`${path}/${name}/cgroup.procs`)) take({pid, name: programOf(pid)});
      }
      return true;
    });
  };
  return walk(root);
}

function isFolder(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
}

/** As the first line of its status has it, `Name:` and blanks before it. */
function programOf(pid: string): string | undefined {
  const status = readText(`/proc/${pid}/status`);
  return typeof status === 'number' ? undefined : /^Name:\s*(.*)/.exec(status)?.[1];
}
