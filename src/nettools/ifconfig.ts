import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {report} from './errors.js';
import {cutName, missing} from './interfaceNames.js';
import {getInterface, type Interface, listInterfaces} from './interfaces.js';
import {openSession} from './session.js';
import {writeInterface} from './views/interface.js';
import {interfaceTableHeader, writeInterfaceRow} from './views/interfaceTable.js';

/** Status of an interface that is not there, and of an option that is none. */
const FAILED = 1;

/** Options before the interface's name. */
interface Options {
  all: boolean;
  short: boolean;
  verbose: boolean;
  json: boolean;
}

/** A command line: options, the interface, and what is to be done with it. */
export interface IfconfigOptions extends Readonly<Options> {
  readonly name: string | undefined;
  readonly words: readonly string[];
}

/** `ifconfig`: lists interfaces or sets one up. @returns the exit status */
export async function runIfconfig(argv: readonly string[], io: Io): Promise<number> {
  try {
    const parsed = await parseIfconfig(argv, io);
    if (parsed === undefined) return 0;
    const {name, words} = parsed;
    if (name === undefined || words.length === 0) return await show(name, parsed, io);
    const {setUp} = await import('./ifconfigSettings.js');
    return setUp(cutName(name), words, parsed.verbose, openSession(io), io);
  } catch (error) {
    return report(error, io, 'ifconfig');
  }
}

/**
 * Reads the options; name and words are looked at later.
 * @returns undefined where the options were all there is to do
 * @throws {UsageError} for one that is none
 */
export async function parseIfconfig(argv: readonly string[], io: Io): Promise<IfconfigOptions | undefined> {
  const options: Options = {all: false, short: false, verbose: false, json: false};
  let at = 0;
  for (; argv[at]?.startsWith('-'); at++) {
    switch (argv[at]) {
      case '-a':
        options.all = true;
        break;
      case '-s':
        options.short = true;
        break;
      case '-v':
        options.verbose = true;
        break;
      case '-j':
      case '--json':
        options.json = true;
        break;
      case '-V':
      case '--version':
        io.out.ascii(`${(await import('./version.js')).VERSION}\n`);
        return undefined;
      case '-?':
      case '-h':
      case '--help':
        (await import('./ifconfigUsage.js')).writeHelp(io);
        return undefined;
      default:
        throw new UsageError(FAILED, [
          `ifconfig: option \`${argv[at]}' not recognised.`,
          "ifconfig: `--help' gives usage information.",
        ]);
    }
  }
  return {...options, name: argv[at], words: argv.slice(at + 1)};
}

/** One interface, or all. @returns the exit status */
async function show(name: string | undefined, {all, short, json}: Options, io: Io): Promise<number> {
  const session = openSession(io);
  const shown: Interface[] = [];
  let lost: string | undefined;
  if (name === undefined) {
    for (const one of listInterfaces(all, session)) {
      if (one.link === undefined) {
        lost = one.name;
        break;
      }
      shown.push(one);
    }
  } else {
    try {
      shown.push(getInterface(cutName(name), session));
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      lost = cutName(name);
    }
  }
  if (json) {
    const {writeInterfacesJson} = await import('./views/interfaceJson.js');
    writeInterfacesJson(io.out, shown);
  } else if (short) {
    io.out.ascii(interfaceTableHeader);
    for (const one of shown) writeInterfaceRow(io.out, one);
  } else {
    for (const one of shown) writeInterface(io.out, one);
  }
  if (lost === undefined) return 0;
  throw new UsageError(FAILED, missing(lost));
}
