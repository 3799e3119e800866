import {UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {Cursor, clause, parseClause, type ValueType, verb, verbs, word} from '../grammar/grammar.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {LinkRequest} from '../rtnetlink/link/schema.js';
import {REPLACE} from '../rtnetlink/request.js';
import {addressFilter} from './addressSpec.js';
import {deviceIndex} from './device.js';
import {surplus} from './kinds/kind.js';
import {linkProperties, type PropertySpec} from './linkProperty.js';
import {checkNames, LinkBuilder} from './linkRequest.js';
import {type LinkSpec, linkOptions} from './linkSpec.js';
import type {IpSession} from './session.js';

const WORDS: ValueType<readonly string[]> = {
  label: '...',
  parse: cursor => cursor.rest(),
  format: value => value,
};

/** Verbs that read their own words. */
const words = clause({words: word({...WORDS, accepts: () => true})});

/** Verbs of `ip link` in match order: `a` is add, `s` set, `d` delete, `sh` and `l` show. */
export const linkVerbs = verbs(
  'link',
  [
    verb('add', () => linkOptions),
    verb('set', () => linkOptions, {as: ['change']}),
    verb('replace', () => linkOptions),
    verb('delete', () => linkOptions),
    verb('show', addressFilter, {as: ['list', 'lst']}),
    verb('xstats', words),
    verb('afstats', words),
    verb('property', words),
    verb('help', words),
  ],
  {whenAbsent: 'show'},
);

/** `ip link add` and `replace`. @throws {UsageError} @throws {NetlinkError} */
export function addLink(spec: LinkSpec, session: IpSession, env: GrammarEnv, mustBeNew: boolean): void {
  withBuilder(session, env, true, builder => {
    const body = builder.body(spec);
    checkNames(spec);
    if (spec.type === undefined) throw new UsageError(1, 'Not enough information: "type" argument is required');
    const ifname = spec.name ?? spec.dev;
    const {type} = spec;
    if (spec.group !== undefined && ifname === undefined && type.words[0] !== undefined) {
      throw surplus(type.words[0], 255);
    }
    if (spec.link !== undefined) {
      body.link = deviceIndex(spec.link, session);
    }
    if (ifname !== undefined) body.ifname = ifname;
    body.linkinfo = builder.linkinfo(type);
    const request = linkRequests.add(body as LinkRequest);
    session.connection().request(mustBeNew ? request : {...request, flags: REPLACE});
  });
}

/** `ip link set`. @throws {UsageError} @throws {NetlinkError} */
export function setLink(spec: LinkSpec, session: IpSession, env: GrammarEnv): void {
  withBuilder(session, env, false, builder => {
    const body = existing(spec, session, builder, true);
    session.connection().request(linkRequests.set(body));
    // Later lines of a batch look the name up again.
    if (body.index !== undefined) session.links.drop(body.index);
  });
}

/** `ip link delete`. @throws {UsageError} @throws {NetlinkError} */
export function deleteLink(spec: LinkSpec, session: IpSession, env: GrammarEnv): void {
  withBuilder(session, env, false, builder => {
    const body = existing(spec, session, builder, false);
    session.connection().request(linkRequests.delete(body));
    if (body.index !== undefined) session.links.drop(body.index);
  });
}

/** A request about a link that is there, or about all of a group. */
function existing(spec: LinkSpec, session: IpSession, builder: LinkBuilder, isChange: boolean): LinkRequest {
  const body = builder.body(spec);
  const {dev, type} = spec;
  if (spec.index !== undefined && spec.netns === undefined) {
    throw refuse('index can be used only when creating devices or when moving device to another netns.');
  }
  if (dev === undefined && spec.group !== undefined) {
    if (type?.words[0] !== undefined) throw surplus(type.words[0], 255);
    return body as LinkRequest;
  }
  if (dev === undefined) throw refuse('Not enough information: "dev" argument is required.');
  if (spec.index !== undefined) body.newIfindex = spec.index;
  const index = deviceIndex(dev, session);
  body.index = index;
  if (isChange) checkAddresses(spec, index, session);
  if (spec.name !== undefined) body.ifname = spec.name;
  if (type !== undefined) body.linkinfo = builder.linkinfo(type, index);
  return body as LinkRequest;
}

/** New addresses must be as long as the one the link has. */
function checkAddresses(spec: LinkSpec, index: number, session: IpSession): void {
  const wanted = [spec.address, ...(spec.vfs ?? []).map(vf => vf.options.mac)].filter(mac => mac !== undefined);
  if (wanted.length === 0) return;
  const length = session.connection().get(linkRequests.get({index})).address?.length;
  for (const mac of wanted) {
    if (length !== undefined && mac.length !== length) {
      throw new UsageError(1, `Invalid address length ${mac.length} - must be ${length} bytes`);
    }
  }
}

/** `ip link property add` and `del`. @throws {UsageError} @throws {NetlinkError} */
export function changeProperties(argv: readonly string[], session: IpSession, env: GrammarEnv): void {
  const [operator, ...rest] = argv;
  const isAdd = isStart(operator, 'add');
  if (!isAdd && !isStart(operator, 'del')) {
    if (operator === undefined || isStart(operator, 'help')) throw new UsageError(255, env.usage?.() ?? []);
    throw refuse('Operator required');
  }
  const spec: PropertySpec = parseClause(linkProperties, new Cursor(rest), env);
  if (spec.dev === undefined) throw refuse('Not enough of information: "dev" argument is required.');
  const index = deviceIndex(spec.dev, session);
  const names = spec.altnames ?? [];
  session.connection().request(isAdd ? linkRequests.addNames(index, names) : linkRequests.deleteNames(index, names));
}

function isStart(word: string | undefined, of: string): boolean {
  return word !== undefined && word !== '' && of.startsWith(word);
}

function withBuilder(session: IpSession, env: GrammarEnv, isNew: boolean, run: (builder: LinkBuilder) => void): void {
  const builder = new LinkBuilder(session, env, isNew);
  try {
    run(builder);
  } finally {
    builder.close();
  }
}
