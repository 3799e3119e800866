import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {deviceIndex} from '../ops/device.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {chosenSuites, eachLinkStats, type StatsSelector, setStats, statsVerbs} from '../ops/stats.js';
import {suiteView} from './views/stats.js';

/** `ip stats`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const command = parseVerbs(statsVerbs, new Cursor(argv), {family: options.family, names, program: io.argv0});
  if (command.verb === 'set') setStats(command.spec, session);
  else show(command.spec as StatsSelector, session);
  return 0;
};

/** Suites of a link one below the other; behind each link of a listing an empty line. */
function show(selector: StatsSelector, session: IpSession): void {
  const {json, out, view} = session;
  session.moreStatistics();
  const wanted = chosenSuites(selector);
  const views = wanted.map(suite => suiteView(suite.path));
  // Before anything is written.
  const index = selector.dev === undefined ? 0 : deviceIndex(selector.dev, session);
  json?.openArray();
  eachLinkStats(wanted, index, session, record => {
    for (const form of views) {
      if (json !== undefined) form.json(json, record, view);
      else form.text(out, record, view);
    }
    if (json === undefined && index === 0) out.ascii(view.oneline ? '\\' : '\n');
  });
  json?.closeArray();
  json?.end();
}
