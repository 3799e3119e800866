import {readlinkSync} from 'node:fs';
import {errnoText} from '../errno.js';
import {native} from '../native.js';
import {readLines, readText} from './file.js';

const DEVICE = '/dev/net/tun';

/** Flags of a tun/tap device, IFF_TUN and its kin; a negative errno where it has none. */
export function tunFlags(ifname: string): number {
  const text = readText(`/sys/class/net/${ifname}/tun_flags`);
  return typeof text === 'number' ? text : Number.parseInt(text, 16);
}

/** Owner or group of a tun/tap device; undefined for anyone. */
export function tunOwner(ifname: string, which: 'owner' | 'group'): number | undefined {
  const text = readText(`/sys/class/net/${ifname}/${which}`);
  const id = typeof text === 'number' ? -1 : Number(text);
  return id === -1 ? undefined : id;
}

/** A process with a queue of a device. */
export interface TunUser {
  readonly pid: number;
  readonly name: string;
}

/** Names of a folder that are numbers, in the kernel's order. */
function numbers(path: string): readonly string[] {
  const names = native().readdir(path);
  return typeof names === 'number' ? [] : names.filter(name => /^\d+$/.test(name));
}

/**
 * Processes that hold the device, one entry for each queue.
 * @param complain gets the text of each descriptor's error
 */
export function tunUsers(ifname: string, complain: (text: string) => void): readonly TunUser[] {
  const found: TunUser[] = [];
  for (const pid of numbers('/proc')) {
    for (const fd of numbers(`/proc/${pid}/fd`)) {
      let target: string;
      try {
        target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch (error) {
        // The listing's own descriptor is closed by now, which that of the reference is not.
        if (Number(pid) === process.pid) continue;
        complain(`readlink: ${errnoText(-Number((error as {errno?: unknown}).errno))}`);
        continue;
      }
      if (target !== DEVICE) continue;
      if (!readLines(`/proc/${pid}/fdinfo/${fd}`).includes(`iff:\t${ifname}`)) continue;
      const [name = ''] = readLines(`/proc/${pid}/comm`);
      found.push({pid: Number(pid), name});
    }
  }
  return found;
}
