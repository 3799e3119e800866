import {mptcpEventMessage} from '../genetlink/mptcp.js';
import {refuse, usageError} from '../grammar/errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {codecOf} from '../netlink/codec.js';
import {endpointVerbs, limitsVerbs, listenMptcp, mptcpVerbs, PathManager} from '../ops/mptcp.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {writeEach, writeRows} from './rows.js';
import {endpointView, mptcpEventView} from './views/mptcp.js';

export {mptcpVerbs as verbs} from '../ops/mptcp.js';

const usage = [
  'Usage: ip mptcp endpoint add ADDRESS [ dev NAME ] [ id ID ] [ port NR ] [ FLAG-LIST ]',
  '       ip mptcp endpoint delete id ID [ ADDRESS ]',
  '       ip mptcp endpoint change [ id ID ] [ ADDRESS ] [ port NR ] CHANGE-OPT',
  '       ip mptcp endpoint show [ id ID ]',
  '       ip mptcp endpoint flush',
  '       ip mptcp limits set [ subflows NR ] [ add_addr_accepted NR ]',
  '       ip mptcp limits show',
  '       ip mptcp monitor',
  'FLAG-LIST := [ FLAG-LIST ] { signal | subflow | backup | fullmesh }',
  'CHANGE-OPT := { backup | nobackup | fullmesh | nofullmesh }',
];

/** `ip mptcp`. */
export const run: RunObject = (argv, session) => {
  const {io, links, names, options} = session;
  if (argv.length === 0) throw usageError(usage);
  const env = {family: options.family, names, program: io.argv0, deviceIndex: (name: string) => links.index(name)};
  const {verb, spec} = parseVerbs(mptcpVerbs, new Cursor(argv), env);
  const words = spec.words ?? [];
  switch (verb) {
    case 'endpoint':
      return endpoint(words, env, session);
    case 'limits':
      return limits(words, env, session);
    case 'monitor':
      return monitor(words, session);
    default:
      throw usageError(usage);
  }
};

function endpoint(words: readonly string[], env: GrammarEnv, session: IpSession): number {
  const command = parseVerbs(endpointVerbs, new Cursor(words), env);
  const manager = new PathManager(session);
  switch (command.verb) {
    case 'flush':
      manager.flush();
      return 0;
    case 'show': {
      if (words.length < 2) {
        writeEach(take => manager.each(take), endpointView, session);
        return 0;
      }
      const found = manager.endpoint(command.spec);
      writeRows(found === undefined ? [] : [found], endpointView, session);
      return 0;
    }
    default:
      manager.change(command.verb, command.spec);
      return 0;
  }
}

/** Limits are told as text with `-j`, too. */
function limits(words: readonly string[], env: GrammarEnv, session: IpSession): number {
  const {verb, spec} = parseVerbs(limitsVerbs, new Cursor(words), env);
  const manager = new PathManager(session);
  if (verb === 'set') {
    manager.setLimits(spec);
    return 0;
  }
  const {rcvAddAddrs, subflows} = manager.limits();
  session.out.ascii(`add_addr_accepted ${rcvAddAddrs} subflows ${subflows} \n`);
  return 0;
}

function monitor([word]: readonly string[], session: IpSession): number {
  if (word !== undefined) throw refuse(`Command "${word}" is unknown, try "ip mptcp help".`);
  const {json, out, view} = session;
  const codec = codecOf(mptcpEventMessage);
  return listenMptcp(
    session,
    (buf, at, end) => {
      const event = codec.decode(buf, at, end);
      if (json === undefined) {
        mptcpEventView.text(out, event, view);
        out.byte(10);
      } else {
        mptcpEventView.json(json, event, view);
        json.end();
      }
    },
    () => out.flush(),
  );
}
