import type {IpAddress} from '../addr/ip.js';
import type {Io} from '../io.js';
import {readText} from '../procfs/file.js';
import {inet6Memberships, inetMemberships, type Membership} from '../procfs/multicast.js';
import {JsonWriter} from '../view/json.js';
import type {NetstatOptions} from './netstatOptions.js';
import {HostNames, hostText} from './resolve.js';

const IGMP = '/proc/net/igmp';
const IGMP6 = '/proc/net/igmp6';
const AF_INET = 2;

const titles = [
  'IPv6/IPv4 Group Memberships',
  'Interface       RefCnt Group',
  '--------------- ------ ---------------------',
];

/** Lines of a file; undefined where it is not there. */
function lines(path: string): string[] | undefined {
  const text = readText(path);
  if (typeof text === 'number') return undefined;
  return text.split('\n').filter(line => line !== '');
}

/**
 * `netstat -g`: the multicast groups of all interfaces, IPv4 first. Like `ip maddress` from files: netlink does not tell
 * how often a group was joined.
 * @returns the exit status, 1 without IPv4
 */
export function showGroups({families, numericHosts, json}: NetstatOptions, io: Io): number {
  const all = !families.includes('inet') && !families.includes('inet6');
  const inet = all || families.includes('inet') ? lines(IGMP) : [];
  const rows: Membership[] = [];
  if (inet !== undefined) {
    rows.push(...inetMemberships(inet));
    if (all || families.includes('inet6')) rows.push(...inet6Memberships(lines(IGMP6) ?? []));
  }
  if (json) {
    writeJson(rows, io);
  } else {
    const hosts = numericHosts ? undefined : new HostNames();
    for (const title of titles) io.out.ascii(`${title}\n`);
    for (const {ifname, users, address} of rows) {
      const host = hostText(address as IpAddress, hosts);
      io.out.text(`${ifname.padEnd(15)} ${String(users).padEnd(6)} ${host}\n`);
    }
  }
  if (inet !== undefined) return 0;
  io.err("netstat: no support for `AF INET (igmp)' on this system.\n");
  return 1;
}

/** The objects of `ip -j maddress`, without link-layer addresses. */
function writeJson(rows: readonly Membership[], {out}: Io): void {
  const links = new Map<number, Membership[]>();
  for (const row of rows) {
    const known = links.get(row.index);
    if (known === undefined) links.set(row.index, [row]);
    else known.push(row);
  }
  const json = new JsonWriter(out, false);
  json.openArray();
  for (const [index, groups] of links) {
    json.openObject();
    json.key('ifindex');
    json.uint(index);
    json.key('ifname');
    json.string(groups[0]?.ifname ?? '');
    json.openArray('maddr');
    for (const {family, address, users} of groups) {
      json.openObject();
      json.key('family');
      json.word(family === AF_INET ? 'inet' : 'inet6');
      json.key('address');
      json.word(String(address));
      if (users !== 1) {
        json.key('users');
        json.uint(users);
      }
      json.closeObject();
    }
    json.closeArray();
    json.closeObject();
  }
  json.closeArray();
  out.byte(10);
}
