import {UsageError} from '../errors.js';

/** An address family by the name that messages of net-tools have for it. */
export type Family =
  | 'inet'
  | 'inet6'
  | 'unix'
  | 'ax25'
  | 'netrom'
  | 'rose'
  | 'ipx'
  | 'ddp'
  | 'x25'
  | 'bluetooth'
  | 'ec'
  | 'ash';

/** Names that `-A` takes, in the order in which getopt_long(3) finds those of them that are options. */
const names: Readonly<Record<string, Family>> = {
  ax25: 'ax25',
  netrom: 'netrom',
  rose: 'rose',
  ip: 'inet',
  ipx: 'ipx',
  ddp: 'ddp',
  appletalk: 'ddp',
  x25: 'x25',
  unix: 'unix',
  inet: 'inet',
  inet6: 'inet6',
  bluetooth: 'bluetooth',
  tcpip: 'inet',
  econet: 'ec',
  ash: 'ash',
};

/** Those without an option of their own. */
const unspelt = ['econet', 'ash'];

/** Names that are options: `--inet`. */
export function familyOptions(): string[] {
  return Object.keys(names).filter(name => !unspelt.includes(name));
}

/**
 * The families of one `-A`: names parted by commas.
 * @throws {UsageError} for a name that the tools do not know
 */
export function parseFamilies(list: string): Family[] {
  return list.split(',').map(name => {
    const family = Object.hasOwn(names, name) ? names[name] : undefined;
    if (family === undefined) throw new UsageError(1, `Unknown address family \`${name}'.`);
    return family;
  });
}
