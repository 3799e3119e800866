import {UsageError} from '../errors.js';
import {MISUSE, refuse, usageError, wrong} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';
import {unsigned} from '../grammar/numbers.js';
import {noDryRun} from '../ops/dryRun.js';
import {execProgram} from '../ops/program.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {findVrf, findVrfTable} from '../ops/vrf.js';
import {cgroupRoot, joinVrf, leaveVrf, ownNetns, vrfOfProcess} from '../ops/vrfExec.js';
import {eachVrfProcess} from '../ops/vrfPids.js';
import {vrfVerbs} from '../ops/vrfVerbs.js';
import {vrfListRequest, vrfTableOf} from '../rtnetlink/link/vrfLink.js';

/** `ip vrf`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const env = {family: options.family, names, program: io.argv0};
  const {verb, spec} = parseVerbs(vrfVerbs, new Cursor(argv), env);
  const words = spec.words ?? [];
  switch (verb) {
    case 'identify':
      return identify(words, session);
    case 'pids':
      return pids(words, session);
    case 'exec':
      return execute(words, session);
    default:
      return show(words, session);
  }
};

function show([name, more]: readonly string[], session: IpSession): number {
  const {io, json, options, out} = session;
  if (more !== undefined) throw usageError(usage(vrfVerbs, io.argv0));
  if (name !== undefined) {
    const table = findVrfTable(name, session);
    if (table === undefined) throw refuse('Invalid VRF', MISUSE, false);
    // One alone has no columns, and is text with -j, too.
    out.text(`${name} ${table}\n`);
    return 0;
  }
  const rows: (readonly [name: string, table: number])[] = [];
  session.connection().dump(vrfListRequest(options.family), ({ifname, linkinfo}) => {
    const table = vrfTableOf(linkinfo);
    if (ifname !== undefined && table !== undefined) rows.push([ifname, table]);
  });
  if (json === undefined) out.ascii('Name              Table\n-----------------------\n');
  json?.openArray();
  for (const [ifname, table] of rows) {
    if (json === undefined) {
      out.text(`${ifname.padEnd(16)} ${String(table).padStart(5)}\n`);
      continue;
    }
    json.openObject();
    json.key('name');
    json.string(ifname);
    json.key('table');
    json.uint(table);
    json.closeObject();
  }
  json?.closeArray();
  json?.end();
  if (json === undefined && rows.length === 0) out.ascii('No VRF has been configured\n');
  return 0;
}

function identify([word, more]: readonly string[], {out}: IpSession): number {
  if (more !== undefined) throw wrong(more, 'Extra arguments specified\n');
  const pid = word === undefined ? 'self' : unsigned(word, 0xffffffff, 10);
  if (pid === undefined) throw wrong(word ?? '', 'Invalid pid\n');
  const vrf = vrfOfProcess(pid);
  if (vrf === undefined) throw refuse('Failed to lookup vrf association: No such file or directory', 1);
  if (vrf !== '') out.text(`${vrf}\n`);
  return 0;
}

function pids(words: readonly string[], session: IpSession): number {
  const [name, more] = words;
  if (name === undefined || more !== undefined) throw refuse('Invalid arguments', 1);
  if (findVrf(name, session) === undefined) throw refuse('Invalid VRF name', 1);
  const {out} = session;
  try {
    const isWhole = eachVrfProcess(name, cgroupRoot(), ownNetns(), ({pid, name: program = '<terminated?>'}) => {
      out.text(`${pid.padStart(5)}  ${program}\n`);
    });
    return isWhole ? 0 : 1;
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(1, error.lines) : error;
  }
}

/** The program takes our place; in a batch it runs in a child, which alone fails when there is no such VRF. */
function execute([name, ...argv]: readonly string[], session: IpSession): number {
  noDryRun('ip vrf exec', session);
  if (name === undefined) throw refuse('No VRF name specified', 1);
  if (argv.length === 0) throw refuse('No command specified', 1);
  if (name === 'default') return execProgram(argv, session, leaveVrf);
  const vrf = findVrf(name, session);
  return execProgram(argv, session, () => {
    if (vrf === undefined) throw refuse('Invalid VRF name');
    joinVrf(name, vrf.index);
  });
}
