import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {clause, keyword, type Parsed, prefix, rest, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {device, lladdr, lladdrOf} from '../grammar/values.js';
import {type Membership, memberships} from '../procfs/multicast.js';
import {changeMembership} from '../rtnetlink/interfaceIoctl.js';
import {deviceName} from './newName.js';

/** Bytes of every multicast address a link takes. */
const LENGTH = 6;
/** One more than a struct sockaddr has room for: the reference counts no further. */
const LIMIT = 15;

/** A link-layer address. */
const multicastAddress: ValueType<Uint8Array> = {
  ...lladdr,
  label: 'MULTIADDR',
  counts: value => value[0] !== 0,
  parse(cursor) {
    let found: Uint8Array;
    try {
      found = lladdrOf(cursor.next(), LIMIT);
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(1, error.lines, true);
      throw error;
    }
    if (found.length !== LENGTH) {
      throw new UsageError(1, `Error: Invalid address length ${found.length} - must be ${LENGTH} bytes`);
    }
    return found;
  },
};

const change = clause({
  dev: keyword('dev', deviceName, {duplicate: 'error'}),
  address: rest(multicastAddress, {noise: prefix('address'), duplicate: 'error'}),
});

const selector = clause({dev: rest(device, {noise: 'dev', duplicate: 'garbage', help: 'alone'})});

/** Verbs of `ip maddress`, in match order. */
export const maddressVerbs = verbs(
  'maddr',
  [verb('add', change), verb('delete', change), verb('show', selector, {as: ['list', 'lst']})],
  {whenAbsent: 'show'},
);

/**
 * `ip maddress add` and `del`: a link-layer address, for IP groups cannot be joined for others.
 * @throws {UsageError} `ioctl: No such device`
 */
export function changeMaddress(name: 'add' | 'delete', {dev, address}: Parsed<typeof change>): void {
  if (dev === undefined) throw refuse('Not enough information: "dev" is required.');
  const result = changeMembership(name, dev, address);
  if (result < 0) throw new UsageError(1, `ioctl: ${errnoText(-result)}`, true);
}

/** The multicast addresses of one link. */
export interface MaddressBlock {
  readonly index: number;
  readonly ifname: string;
  readonly members: readonly Membership[];
}

/** Multicast addresses by link: those of the link layer, IPv4, IPv6. @param ifname of one link only */
export function listMaddresses(family: number, ifname: string | undefined): readonly MaddressBlock[] {
  const blocks = new Map<number, MaddressBlock & {readonly members: Membership[]}>();
  for (const member of memberships(family)) {
    if (ifname !== undefined && member.ifname !== ifname) continue;
    const block = blocks.get(member.index);
    if (block === undefined) blocks.set(member.index, {index: member.index, ifname: member.ifname, members: [member]});
    else block.members.push(member);
  }
  return [...blocks.values()].sort((a, b) => a.index - b.index);
}
