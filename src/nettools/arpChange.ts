import type {IpAddress} from '../addr/ip.js';
import {decodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {readWholeFile} from '../native.js';
import type {KernelSession} from '../ops/session.js';
import {RTM_GETLINK} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import type {ArpOptions} from './arp.js';
import {type ArpRequest, deleteArp, ENOENT, ENXIO, setArp} from './arpCalls.js';
import {misused} from './arpUsage.js';
import {formatHardware, hardwareOf} from './hardware.js';
import {cutName, deviceNamed, linkOf} from './interfaceNames.js';
import {interfaceMessage} from './interfaces.js';
import {inetOf} from './settingAddress.js';

/** Status of all failures but a wrong line. */
const FAILED = 255;
const ENODEV = 19;
/** No ARPHRD_ number: that of a type without a name. */
const NO_ARPHRD = -1;

/** What the words behind the addresses say. */
interface Words {
  dev: string | undefined;
  isPermanent: boolean;
  isPublic: boolean;
  isPrivate: boolean;
  /** `priv`: only the entry itself, no published one. */
  onlyOwn: boolean;
  mask: IpAddress | undefined;
}

/** @throws {UsageError} status 255 */
function hostOf(word: string | undefined): IpAddress {
  if (word === undefined) throw failure('arp: need host name');
  return inetOf(word, FAILED);
}

function failure(line: string): UsageError {
  return new UsageError(FAILED, line);
}

/** @throws {UsageError} status 3 for a word that is none */
function readWords(words: readonly string[], dev: string | undefined, each?: (word: string) => void): Words {
  const said: Words = {
    dev,
    isPermanent: true,
    isPublic: false,
    isPrivate: false,
    onlyOwn: false,
    mask: undefined,
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    each?.(word);
    switch (word) {
      case 'pub':
        said.isPublic = true;
        said.onlyOwn = false;
        break;
      case 'priv':
        said.isPublic = false;
        said.onlyOwn = true;
        break;
      case 'temp':
        said.isPermanent = false;
        break;
      case 'dontpub':
        said.isPrivate = true;
        break;
      case 'trail':
      case 'auto':
        break;
      case 'dev': {
        const name = words[++at];
        if (name === undefined) throw misused();
        said.dev = deviceNamed(name);
        break;
      }
      case 'netmask': {
        const text = words[++at];
        if (text === undefined) throw misused();
        const mask = hostOf(text);
        said.mask = mask.w0 === -1 ? undefined : mask;
        break;
      }
      default:
        throw misused();
    }
  }
  return said;
}

/**
 * `arp -s HOST HARDWARE WORDS`.
 * @returns the device that was named
 * @throws {UsageError} status 255; 3 for words that cannot be meant
 */
export function setEntry(
  words: readonly string[],
  options: ArpOptions,
  session: KernelSession,
  io: Io,
): string | undefined {
  const address = hostOf(words[0]);
  const hardware = words[1];
  if (hardware === undefined) throw failure('arp: need hardware address');
  const {arphrd, lladdr} = options.useDevice
    ? deviceAddress(hardware, session)
    : {arphrd: options.hardware.arphrd ?? NO_ARPHRD, lladdr: hardwareAddress(hardware, address, options)};
  if (options.useDevice && options.verbose) {
    const type = hardwareOf(arphrd);
    const shown = type.format === undefined ? hardwareOf(NO_ARPHRD) : type;
    io.err(`arp: device \`${hardware}' has HW address ${shown.name} \`${formatHardware(shown, lladdr)}'.\n`);
  }
  const request: ArpRequest = {...readWords(words.slice(2), options.dev), address, arphrd, lladdr};
  if (options.verbose) io.err('arp: SIOCSARP()\n');
  try {
    setArp(request, session);
  } catch (error) {
    throw error instanceof NetlinkError ? failure(`SIOCSARP: ${errnoText(error.errno)}`) : error;
  }
  return request.dev;
}

/** Missing bytes are those of the host's address: the reference reads both into one struct sockaddr. */
function hardwareAddress(text: string, host: IpAddress, {hardware}: ArpOptions): Uint8Array {
  const rest = new Uint8Array(hardware.octets);
  host.bytes().forEach((byte, i) => {
    if (i + 2 < rest.length) rest[i + 2] = byte;
  });
  const bytes = hardware.parse?.(text, rest);
  if (bytes === undefined) throw failure('arp: invalid hardware address');
  return bytes;
}

/** Address of the device that `-D` names. */
function deviceAddress(name: string, session: KernelSession): {readonly arphrd: number; readonly lladdr: Uint8Array} {
  try {
    const request = makeRequest(interfaceMessage, RTM_GETLINK, 0, {ifname: linkOf(cutName(name))});
    const {type, address} = session.connection().get(request);
    return {arphrd: type, lladdr: address ?? new Uint8Array(0)};
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    throw failure(`arp: cant get HW-Address for \`${name}': ${errnoText(ENODEV)}.`);
  }
}

/**
 * `arp -d HOST WORDS`: the entry, and where there is none the published one.
 * @returns the exit status
 * @throws {UsageError}
 */
export function deleteEntry(words: readonly string[], options: ArpOptions, session: KernelSession, io: Io): number {
  const address = hostOf(words[0]);
  const show = options.verbose ? (word: string): void => io.err(`args=${word}\n`) : undefined;
  const said = readWords(words.slice(1), options.dev, show);
  const request: ArpRequest = {...said, address, arphrd: 0, lladdr: new Uint8Array(0)};
  const tries = said.isPublic ? [true] : said.onlyOwn ? [false] : [false, true];
  for (const isPublic of tries) {
    const call = `SIOCDARP(${isPublic ? 'pub' : 'dontpub'})`;
    if (options.verbose) io.err(`arp: ${call}\n`);
    try {
      deleteArp({...request, isPublic}, session);
      return 0;
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      if (error.errno !== ENXIO && error.errno !== ENOENT) throw failure(`${call}: ${errnoText(error.errno)}`);
    }
  }
  io.out.text(`No ARP entry for ${words[0]}\n`);
  return FAILED;
}

/**
 * `arp -f FILE`: each line holds the words of an `arp -s`. A line that fails is told and passed over. The device that one
 * names is that of the next ones, too.
 * @throws {UsageError} where the file cannot be opened; for words that cannot be meant, which end the run
 * Source: ethers(5), arp(8)
 */
export function setEntries(path: string, options: ArpOptions, session: KernelSession, io: Io): void {
  const bytes = readWholeFile(path);
  if (bytes === undefined) throw failure(`arp: cannot open etherfile ${path} !`);
  const lines = decodeText(bytes, 0, bytes.length).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  lines.forEach((whole, i) => {
    if (options.verbose) io.err(`>> ${whole}`);
    const line = whole.trimEnd();
    if (whole === '\n' || line.startsWith('#')) return;
    const words = line.split(/\s+/).filter(word => word !== '');
    const [first, second] = words;
    if (first === undefined || second === undefined) {
      io.err(`arp: format error on line ${i + 1} of etherfile ${path} !\n`);
      return;
    }
    // Files of the kind ethers(5) tells of have the two the other way round.
    const ordered = first.includes(':') ? [second, first, ...words.slice(2)] : words;
    try {
      options.dev = setEntry(ordered, options, session, io);
    } catch (error) {
      if (!(error instanceof UsageError) || error.status !== FAILED) throw error;
      io.err(`${error.lines.join('\n')}\narp: cannot set entry on line ${i + 1} of etherfile ${path} !\n`);
    }
  });
}
