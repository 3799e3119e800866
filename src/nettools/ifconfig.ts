import {NetlinkError, UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {report} from './errors.js';
import {cutName, missing} from './interfaceNames.js';
import {getInterface, type Interface, listInterfaces} from './interfaces.js';
import {openSession} from './session.js';
import {writeInterface} from './views/interface.js';
import {interfaceTableHeader, writeInterfaceRow} from './views/interfaceTable.js';
import {VERSION} from './words.js';

/** Status of an interface that is not there, and of an option that is none. */
const FAILED = 1;

/** Options before the interface's name. */
interface Options {
  all: boolean;
  short: boolean;
  verbose: boolean;
  json: boolean;
}

/** `ifconfig`: lists interfaces or sets one up. @returns the exit status */
export async function runIfconfig(argv: readonly string[], io: Io): Promise<number> {
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
        io.out.ascii(`${VERSION}\n`);
        return 0;
      case '-?':
      case '-h':
      case '--help':
        (await import('./ifconfigUsage.js')).writeHelp(io);
        return 0;
      default:
        io.err(`ifconfig: option \`${argv[at]}' not recognised.\nifconfig: \`--help' gives usage information.\n`);
        return FAILED;
    }
  }
  try {
    const [name, ...words] = argv.slice(at);
    if (name === undefined || words.length === 0) return await show(name, options, io);
    const {setUp} = await import('./ifconfigSettings.js');
    return setUp(cutName(name), words, options.verbose, openSession(io), io);
  } catch (error) {
    return report(error, io, 'ifconfig');
  }
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
