/** Changes as lines of `ip`, un-parsed by its own grammars. */

import {AF_INET, IpAddress} from '../addr/ip.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {formatLladdr} from '../addr/lladdr.js';
import {formatCommand, type GrammarEnv} from '../grammar/grammar.js';
import {Names} from '../names/tables.js';
import {addressVerbs} from '../ops/address.js';
import {addressFlags} from '../ops/addressFlags.js';
import {type AddressSpec, FOREVER} from '../ops/addressOptions.js';
import {linkVerbs} from '../ops/link.js';
import {linkFlagBits} from '../ops/linkRequest.js';
import type {LinkSpec} from '../ops/linkSpec.js';
import {neighVerbs} from '../ops/neigh.js';
import type {NeighSpec} from '../ops/neighSpec.js';
import {tunnelVerbs} from '../ops/tunnel.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {NTF_PROXY, RT_SCOPE_HOST, RT_SCOPE_UNIVERSE} from '../rtnetlink/constants.js';
import type {Link} from '../rtnetlink/link/schema.js';
import {IPPROTO_IPV6} from '../rtnetlink/link/tunnelParms.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';
import {type Change, DRIVER_FLAGS} from './explainConnection.js';

/** What the kernel sets for a tunnel made from sit0. */
const SIT_TTL = 64;

/** Lines for one change: a command, and comments on what it does not say. */
export function commandLines(change: Change): string[] {
  switch (change.object) {
    case 'address':
      return addressLines(change.verb, change.dev, change.record);
    case 'link':
      return linkLines(change.dev, change.record);
    case 'tunnel': {
      const {dev, remote} = change;
      const made = {name: dev, mode: {protocol: IPPROTO_IPV6, isOwn: false}, remote, ttl: SIT_TTL};
      return [line(tunnelVerbs, 'add', made), line(linkVerbs, 'set', {dev, up: true} satisfies LinkSpec)];
    }
    case 'neigh':
      return [line(neighVerbs, change.verb, neighSpec(change.dev, change.record))];
  }
}

/** A command line of the shell. */
export function ipLine(words: readonly string[]): string {
  return ['ip', ...words].map(quoted).join(' ');
}

function line(verbs: Parameters<typeof formatCommand>[0], verb: string, spec: object): string {
  const env: GrammarEnv = {family: 0, names: new Names(), program: 'ip'};
  return ipLine(formatCommand(verbs, {verb, spec}, env));
}

/** A word of the shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function addressLines(verb: 'add' | 'delete', dev: string, record: Address): string[] {
  const {family, address, prefixlen, broadcast, label, scope, rtPriority, cacheinfo, proto, flagBits} = record;
  const local = record.local ?? address;
  if (local === undefined) return [];
  const far = address ?? (family === AF_INET ? IpAddress.inet(0) : local);
  const far4: ParsedPrefix = {family, address: far, length: prefixlen, given: true};
  const hasPeer = !far.equals(local);
  const notes: string[] = [];
  const said = {
    local: {...far4, address: local, word: hasPeer ? String(local) : `${local}/${prefixlen}`},
    ...(hasPeer && {peer: far4}),
  };
  // What ip refuses as a label, it would have to leave to the name.
  const labelled = label !== undefined && label !== dev;
  if (labelled && !label.startsWith(dev)) notes.push(`# lost: the label ${label}, which does not begin with ${dev}`);
  const named = {...(labelled && label.startsWith(dev) && {label}), dev};
  if (verb === 'delete') return [line(addressVerbs, verb, {...said, ...named} satisfies AddressSpec), ...notes];
  const usual = family === AF_INET && local.a >>> 24 === 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
  const flags = addressFlags.filter(one => one.owner !== 'kernel' && (flagBits & one.bit) !== 0);
  if (proto !== undefined) notes.push(`# lost: the protocol ${proto} of the address`);
  const spec: AddressSpec = {
    ...said,
    ...(broadcast !== undefined && {broadcast}),
    ...(scope !== usual && {scope}),
    ...(rtPriority !== undefined && {metric: rtPriority}),
    ...(cacheinfo !== undefined && lifetimes(cacheinfo)),
    ...(flags.length > 0 && {flags: flags.reduce((bits, {bit}) => bits | bit, 0)}),
    ...named,
  };
  return [line(addressVerbs, verb, spec), ...notes];
}

function lifetimes({valid, prefered}: NonNullable<Address['cacheinfo']>): AddressSpec {
  return valid === FOREVER && prefered === FOREVER ? {} : {validLft: valid, preferredLft: prefered};
}

function linkLines(dev: string, {flags, change, mtu, txqlen, ifname, address, map}: Link): string[] {
  const notes: string[] = [];
  const spec: Record<string, unknown> = {dev};
  let left = change & ~DRIVER_FLAGS;
  for (const [word, [bit, isInverse]] of Object.entries(linkFlagBits)) {
    if ((change & bit) === 0) continue;
    spec[word] = ((flags & bit) !== 0) !== isInverse;
    left &= ~bit;
  }
  Object.assign(spec, {mtu, txqlen, name: ifname, address});
  if (left !== 0) notes.push(`# lost: flag 0x${left.toString(16)}, for which ip has no word`);
  if (map !== undefined) notes.push('# lost: resources of the hardware (memory, port, interrupt), which ip cannot set');
  const isSaid = Object.values(spec).filter(value => value !== undefined).length > 1;
  return isSaid ? [line(linkVerbs, 'set', spec satisfies LinkSpec), ...notes] : notes;
}

function neighSpec(dev: string | undefined, {dst, lladdr, state, flags}: Neighbour): NeighSpec {
  const isProxy = (flags & NTF_PROXY) !== 0;
  return {
    ...(dst !== undefined && (isProxy ? {proxy: dst} : {dst})),
    ...(lladdr !== undefined && {lladdr: lladdrText(lladdr)}),
    ...(!isProxy && state !== 0 && {state}),
    ...(dev !== undefined && {dev}),
  };
}

function lladdrText(bytes: unknown): string {
  return bytes instanceof Uint8Array ? formatLladdr(bytes) : String(bytes);
}
