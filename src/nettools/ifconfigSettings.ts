import {IpAddress} from '../addr/ip.js';
import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {
  AF_INET,
  AF_INET6,
  IFF_ALLMULTI,
  IFF_BROADCAST,
  IFF_MULTICAST,
  IFF_POINTOPOINT,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_UP,
} from '../rtnetlink/constants.js';
import {type FamilyName, familyNamed} from './families.js';
import {complaintAbout, isForeign} from './foreignAddress.js';
import {setMap} from './ifconfigDriver.js';
import {misused} from './ifconfigUsage.js';
import {type Setting, settingWords} from './ifconfigWords.js';
import {getLink, setAddress, setFlags, setNetmask} from './oldCalls.js';
import {checkPermission} from './permission.js';
import {prefixMask} from './prefixMask.js';
import type {OldSession} from './session.js';
import {inet6Of, inetOf} from './settingAddress.js';

/** Status bits of settings that failed: one by the system call, all by a flag. */
const CALL_FAILED = 1;
const FLAG_FAILED = -1;
const FAILED = 1;
const ENODEV = 19;
const ENOTTY = 25;
const HELP_HINT = "ifconfig: `--help' gives usage information.";

/** Complaints about flags that others keep set. */
const kept: Readonly<Record<number, string>> = {
  [IFF_PROMISC]: 'promisc mode... maybe other application is running?',
  [IFF_MULTICAST]: 'MULTICAST mode.',
  [IFF_ALLMULTI]: 'ALLMULTI mode.',
  [IFF_BROADCAST]: 'BROADCAST mode.',
  [IFF_POINTOPOINT]: 'POINTOPOINT mode.',
};

/** The words of one command line while they are carried out, one after the other. */
export class Settings {
  readonly name: string;
  readonly session: OldSession;
  readonly io: Io;
  readonly family: FamilyName;
  /** Failures so far. */
  status = 0;
  hasNetmask = false;
  /** Mask behind the address's slash; it is set when all words are done. */
  mask: number | undefined;
  /** Interfaces by name, as the first `add` or `del` of the line found them: later ones do not see what it made. */
  names: readonly string[] | undefined;
  readonly #words: readonly string[];
  #at = 0;

  constructor(name: string, words: readonly string[], session: OldSession, io: Io) {
    this.name = name;
    this.session = session;
    this.io = io;
    const family = familyNamed(words[0] as string);
    this.family = family ?? (familyNamed('inet') as FamilyName);
    this.#words = family === undefined ? words : words.slice(1);
  }

  next(): string | undefined {
    return this.#words[this.#at++];
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  /** The next word. @throws {UsageError} where there is none */
  value(): string {
    const word = this.next();
    if (word === undefined) throw misused();
    return word;
  }

  /** An address of the family that was named. @param setting it belongs to @throws {UsageError} status 1 */
  address(setting: string, word: string): IpAddress {
    const {name, number} = this.family;
    if (number === AF_INET6) return inet6Of(word, this.io);
    if (!isForeign(name)) return inetOf(word);
    const complaint = complaintAbout(name, word, `ifconfig: Error resolving '${word}' for ${setting}`);
    if (complaint !== undefined) throw new UsageError(FAILED, complaint);
    return IpAddress.inet(0);
  }

  /** Notes a failure and goes on; failures of flags before it are forgotten. */
  fail(line: string): void {
    this.io.err(`${line}\n`);
    this.status = CALL_FAILED;
  }

  /** Does what an old system call did. */
  call(name: string, action: () => void): void {
    this.attempt(name, () => {
      checkPermission(name, this.session);
      action();
    });
  }

  /** As `call`, for one that does not look at rights. */
  attempt(name: string, action: () => void): void {
    this.told(name, () => {
      this.checkSocket(name);
      action();
    });
  }

  /** Calls need a socket of the family that was named. @throws {NetlinkError} */
  checkSocket(call: string): void {
    if (this.family.refusal !== undefined) throw new NetlinkError(this.family.refusal, call);
  }

  /** A refusal is told by the call's name. */
  told(name: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.fail(`${name}: ${errnoText(error.errno)}`);
    }
  }

  /** A call about IPv4 addresses. */
  inetCall(
    name: string,
    address: IpAddress,
    action: (name: string, address: IpAddress, session: OldSession) => void,
  ): void {
    this.call(name, () => {
      if (this.family.number !== AF_INET) throw new NetlinkError(foreignCall(this.family.number, name), name);
      action(this.name, address, this.session);
    });
  }

  /** Changes hardware resources. @param word what the complaint begins with */
  change(word: string, fields: Parameters<typeof setMap>[2]): void {
    try {
      this.checkSocket(`${word}: SIOCGIFMAP`);
      setMap(this.name, `${word}: `, fields, this.session);
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.fail(`${error.request}: ${errnoText(error.errno)}`);
    }
  }

  /** Sets or clears flags. */
  flag(bits: number, on: boolean, name: string = this.name): void {
    try {
      if (on) this.checkSocket('SIOCGIFFLAGS');
      else this.#checkClearing(name);
      const link = getLink(name, this.session);
      try {
        checkPermission('SIOCSIFFLAGS', this.session);
        setFlags(name, link, bits, on, this.session);
      } catch (error) {
        if (!(error instanceof NetlinkError)) throw error;
        this.io.err(`SIOCSIFFLAGS: ${errnoText(error.errno)}\n`);
        this.status |= FLAG_FAILED;
      }
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.io.err(`${name}: ERROR while getting interface flags: ${errnoText(error.errno)}\n`);
      this.status |= FLAG_FAILED;
    }
  }

  /** What clears a flag of an alias, and looks at it then, takes the socket of IPv4. @throws {NetlinkError} */
  #checkClearing(name: string): void {
    if (!name.includes(':')) this.checkSocket('SIOCGIFFLAGS');
  }

  /** Warns where a flag did not go. */
  complainIfKept(bit: number): void {
    try {
      this.#checkClearing(this.name);
      const {flags} = getLink(this.name, this.session);
      const why = kept[bit];
      if (why !== undefined && (flags & bit) !== 0) {
        this.io.err(`Warning: Interface ${this.name} still in ${why}\n`);
      }
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.io.err(`${this.name}: ERROR while testing interface flags: ${errnoText(error.errno)}\n`);
    }
  }

  /** A word that is no setting: the interface's address. */
  #setAddress(word: string): void {
    const slash = this.family.number === AF_INET ? word.indexOf('/') : -1;
    if (slash >= 0) {
      const mask = prefixMask(word.slice(slash + 1));
      if (mask === undefined || this.hasNetmask) throw misused();
      this.mask = mask;
    }
    const address = this.#ownAddress(slash < 0 ? word : word.slice(0, slash));
    this.call('SIOCSIFADDR', () => setAddress(this.name, address, this.session));
    const colon = this.name.indexOf(':');
    // A dash behind an alias, or an address that takes it away: it does not go up.
    if (colon >= 0 && (this.name.endsWith('-') || address.isUnspecified)) return;
    this.flag(IFF_UP | IFF_RUNNING, true);
  }

  /** @throws {UsageError} for names that nobody knows and for families without such addresses */
  #ownAddress(word: string): IpAddress {
    const {name, number} = this.family;
    try {
      if (number === AF_INET) return inetOf(word);
      if (number === AF_INET6) inet6Of(word, this.io);
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(error.status, [...error.lines, HELP_HINT]);
      throw error;
    }
    const unexplained = `ifconfig: error resolving '${word}' to set address for af=${name}`;
    const complaint = complaintAbout(name, word, unexplained);
    if (complaint !== undefined) throw new UsageError(FAILED, [complaint, HELP_HINT]);
    if (name === 'ec') throw new UsageError(FAILED, 'No support for ECONET on this system.');
    const settable = number === AF_INET6 || isForeign(name);
    throw new UsageError(
      FAILED,
      settable
        ? `Don't know how to set addresses for family ${number}.`
        : 'ifconfig: Cannot set address for this protocol family.',
    );
  }

  /** A name that nobody knows ends its setting, not the run. */
  #carryOut(setting: Setting): void {
    try {
      setting(this);
    } catch (error) {
      if (!(error instanceof UsageError) || error.status !== FAILED) throw error;
      this.fail(error.lines.join('\n'));
    }
  }

  run(): void {
    for (let word = this.next(); word !== undefined; word = this.next()) {
      const setting = Object.hasOwn(settingWords, word) ? settingWords[word] : undefined;
      if (setting === undefined) this.#setAddress(word);
      else this.#carryOut(setting);
    }
    if (this.mask !== undefined) this.setMask(IpAddress.inet(this.mask));
  }

  /** Sets the mask. Its failure does not make those before it forgotten. */
  setMask(mask: IpAddress): void {
    const before = this.status;
    this.inetCall('SIOCSIFNETMASK', mask, setNetmask);
    this.status |= before;
  }
}

/** Errno of a call about IPv4 addresses on a socket of another family: IPv6 has another meaning for one of them. */
function foreignCall(family: number, name: string): number {
  return family === AF_INET6 && name === 'SIOCSIFDSTADDR' ? ENODEV : ENOTTY;
}

/**
 * Carries out the words behind an interface's name. A refusal of the kernel does not end the run.
 * @returns the exit status
 * @throws {UsageError} for words that cannot be meant, when those before them are done
 */
export function setUp(name: string, words: readonly string[], verbose: boolean, session: OldSession, io: Io): number {
  const settings = new Settings(name, words, session, io);
  settings.run();
  if (settings.status !== 0 && verbose) io.err(`WARNING: at least one error occured. (${settings.status})\n`);
  return settings.status & 255;
}
