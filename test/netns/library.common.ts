import {execFileSync} from 'node:child_process';
import {type NetlinkError, RtNetlink} from '../../src/index.js';

/** The reference, in this process's namespace. */
export const ip = (...argv: readonly string[]): string => execFileSync('ip', argv, {encoding: 'utf8'});
/** Whether an error has this code. */
export const code = (wanted: string) => (error: unknown) => (error as NetlinkError).code === wanted;

/** A veth pair that is up, with 192.168.1.2/24 and fd00::2/64 on v0. */
export async function ready(): Promise<RtNetlink> {
  const rt = await RtNetlink.open();
  await rt.links.add({kind: 'veth', name: 'v0', address: '02:00:00:00:00:01', up: true, peer: {name: 'v1'}});
  await rt.links.change({dev: 'v1', up: true});
  await rt.addresses.add({dev: 'v0', address: '192.168.1.2/24', broadcast: '+'});
  await rt.addresses.add({dev: 'v0', address: 'fd00::2/64', noDad: true});
  return rt;
}
