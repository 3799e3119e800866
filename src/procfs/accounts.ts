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

let users: Map<number, string> | undefined;

/** Name of a user by its number, from the local file; undefined where there is none. */
export function userName(uid: number): string | undefined {
  if (users === undefined) {
    users = new Map();
    for (const line of readLines('/etc/passwd')) {
      const [name = '', , id] = line.split(':');
      const number = Number(id);
      if (id !== undefined && !users.has(number)) users.set(number, name);
    }
  }
  return users.get(uid);
}
