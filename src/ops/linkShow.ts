import {UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {Link} from '../rtnetlink/link/schema.js';
import {type LinkFilterSpec, makeFilter} from './linkFilter.js';
import {LinkBuilder} from './linkRequest.js';
import {type LinkRow, linkRows} from './linkRows.js';
import type {IpSession} from './session.js';

/** A link of a listing; `undefined` for one that the filter hides, which leaves an empty object in JSON. */
export type Shown = LinkRow | undefined;

/**
 * Links of `ip link show`, in the kernel's order.
 * @throws {UsageError} `Device "x" does not exist.`, status 1
 */
export function listLinks(spec: LinkFilterSpec, session: IpSession, env: GrammarEnv): readonly Shown[] {
  const filter = makeFilter(spec, new LinkBuilder(session, env));
  const links: Link[] = [];
  if (spec.dev === undefined) {
    session.connection().dump(linkRequests.list(filter.request), link => {
      links.push(link);
    });
  } else {
    const index = session.links.index(spec.dev);
    if (index === 0) throw new UsageError(1, `Device "${spec.dev}" does not exist.`);
    links.push(session.connection().get(linkRequests.get({index})));
  }
  const rows = linkRows(links, session);
  return rows.map(row => (filter.accepts(row.link) ? row : undefined));
}
