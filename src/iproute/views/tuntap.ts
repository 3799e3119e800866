import type {TuntapRow} from '../../ops/tuntap.js';
import {
  IFF_MULTI_QUEUE,
  IFF_NO_PI,
  IFF_ONE_QUEUE,
  IFF_PERSIST,
  IFF_TAP,
  IFF_TUN,
  IFF_VNET_HDR,
} from '../../rtnetlink/tunDevice.js';
import {custom, field, flags, line, literal, view, when} from '../../view/field.js';
import {text, uint} from '../../view/kinds.js';

const KNOWN = IFF_TUN | IFF_TAP | IFF_MULTI_QUEUE | IFF_PERSIST | IFF_NO_PI | IFF_ONE_QUEUE | IFF_VNET_HDR;

/** Flags as words; a bit without one in hex. The bit that turns `pi` off turns `filter` off too. */
function words(value: number): string[] {
  const found: string[] = [];
  const add = (isSet: boolean, word: string): void => {
    if (isSet) found.push(word);
  };
  add((value & IFF_TUN) !== 0, 'tun');
  add((value & IFF_TAP) !== 0, 'tap');
  add((value & IFF_NO_PI) === 0, 'pi');
  add((value & IFF_ONE_QUEUE) !== 0, 'one_queue');
  add((value & IFF_MULTI_QUEUE) !== 0, 'multi_queue');
  add((value & IFF_VNET_HDR) !== 0, 'vnet_hdr');
  add((value & IFF_PERSIST) !== 0, 'persist');
  add((value & IFF_NO_PI) === 0, 'filter');
  const rest = value & ~KNOWN;
  add(rest !== 0, `0x${rest.toString(16)}`);
  return found;
}

/** A tun/tap device; without the end of the last line. */
export const tuntapView = view<TuntapRow>([
  field('ifname', '%s:', text, r => r.ifname, {colour: 'ifname'}),
  flags('flags', [' ', ' ', ''], r => words(r.flags)),
  field('user', ' user %s', uint, r => r.user),
  field('group', ' group %s', uint, r => r.group),
  when(
    r => r.users !== undefined,
    [
      line('\t'),
      literal('Attached to processes:'),
      custom(
        (out, r) => {
          for (const {name, pid} of r.users ?? []) out.text(`${name}(${pid})`);
        },
        // The reference writes the members without objects around them, which is no JSON.
        (json, r) => {
          json.openArray('processes');
          for (const [i, {name, pid}] of (r.users ?? []).entries()) {
            if (i === 0 && json.pretty) json.out.byte(32);
            json.key('name');
            json.string(name);
            json.key('pid');
            json.uint(pid);
          }
          json.closeArray();
        },
      ),
    ],
  ),
]);
