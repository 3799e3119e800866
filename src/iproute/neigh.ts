import {UsageError} from '../errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {type MasterEnv, masterCheck} from '../ops/master.js';
import {changeNeighbour, getNeighbour, neighVerbs} from '../ops/neigh.js';
import {FLUSHED, flushNeighbours, NeighFilter, SHOWN} from '../ops/neighShow.js';
import {leaving} from '../ops/refusal.js';
import type {IpSession, RunObject} from '../ops/session.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';
import {neighView} from './views/neigh.js';

/** `ip neighbour`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const env: MasterEnv = {family: options.family, names, program: io.argv0, checkMaster: masterCheck(session)};
  const command = parseVerbs(neighVerbs, new Cursor(argv), env);
  switch (command.verb) {
    case 'show':
      show(new NeighFilter(command.spec, SHOWN, session, env), session);
      return 0;
    case 'flush': {
      if (argv.length < 2) throw new UsageError(1, 'Flush requires arguments.');
      const filter = new NeighFilter(command.spec, FLUSHED, session, env);
      return flushNeighbours(filter, session, neighbour => writeLine(neighbour, filter.index !== 0, session));
    }
    case 'get':
      writeLine(getNeighbour(command.spec, session), false, session);
      return 0;
    default:
      leaving(() => changeNeighbour(command.verb, command.spec, session));
      return 0;
  }
};

function writeLine(neighbour: Neighbour, ofDevice: boolean, {out, options, view}: IpSession): void {
  const row = {neighbour, ofDevice};
  if (options.brief) neighView.brief(out, row, view);
  else neighView.text(out, row, view);
  out.byte(10);
}

function show(filter: NeighFilter, session: IpSession): void {
  const {json, options, view} = session;
  const ofDevice = filter.index !== 0;
  json?.openArray();
  filter.each(neighbour => {
    if (json === undefined) {
      writeLine(neighbour, ofDevice, session);
      return;
    }
    const row = {neighbour, ofDevice};
    if (options.brief) {
      json.openObject();
      neighView.briefMembers(json, row, view);
      json.closeObject();
    } else neighView.json(json, row, view);
  });
  json?.closeArray();
  json?.end();
}
