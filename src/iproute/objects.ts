import {UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import type {RunObject} from '../ops/session.js';

type Load = () => Promise<RunObject>;

/** Objects in the reference's match order, each with its chunk but `help`. */
export const objects: readonly (readonly [word: string, load?: Load])[] = [
  ['address', () => import('./address.js').then(module => module.run)],
  ['addrlabel', () => import('./addrlabel.js').then(module => module.run)],
  ['maddress', () => import('./maddress.js').then(module => module.run)],
  ['route', () => import('./route.js').then(module => module.run)],
  ['rule', () => import('./rule.js').then(module => module.run)],
  ['neighbor', () => import('./neigh.js').then(module => module.run)],
  ['neighbour', () => import('./neigh.js').then(module => module.run)],
  ['ntable', () => import('./ntable.js').then(module => module.run)],
  ['ntbl', () => import('./ntable.js').then(module => module.run)],
  ['link', () => import('./link.js').then(module => module.run)],
  ['l2tp', () => import('./l2tp.js').then(module => module.run)],
  ['fou', () => import('./fou.js').then(module => module.run)],
  ['ila', () => import('./ila.js').then(module => module.run)],
  ['macsec', () => import('./macsec.js').then(module => module.run)],
  ['tunnel', () => import('./tunnel.js').then(module => module.run)],
  ['tunl', () => import('./tunnel.js').then(module => module.run)],
  ['tuntap', () => import('./tuntap.js').then(module => module.run)],
  ['tap', () => import('./tuntap.js').then(module => module.run)],
  ['token', () => import('./token.js').then(module => module.run)],
  ['tcpmetrics', () => import('./tcpMetrics.js').then(module => module.run)],
  ['tcp_metrics', () => import('./tcpMetrics.js').then(module => module.run)],
  ['monitor', () => import('./monitor.js').then(module => module.run)],
  ['xfrm', () => import('./xfrm.js').then(module => module.run)],
  ['mroute', () => import('./mroute.js').then(module => module.run)],
  ['mrule', () => import('./rule.js').then(module => module.runMulticast)],
  ['netns', () => import('./netns.js').then(module => module.run)],
  ['netconf', () => import('./netconf.js').then(module => module.run)],
  ['vrf', () => import('./vrf.js').then(module => module.run)],
  ['sr', () => import('./sr.js').then(module => module.run)],
  ['nexthop', () => import('./nexthop.js').then(module => module.run)],
  ['mptcp', () => import('./mptcp.js').then(module => module.run)],
  ['ioam', () => import('./ioam.js').then(module => module.run)],
  ['help'],
  ['stats', () => import('./stats.js').then(module => module.run)],
];

/** The first object that `word` is a beginning of. */
export function findObject(word: string): (typeof objects)[number] | undefined {
  return objects.find(([name]) => begins(word, name));
}

/**
 * The object that `word` means.
 * @throws {UsageError} when there is none; the usage for `help`
 */
export async function loadObject(word: string): Promise<RunObject> {
  const found = findObject(word);
  if (found === undefined) throw new UsageError(1, `Object "${word}" is unknown, try "ip help".`);
  const [, load] = found;
  if (load === undefined) throw new UsageError(255, await usage());
  return load();
}

/** `ip help`, line by line. */
export async function usage(): Promise<string[]> {
  return (await import('./help.js')).usage();
}
