import {UsageError} from '../errors.js';
import {MISUSE, refuse, usageError, wrong} from '../grammar/errors.js';
import {unsigned} from '../grammar/numbers.js';
import {noDryRun} from '../ops/dryRun.js';
import {becomeProgram} from '../ops/program.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {vrfTable} from '../ops/vrf.js';
import {leaveVrf, vrfFolder} from '../ops/vrfExec.js';
import {cgroupPath} from '../procfs/cgroup.js';
import {readLines} from '../procfs/file.js';
import {vrfListRequest} from '../rtnetlink/link/vrfLink.js';

const usage = [
  'Usage: ip vrf show [NAME] ...',
  '       ip vrf exec [NAME] cmd ...',
  '       ip vrf identify [PID]',
  '       ip vrf pids [NAME]',
];

/** Verbs in match order. */
const verbs: readonly (readonly [word: string, run: (words: readonly string[], session: IpSession) => number])[] = [
  ['identify', identify],
  ['pids', pids],
  ['exec', execute],
  ['show', show],
  ['lst', show],
  ['list', show],
];

/** `ip vrf`. */
export const run: RunObject = ([word, ...words], session) => {
  if (word === undefined) return show([], session);
  if (word !== '' && 'help'.startsWith(word)) throw usageError(usage);
  const found = word === '' ? undefined : verbs.find(([name]) => name.startsWith(word));
  if (found === undefined) throw refuse(`Command "${word}" is unknown, try "ip vrf help".`);
  return found[1](words, session);
};

/** Table of a VRF by its name, undefined where there is none. */
function tableOf(name: string, session: IpSession): number | undefined {
  try {
    return vrfTable(name, session);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function show(words: readonly string[], session: IpSession): number {
  const {json, out} = session;
  const [name, more] = words;
  if (more !== undefined) throw usageError(usage);
  const rows: (readonly [name: string, table: number])[] = [];
  if (name !== undefined) {
    const table = tableOf(name, session);
    if (table === undefined) throw refuse('Invalid VRF', MISUSE, false);
    // One alone has no columns, and is text with -j, too.
    out.text(`${name} ${table}\n`);
    return 0;
  }
  session.connection().dump(vrfListRequest(), ({ifname, linkinfo}) => {
    const data = linkinfo?.data;
    const table = data === undefined || data instanceof Uint8Array ? undefined : data.table;
    if (linkinfo?.kind === 'vrf' && ifname !== undefined && table !== undefined) rows.push([ifname, table]);
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

/** What stands behind `/vrf/` in the path of a process names its VRF. */
function identify(words: readonly string[], {out}: IpSession): number {
  const [word, more] = words;
  if (more !== undefined) throw wrong(more, 'Extra arguments specified\n');
  const pid = word === undefined ? process.pid : unsigned(word, 0xffffffff);
  if (pid === undefined) throw wrong(word ?? '', 'Invalid pid\n');
  const path = cgroupPath(pid);
  if (path === undefined) throw new UsageError(1, ['Failed to lookup vrf association: No such file or directory']);
  const at = path.indexOf('/vrf/');
  if (at >= 0) out.text(`${path.slice(at + 5)}\n`);
  return 0;
}

function pids(words: readonly string[], session: IpSession): number {
  const [name, more] = words;
  if (name === undefined || more !== undefined) throw new UsageError(1, ['Invalid arguments']);
  if (tableOf(name, session) === undefined) throw new UsageError(1, ['Invalid VRF name']);
  const folder = vrfFolder();
  for (const pid of folder === undefined ? [] : readLines(`${folder}/${name}/cgroup.procs`)) {
    session.out.text(`${pid.padStart(5)}  ${readLines(`/proc/${pid}/comm`)[0] ?? ''}\n`);
  }
  return 0;
}

/**
 * The program takes our place. Those of a VRF run in a cgroup whose BPF program binds their sockets, which is not built; those
 * of none, in the cgroup above.
 */
function execute(words: readonly string[], session: IpSession): number {
  noDryRun('ip vrf exec', session);
  const [name, file] = words;
  if (name === undefined) throw new UsageError(1, ['No VRF name specified']);
  if (file === undefined) throw new UsageError(1, ['No command specified']);
  if (name === 'default') {
    becomeProgram(words.slice(1), session.io, leaveVrf);
    return 0;
  }
  if (tableOf(name, session) === undefined) throw refuse('Invalid VRF name');
  throw refuse('vrf exec is not built yet.');
}
