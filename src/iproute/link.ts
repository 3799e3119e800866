import {UsageError} from '../errors.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import {usage} from '../grammar/help.js';
import type {AddressEnv} from '../ops/addressSpec.js';
import {KindUsage, kindUsage} from '../ops/kinds/kind.js';
import {findKind, hasHelp} from '../ops/kinds/table.js';
import {addLink, changeProperties, deleteLink, linkEnv, linkVerbs, setLink} from '../ops/link.js';
import {linkRows} from '../ops/linkRows.js';
import {listLinks, type Shown} from '../ops/linkShow.js';
import type {LinkEnv} from '../ops/linkValues.js';
import {afstats, type XstatsAnswer, xstats} from '../ops/linkXstats.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {AF_PACKET} from '../rtnetlink/constants.js';
import type {Link} from '../rtnetlink/link/schema.js';
import type {LinkStatsRecord} from '../rtnetlink/link/statsMessage.js';
import {type EchoForm, echoOf} from './echo.js';
import {report} from './errors.js';
import {type LinkRow, linkView, monitorLinkView} from './views/link.js';
import {afstatsView} from './views/linkAfstats.js';
import {xstatsView} from './views/linkXstats.js';

export {linkVerbs as verbs} from '../ops/link.js';

/** `ip link`. */
export const run: RunObject = (argv, session) => {
  const env = linkEnv(session, refusal => void report(refusal, session.io));
  try {
    return dispatch(argv, session, env);
  } catch (error) {
    if (!(error instanceof KindUsage)) throw error;
    writeLines(error.lines, session);
    return error.status;
  }
};

function dispatch(argv: readonly string[], session: IpSession, env: GrammarEnv): number {
  const filterEnv: AddressEnv & LinkEnv = {...env, family: AF_PACKET};
  const command = parseVerbs(linkVerbs, new Cursor(argv), filterEnv);
  env.usage = () => usage(linkVerbs, env.program);
  const echo = echoOf(session, () => echoForm(session));
  switch (command.verb) {
    case 'add':
    case 'replace':
      addLink(command.spec, session, env, command.verb === 'add', echo);
      return 0;
    case 'set':
      setLink(command.spec, session, env, echo);
      return 0;
    case 'delete':
      deleteLink(command.spec, session, env, echo);
      return 0;
    case 'show':
      session.left.hasListedLinks = true;
      showLinks(listLinks(command.spec, session, env), session);
      return 0;
    case 'xstats':
      return showXstats(xstats(command.spec.words ?? [], session), session);
    case 'afstats':
      showAfstats(afstats(command.spec.words ?? [], session, env), session);
      return 0;
    case 'property':
      changeProperties(command.spec.words ?? [], session, env);
      return 0;
    case 'help':
      return help(command.spec.words ?? [], session, env);
  }
}

/** As an event of `ip monitor`, without mode and queue length. */
function echoForm(session: IpSession): EchoForm<Link, LinkRow> {
  return {
    view: monitorLinkView,
    row: link => linkRows([link], session)[0] as LinkRow,
    end: '\n',
    hasBrief: true,
    isNested: false,
  };
}

/** `ip link help KIND`: usage of the kind on stdout; without one, or with an unknown one, of the object. */
function help(words: readonly string[], session: IpSession, env: GrammarEnv): number {
  const [name] = words;
  const kind = name === undefined || !hasHelp(name) ? undefined : findKind(name);
  if (kind === undefined) throw new UsageError(255, env.usage?.() ?? []);
  writeLines(kindUsage(kind), session);
  return 0;
}

function showXstats(answer: XstatsAnswer, session: IpSession): number {
  const {out, json, view} = session;
  if ('usage' in answer) {
    writeLines([answer.usage], session);
    return 0;
  }
  json?.openArray();
  for (const row of answer.rows) {
    if (json !== undefined) {
      xstatsView.json(json, row, view);
      continue;
    }
    xstatsView.text(out, row, view);
  }
  json?.closeArray();
  json?.end();
  return 0;
}

/** The reference makes no objects in the JSON array: members of all devices follow each other. */
function showAfstats(rows: readonly LinkStatsRecord[], {out, json, view}: IpSession): void {
  json?.openArray();
  for (const row of rows) {
    if (json === undefined) afstatsView.text(out, row, view);
    else afstatsView.members(json, row, view);
  }
  json?.closeArray();
  json?.end();
}

function writeLines(lines: readonly string[], {out}: IpSession): void {
  for (const line of lines) out.text(`${line}\n`);
}

function showLinks(rows: readonly Shown[], {out, json, options, view}: IpSession): void {
  json?.openArray();
  for (const row of rows) {
    if (json !== undefined) {
      json.openObject();
      if (row !== undefined && options.brief) linkView.briefMembers(json, row, view);
      else if (row !== undefined) linkView.members(json, row, view);
      json.closeObject();
    } else if (row !== undefined) {
      if (options.brief) linkView.brief(out, row, view);
      else linkView.text(out, row, view);
      out.byte(10);
    }
  }
  json?.closeArray();
  json?.end();
}
