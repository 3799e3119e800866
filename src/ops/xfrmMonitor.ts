import {refuse} from '../grammar/errors.js';
import {type Cursor, clause, flag, help, keyword, type Parsed, parseClause} from '../grammar/grammar.js';
import {text} from '../grammar/values.js';
import type {OnEvent} from '../netlink/sync.js';
import {NETLINK_XFRM, xfrmGroups} from '../rtnetlink/xfrm/constants.js';
import {replay} from './monitor.js';
import type {IpSession} from './session.js';
import {monitorUsage} from './xfrmUsage.js';

/** XFRMNLGRP_ are numbered up to this one. Source: XFRMNLGRP_MAPPING. */
const LAST_GROUP = 8;

const options = clause(
  () => ({
    file: keyword('file', text('FILE', 'file')),
    // The reference takes it and shows keys all the same.
    nokeys: flag('nokeys'),
    all: flag('all'),
    allNsid: flag('all-nsid', {match: 'prefix'}),
    acquire: flag('acquire', {match: 'prefix'}),
    expire: flag('expire', {match: 'prefix'}),
    SA: flag('SA', {match: 'prefix'}),
    aevent: flag('aevent', {match: 'prefix'}),
    policy: flag('policy', {match: 'prefix'}),
    report: flag('report', {match: 'prefix'}),
    help: help(),
  }),
  {unknown: word => refuse(`Argument "${word}" is unknown, try "ip xfrm monitor help".`)},
);

/** Words of `ip xfrm monitor`, read. */
export type XfrmMonitorSpec = Parsed<typeof options>;

/** Reads the words of `ip xfrm monitor`. @throws {UsageError} */
export function parseXfrmMonitor(cursor: Cursor, {io, names, options: {family}}: IpSession): XfrmMonitorSpec {
  return parseClause(options, cursor, {family, names, program: io.argv0, usage: monitorUsage});
}

/**
 * Listens to the kernel, which does not end, or reads what a file holds.
 * @param pause is called when there is nothing more to read for now
 */
export function watchXfrm(spec: XfrmMonitorSpec, session: IpSession, each: OnEvent, pause: () => void): void {
  if (spec.file !== undefined) {
    replay(spec.file, each);
    return;
  }
  const words = Object.keys(xfrmGroups) as (keyof typeof xfrmGroups)[];
  const named = spec.all === true ? [] : words.filter(word => spec[word] === true);
  const every = Array.from({length: LAST_GROUP}, (_, i) => i + 1);
  const connection = session.io.open(NETLINK_XFRM, {
    strict: false,
    groups: named.length > 0 ? named.map(word => xfrmGroups[word]) : every,
    allNamespaces: spec.allNsid === true,
  });
  for (;;) {
    if (connection.receive(each, false) !== 'empty') continue;
    pause();
    connection.receive(each);
  }
}
