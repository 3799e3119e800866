import {begins} from '../grammar/cursor.js';
import {wrong} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {deviceIndex} from '../ops/device.js';
import type {DeviceEnv} from '../ops/deviceValue.js';
import {changeTable, eachTable, type NtableSelector, ntableVerbs} from '../ops/ntable.js';
import {leaving} from '../ops/refusal.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {ntableView} from './views/ntable.js';

/** `ip ntable`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options, links} = session;
  const [verb] = argv;
  const isChange = begins(verb, 'change');
  const env: DeviceEnv = {
    family: options.family,
    names,
    program: io.argv0,
    checkDevice(name) {
      if (isChange || verb === 'chg') deviceIndex(name, session);
      else if (links.index(name) === 0) throw wrong(name, '"DEV" is invalid');
    },
  };
  const command = parseVerbs(ntableVerbs, new Cursor(argv), env);
  if (command.verb === 'change') return leaving(() => changeTable(command.spec, env, session));
  showTables(command.spec, env, session);
  return 0;
};

function showTables(selector: NtableSelector, env: DeviceEnv, session: IpSession): void {
  const {json, out, view} = session;
  json?.openArray();
  eachTable(selector, env, session, table => {
    if (json !== undefined) {
      ntableView.json(json, table, view);
      return;
    }
    ntableView.text(out, table, view);
    out.byte(10);
  });
  json?.closeArray();
  json?.end();
}
