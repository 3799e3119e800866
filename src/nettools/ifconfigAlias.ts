import {IpAddress} from '../addr/ip.js';
import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
import {AF_INET, IFF_BROADCAST, IFF_RUNNING, IFF_UP} from '../rtnetlink/constants.js';
import type {Settings} from './ifconfigSettings.js';
import {cutName, linkOf, missing, sortByName} from './interfaceNames.js';
import {getInterface, type Interface, listInterfaces} from './interfaces.js';
import {setAddress, setBroadcast, setNetmask} from './oldCalls.js';
import {checkPermission} from './permission.js';
import {inetOf} from './settingAddress.js';

/**
 * `add` and `del` of an IPv4 address: an alias of the interface. One that has the address goes up or down; otherwise a new
 * one gets it, with mask and broadcast address of the interface itself - for `del` too, as in the reference. Refusals of
 * the kernel are not told and end the setting.
 */
export function addAlias(run: Settings, word: string, isAdd: boolean): void {
  const address = inetOf(word);
  const {refusal} = run.family;
  const parent = refusal === undefined ? tryGet(run) : undefined;
  const interfaces = listInterfaces(true, run.session);
  const byName = new Map(interfaces.map(one => [one.name, one]));
  run.names ??= namesOf(interfaces, run.name);
  if (refusal !== undefined) {
    for (const name of [run.name, ...run.names]) run.io.err(`${missing(name, errnoText(refusal))}\n`);
    return;
  }
  const link = linkOf(run.name);
  const taken = new Set<number>();
  for (const name of run.names) {
    const found = byName.get(name);
    if (found?.link === undefined && !byName.has(linkOf(name))) {
      run.io.err(`${missing(name)}\n`);
    } else if (linkOf(name) === link && name !== link) {
      // The name itself may be that of no alias yet, which counts as 0.0.0.0.
      const held = (found?.link === undefined ? undefined : found.inet?.local) ?? IpAddress.inet(0);
      if (held.equals(address)) {
        flagAlias(run, isAdd ? IFF_UP | IFF_RUNNING : IFF_UP, isAdd, name);
        return;
      }
      taken.add(Number.parseInt(name.slice(link.length + 1), 10) || 0);
    }
  }
  let number = 0;
  while (taken.has(number)) number++;
  const name = `${run.name}:${number}`;
  // For a name that is too long nothing is done, and nothing said.
  if (cutName(name) === name) makeAlias(run, name, address, parent);
}

/** Names of all interfaces and of the one that is set up, in the order of listings. */
function namesOf(interfaces: readonly {readonly name: string}[], own: string): readonly string[] {
  const names = new Set(interfaces.map(one => one.name)).add(own);
  return sortByName([...names].map(name => ({name}))).map(one => one.name);
}

/** The interface itself; without it the complaint is told, and no more. */
function tryGet(run: Settings): Interface | undefined {
  try {
    return getInterface(run.name, run.session);
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    run.io.err(`${missing(run.name)}\n`);
    return undefined;
  }
}

function makeAlias(run: Settings, name: string, address: IpAddress, parent: Interface | undefined): void {
  // Sockets of other families refuse the call.
  if (run.family.number !== AF_INET) return;
  const length = parent?.inet?.prefixlen ?? 0;
  try {
    checkPermission('SIOCSIFADDR', run.session);
    setAddress(name, address, run.session);
    setNetmask(name, IpAddress.inet(length === 0 ? 0 : -1 << (32 - length)), run.session);
    setBroadcast(name, parent?.inet?.broadcast ?? IpAddress.inet(0), run.session);
  } catch (error) {
    if (error instanceof NetlinkError) return;
    throw error;
  }
  flagAlias(run, IFF_BROADCAST, true, name);
}

/** A failure is told, but not in the status. */
function flagAlias(run: Settings, bits: number, on: boolean, name: string): void {
  const {status} = run;
  run.flag(bits, on, name);
  run.status = status;
}
