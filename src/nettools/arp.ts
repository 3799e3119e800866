import {UsageError} from '../errors.js';
import {Getopt, type GetoptSpec} from '../grammar/getopt.js';
import type {Io} from '../io.js';
import type {KernelSession} from '../ops/session.js';
import {report} from './errors.js';
import {type HardwareType, hardwareNamed} from './hardware.js';
import {deviceNamed} from './interfaceNames.js';
import {type ArpEntry, listArp} from './neighbours.js';
import {HostNames} from './resolve.js';
import {openSession} from './session.js';
import {arpTableHeader, writeArpRow, writeArpSentence} from './views/arp.js';

/** Status of all failures but a wrong line. */
const FAILED = 255;
const ETHERS = '/etc/ethers';

/** In the order of the reference. */
function getoptSpec(): GetoptSpec {
  return {
    short: 'A:H:adfp:nsei:t:vh?DNVj',
    long: [
      {name: 'verbose', value: 'v'},
      {name: 'version', value: 'V'},
      {name: 'all', value: 'a'},
      {name: 'delete', value: 'd'},
      {name: 'file', value: 'f'},
      {name: 'numeric', value: 'n'},
      {name: 'set', value: 's'},
      {name: 'protocol', argument: 'required', value: 'A'},
      {name: 'hw-type', argument: 'required', value: 'H'},
      {name: 'device', argument: 'required', value: 'i'},
      {name: 'help', value: 'h'},
      {name: 'use-device', value: 'D'},
      {name: 'symbolic', value: 'N'},
      {name: 'json', value: 'j'},
    ],
  };
}

/** Parsed options. */
export interface ArpOptions {
  /** The last of these counts. */
  mode: 'show' | 'set' | 'delete' | 'file';
  sentences: boolean;
  table: boolean;
  numeric: boolean;
  verbose: boolean;
  json: boolean;
  useDevice: boolean;
  dev: string | undefined;
  hardware: HardwareType;
  /** Whether `-H` was given: only entries of that type are shown. */
  byHardware: boolean;
}

/** `arp`: lists and changes the ARP cache. @returns the exit status */
export async function runArp(argv: readonly string[], io: Io): Promise<number> {
  try {
    const parsed = await parseArp(argv, io);
    return parsed === undefined ? 0 : await runParsed(parsed, openSession(io), io);
  } catch (error) {
    return report(error, io, 'arp');
  }
}

/** A command line: options and words. */
export interface ArpLine {
  readonly options: ArpOptions;
  readonly words: readonly string[];
}

/** @returns undefined where the options were all there is to do @throws {UsageError} */
export async function parseArp(argv: readonly string[], io: Io): Promise<ArpLine | undefined> {
  const getopt = new Getopt(argv, getoptSpec(), io.env.POSIXLY_CORRECT !== undefined);
  const options = await parseOptions(getopt, io);
  return options && {options, words: getopt.rest};
}

/** Does what a command line says. @returns the exit status @throws {UsageError | NetlinkError} */
export async function runParsed({options, words}: ArpLine, session: KernelSession, io: Io): Promise<number> {
  switch (options.mode) {
    case 'show':
      return await show(words[0], options, session, io);
    case 'delete':
      return (await import('./arpChange.js')).deleteEntry(words, options, session, io);
    case 'set':
      (await import('./arpChange.js')).setEntry(words, options, session, io);
      return 0;
    case 'file':
      (await import('./arpChange.js')).setEntries(words[0] ?? ETHERS, options, session, io);
      return 0;
  }
}

/**
 * @returns undefined where the options were all there is to do
 * @throws {UsageError}
 */
async function parseOptions(getopt: Getopt, io: Io): Promise<ArpOptions | undefined> {
  const options: ArpOptions = {
    mode: 'show',
    sentences: false,
    table: false,
    numeric: false,
    verbose: false,
    json: false,
    useDevice: false,
    dev: undefined,
    hardware: hardwareNamed('ether') as HardwareType,
    byHardware: false,
  };
  let family = 'inet';
  for (let found = getopt.next(); found !== undefined; found = getopt.next()) {
    const argument = ('argument' in found ? found.argument : undefined) ?? '';
    switch (found.option) {
      case 'a':
        options.mode = 'show';
        options.sentences = true;
        break;
      case 'e':
        options.table = true;
        break;
      case 's':
        options.mode = 'set';
        break;
      case 'd':
        options.mode = 'delete';
        break;
      case 'f':
        options.mode = 'file';
        break;
      case 'n':
        options.numeric = true;
        break;
      case 'N':
        io.err('arp: -N not yet supported.\n');
        break;
      case 'v':
        options.verbose = true;
        break;
      case 'j':
        options.json = true;
        break;
      case 'D':
        options.useDevice = true;
        break;
      case 'i':
        options.dev = deviceNamed(argument);
        break;
      case 'H':
      case 't':
        options.hardware = hardwareType(argument);
        options.byHardware = true;
        break;
      case 'A':
      case 'p':
        family = await familyOf(argument);
        break;
      case 'V':
        io.out.ascii((await import('./version.js')).versionText('arp'));
        return undefined;
      case 'h':
        (await import('./arpUsage.js')).writeHelp(io);
        return undefined;
      default: {
        const {misused} = await import('./arpUsage.js');
        throw misused('message' in found ? `arp: ${found.message}` : undefined);
      }
    }
  }
  // What cannot be done is told when all options are read, what nobody knows at once.
  if (family !== 'inet') throw new UsageError(FAILED, `arp: ${family}: kernel only supports 'inet'.`);
  const {name, octets} = options.hardware;
  if (octets === 0 || name === 'unspec') {
    throw new UsageError(FAILED, `arp: ${name}: hardware type without ARP support.`);
  }
  return options;
}

/** @throws {UsageError} status 255 */
function hardwareType(name: string): HardwareType {
  const type = hardwareNamed(name);
  if (type === undefined) throw new UsageError(FAILED, `arp: ${name}: unknown hardware type.`);
  return type;
}

/** @throws {UsageError} status 255 for a family that nobody knows, and for several */
async function familyOf(name: string): Promise<string> {
  const {familyNamed} = await import('./families.js');
  if (familyNamed(name) !== undefined) return name;
  const many = name.includes(',') ? ["Please don't supply more than one address family."] : [];
  throw new UsageError(FAILED, [...many, `arp: ${name}: unknown address family.`]);
}

/** Lists the entries that fit, as a table or as sentences. */
async function show(word: string | undefined, options: ArpOptions, session: KernelSession, io: Io): Promise<number> {
  const {out} = io;
  const {dev, hardware, byHardware, verbose, numeric} = options;
  const host = word === undefined ? undefined : (await import('./settingAddress.js')).inetOf(word, FAILED);
  const sentences = options.sentences && !options.table;
  const shown: ArpEntry[] = [];
  let count = 0;
  listArp(session, entry => {
    count++;
    if (dev !== undefined && entry.ifname !== dev) return;
    if (byHardware && entry.arphrd !== hardware.arphrd) return;
    if (host !== undefined && !entry.dst.equals(host)) return;
    shown.push(entry);
  });
  if (options.json) {
    (await import('./views/arpJson.js')).writeArpJson(out, shown);
    return 0;
  }
  const names = new HostNames();
  if (!sentences && shown.length > 0) out.ascii(arpTableHeader);
  for (const entry of shown) {
    const name = numeric ? undefined : names.name(entry.dst);
    if (sentences) writeArpSentence(out, entry, name);
    else writeArpRow(out, entry, name);
  }
  if (verbose) out.ascii(`Entries: ${count}\tSkipped: ${count - shown.length}\tFound: ${shown.length}\n`);
  if (shown.length === 0) {
    if (word !== undefined && !options.sentences) out.text(`${word} (${host}) -- no entry\n`);
    else if (word !== undefined || dev !== undefined || byHardware) {
      out.ascii(`arp: in ${count} entries no match found.\n`);
    }
  }
  return 0;
}
