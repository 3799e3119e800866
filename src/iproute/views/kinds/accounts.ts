import {readFileSync} from 'node:fs';

function nameIn(file: string, id: number): string {
  let lines: string;
  try {
    lines = readFileSync(file, 'latin1');
  } catch {
    return String(id);
  }
  for (const line of lines.split('\n')) {
    const [name, , number] = line.split(':');
    if (number === String(id) && name !== undefined) return name;
  }
  return String(id);
}

/** Name of a user, or the number where it has none. */
export function nameOfUser(id: number): string {
  return nameIn('/etc/passwd', id);
}

/** Name of a group, or the number where it has none. */
export function nameOfGroup(id: number): string {
  return nameIn('/etc/group', id);
}
