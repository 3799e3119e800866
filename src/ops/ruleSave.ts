import type {NetlinkError} from '../errors.js';
import {MISUSE} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {NLM_F_CREATE} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import {RTM_NEWRULE} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import {ruleRequests} from '../rtnetlink/rule/requests.js';
import {ruleMessage} from '../rtnetlink/rule/schema.js';
import {ENDING, guarded} from './ruleShow.js';
import {
  closeSaved,
  endRestore,
  openSaved,
  readRecords,
  refuseTerminal,
  type SavedKind,
  saveMessage,
} from './savedFile.js';
import type {IpSession} from './session.js';

/** Source: observed, test/differential/rule.test.ts. */
const kind: SavedKind = {magic: 0x71706986, other: MISUSE, broken: MISUSE};

/**
 * `ip rule save`: the kernel's own messages behind a magic number.
 * @throws {UsageError} when standard output is a terminal or cannot be written
 */
export function saveRules(env: GrammarEnv, session: IpSession): number {
  const {out, json} = session;
  openSaved(kind.magic, MISUSE, out);
  guarded(() =>
    session.connection().dumpRaw(ruleRequests.list({family: env.family}) as Request, (buf, at, end, type, flags) => {
      if (type === RTM_NEWRULE) saveMessage(buf, at, end, type, flags, out);
    }),
  );
  closeSaved(out, ENDING, MISUSE);
  json?.openArray();
  json?.closeArray();
  json?.end();
  return 0;
}

/**
 * `ip rule restore`: makes the rules of standard input again; ones that exist exist twice then.
 * @throws {UsageError} when it holds no saved rules, or the kernel refuses one
 */
export function restoreRules(session: IpSession, report: (error: NetlinkError) => void): number {
  refuseTerminal('rule', MISUSE);
  for (const {flags, record} of readRecords(kind, ruleMessage, RTM_NEWRULE)) {
    try {
      session.connection().request(makeRequest(ruleMessage, RTM_NEWRULE, flags | NLM_F_CREATE, record));
    } catch (error) {
      throw endRestore(error, report);
    }
  }
  return 0;
}
