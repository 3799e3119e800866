import {NetlinkError, UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {noDryRun} from '../ops/dryRun.js';
import {checkName, type IdSelector, namespaceNumber, needName, netnsVerbs, processId} from '../ops/netns.js';
import {execIn, execInAll} from '../ops/netnsExec.js';
import {listIds, listNetns, setNumber} from '../ops/netnsIds.js';
import {monitorNetns} from '../ops/netnsMonitor.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {
  attachNetns,
  createNetns,
  namesOfProcess,
  namesRefusal,
  netnsNames,
  processesOf,
  removeNetns,
} from '../rtnetlink/netns.js';
import {report} from './errors.js';
import {netnsView, nsidView} from './views/netns.js';

/** Verbs that work on files or run programs. */
const makesFiles: readonly string[] = ['add', 'attach', 'delete', 'exec'];

/** `ip netns`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  if (!options.all) checkName(argv[1]);
  const env = {family: options.family, names, program: io.argv0};
  const command = parseVerbs(netnsVerbs, new Cursor(argv), env);
  if (command.verb === 'list-id') return showIds(command.spec, session);
  const words = command.spec.words ?? [];
  if (makesFiles.includes(command.verb)) noDryRun(`ip netns ${command.verb}`, session);
  const warn = (line: string): void => io.err(`${line}\n`);
  switch (command.verb) {
    case 'add':
      return step(() => createNetns(needName(words[0]), warn));
    case 'attach':
      return attach(words, warn);
    case 'delete':
      if (options.all) return deleteAll(session);
      return step(() => removeNetns(needName(words[0])));
    case 'set':
      return set(words, session);
    case 'identify':
      return identify(words, session);
    case 'pids':
      return showProcesses(words, session);
    case 'exec':
      if (options.all) return execInAll(() => stepped(netnsNames), words, session);
      return execIn(needName(words[0]), words.slice(1), session);
    case 'monitor':
      return stepped(() => monitorNetns(session));
    default:
      return showNames(session);
  }
};

/** What fails in a file of a namespace is told with the step, and is status 1. */
function stepped<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof NetlinkError ? new UsageError(1, error.message) : error;
  }
}

function step(call: () => void): number {
  stepped(call);
  return 0;
}

function showNames(session: IpSession): number {
  const {io, json, out, view} = session;
  const refusals: NetlinkError[] = [];
  const rows = listNetns(session.connection(), error => refusals.push(error));
  if (rows === undefined) return 0;
  // The reference asks for the numbers twice.
  for (const error of [...refusals, ...refusals]) report(error, io);
  json?.openArray();
  for (const row of rows) {
    if (json === undefined) netnsView.text(out, row, view);
    else netnsView.json(json, row, view);
  }
  json?.closeArray();
  json?.end();
  return 0;
}

function showIds(selector: IdSelector, session: IpSession): number {
  const {io, json, out, view} = session;
  const isDump = selector.nsid === undefined;
  let isOpen = false;
  const open = (): void => {
    if (!isOpen) json?.openArray();
    isOpen = true;
  };
  if (isDump) open();
  try {
    listIds(
      selector,
      session.connection(),
      error => report(error, io),
      row => {
        open();
        if (json === undefined) nsidView.text(out, row, view);
        else nsidView.json(json, row, view);
      },
    );
  } catch (error) {
    if (!isDump || !(error instanceof NetlinkError)) throw error;
    report(error, io);
    throw refuse('Dump terminated', 1);
  }
  json?.closeArray();
  json?.end();
  return 0;
}

function attach([name, pid]: readonly string[], warn: (line: string) => void): number {
  if (name === undefined || pid === undefined) throw refuse('No netns name and PID specified', 1);
  const process = processId(pid);
  return step(() => attachNetns(name, process, warn));
}

/** Each refusal is told, and none is a failure. */
function deleteAll({io}: IpSession): number {
  for (const name of stepped(netnsNames)) {
    try {
      removeNetns(name);
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      io.err(`${error.message}\n`);
    }
  }
  return 0;
}

function set([name, id]: readonly string[], session: IpSession): number {
  const wanted = needName(name);
  if (id === undefined) throw refuse('No nsid specified', 1);
  setNumber(wanted, namespaceNumber(id), session.connection());
  return 0;
}

/** Of several names the last; an empty line without one. */
function identify(words: readonly string[], {out}: IpSession): number {
  const [pid = 'self'] = words;
  if (words.length > 1) throw refuse('extra arguments specified', 1);
  if (words.length === 1 && !/^\d+$/.test(pid)) throw refuse(`Specified string '${pid}' is not a pid`, 1);
  try {
    out.text(`${namesOfProcess(pid).at(-1) ?? ''}\n`);
  } catch (error) {
    throw error instanceof NetlinkError ? refuse(namesRefusal(error), 1) : error;
  }
  return 0;
}

function showProcesses(words: readonly string[], {out}: IpSession): number {
  const name = needName(words[0]);
  if (words.length > 1) throw refuse('extra arguments specified', 1);
  for (const pid of stepped(() => processesOf(name))) out.ascii(`${pid}\n`);
  return 0;
}
