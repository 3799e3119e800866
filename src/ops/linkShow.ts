import {errnoText} from '../errno.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {AF_PACKET} from '../rtnetlink/constants.js';
import {AddressFilter, notFound} from './addressShow.js';
import type {AddressFilterSpec} from './addressSpec.js';
import {type LinkRow, linkRows} from './linkRows.js';
import type {IpSession} from './session.js';

const ENODEV = 19;

/** A link of a listing; `undefined` for one that the filter hides, which leaves an empty object in JSON. */
export type Shown = LinkRow | undefined;

/**
 * Links of `ip link show`, in the kernel's order. To the reference it is `ip addr show` of the link family: the words
 * for addresses pass and mean nothing, except `label`, which no link has.
 * @throws {UsageError} `Device "x" does not exist.`, status 1; another way for `if7` and `eth0:label`, of which the kernel is
 * asked by name
 */
export function listLinks(spec: AddressFilterSpec, session: IpSession, env: GrammarEnv): readonly Shown[] {
  const filter = new AddressFilter(spec, session, {...env, family: AF_PACKET});
  if (spec.dev !== undefined && !session.links.knows(spec.dev)) {
    throw notFound(`RTNETLINK answers: ${errnoText(ENODEV)}`, ENODEV, session);
  }
  return linkRows(filter.links(), session).map(row => (filter.acceptsLink(row.link) ? row : undefined));
}
