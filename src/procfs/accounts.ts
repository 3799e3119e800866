import {readLines} from './file.js';

/** Number of a user or group by its name, from the local files; undefined where there is none. */
function numberOf(path: string, name: string): number | undefined {
  for (const line of readLines(path)) {
    const [found, , id] = line.split(':');
    if (found === name && id !== undefined) return Number(id);
  }
  return undefined;
}

/** Number of a user. */
export function userId(name: string): number | undefined {
  return numberOf('/etc/passwd', name);
}

/** Number of a group. */
export function groupId(name: string): number | undefined {
  return numberOf('/etc/group', name);
}
