import {readFileSync} from 'node:fs';
import {decodeText} from '../addr/text.js';
import {DecodeError} from '../errors.js';
import type {Io, RunTool} from '../io.js';
import {runIp} from '../iproute/run.js';
import {adoptNative, native} from '../native.js';
import {explained} from '../nettools/explained.js';
import {ProcessIo} from './io.js';

/** Status after an error of our own making: EX_SOFTWARE of sysexits.h. */
const BROKEN = 70;

/** The programs by the name of the reference; each is a chunk of its own. */
const tools: Readonly<Record<string, () => Promise<RunTool>>> = {
  ip: async () => runIp,
  ss: () => import('../ss/run.js').then(module => module.runSs),
  route: async () => {
    const {runRoute} = await import('../nettools/route.js');
    return (argv, io) => runRoute(argv, io, runIp);
  },
  netstat: async () => {
    const {runNetstat} = await import('../nettools/netstat.js');
    return (argv, io) => runNetstat(argv, io, runIp);
  },
  ifconfig: () => import('../nettools/ifconfig.js').then(module => module.runIfconfig),
  arp: () => import('../nettools/arp.js').then(module => module.runArp),
  ipmaddr: () => import('./oldIp.js').then(module => module.oldIp('ipmaddr')),
  iptunnel: () => import('./oldIp.js').then(module => module.oldIp('iptunnel')),
  explain: () => import('./explain.js').then(module => module.runExplain),
  complete: () => import('../iproute/complete.js').then(module => module.runComplete),
};

export {adoptNative};

/** Name of the reference that a program is: `tsip`, `tsip.cjs` and a link named `ip` are `ip`. */
export function toolName(path: string): string | undefined {
  const from = path.lastIndexOf('/') + 1;
  const name = path.slice(path.startsWith('ts', from) ? from + 2 : from, path.endsWith('.cjs') ? -4 : undefined);
  return Object.hasOwn(tools, name) ? name : undefined;
}

/** Words of the command line; where node lost bytes that are not UTF-8, as the kernel has them. */
function words(argv: readonly string[]): readonly string[] {
  if (!argv.some(word => word.includes('\ufffd'))) return argv;
  const raw = readFileSync('/proc/self/cmdline');
  const all: string[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(0, at);
    all.push(decodeText(raw, at, end));
    at = end + 1;
  }
  return all.slice(all.length - argv.length);
}

/**
 * Runs a program, writes out what it printed and ends the process with its status.
 * @param beforeExit called with the status when all is written
 */
export async function main(
  tool: string,
  argv: readonly string[],
  beforeExit?: (status: number) => void,
): Promise<never> {
  const io = new ProcessIo(tool);
  let status: number;
  try {
    if (io.env.TSNET_TRACE === '1') io.trace = (await import('../netlink/trace.js')).stderrTracer();
    status = await runTool(tool, words(argv), io);
  } catch (error) {
    // Bytes that are not what they should be are no mistake of ours: where it was noticed helps nobody.
    const isOurs = error instanceof Error && !(error instanceof DecodeError);
    io.err(`${tool}: ${isOurs ? error.stack : String(error)}\n`);
    status = BROKEN;
  }
  io.out.flush();
  beforeExit?.(status);
  return native().exit(status);
}

/** Runs a program on given in- and outputs. @returns its exit status */
export async function runTool(tool: string, argv: readonly string[], io: Io): Promise<number> {
  const old = explained.find(name => name === tool);
  if (old !== undefined && argv.includes('--explain')) {
    const {explain} = await import('../nettools/explain.js');
    const rest = argv.filter(word => word !== '--explain');
    return explain(old, rest, io);
  }
  const load = tools[tool];
  if (load === undefined) {
    io.err(`${tool}: no such program\n`);
    return 1;
  }
  return (await load())(argv, io);
}
