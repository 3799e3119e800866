import {NetlinkError, UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import {refuse} from '../grammar/errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {Cursor, clause, parseClause, type ValueType, verb, verbs, word} from '../grammar/grammar.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import type {Link, LinkRequest} from '../rtnetlink/link/schema.js';
import {REPLACE} from '../rtnetlink/request.js';
import {shownFilter} from './addressSpec.js';
import {deviceIndex} from './device.js';
import {type Echo, sendChange} from './echo.js';
import {surplus} from './kinds/kind.js';
import {checkNetns, netnsNumber} from './linkNetns.js';
import {linkProperties, type PropertySpec} from './linkProperty.js';
import {checkNames, groupRefusal, LinkBuilder} from './linkRequest.js';
import {type LinkSpec, linkOptions} from './linkSpec.js';
import type {LinkEnv, VfRates} from './linkValues.js';
import {masterCheck} from './master.js';
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
    verb('show', shownFilter, {as: ['list', 'lst']}),
    verb('xstats', words),
    verb('afstats', words),
    verb('property', words),
    verb('help', words),
  ],
  {whenAbsent: 'show'},
);

/** `ip link add` and `replace`. @throws {UsageError} @throws {NetlinkError} */
export function addLink(spec: LinkSpec, session: IpSession, env: LinkEnv, mustBeNew: boolean, echo?: Echo<Link>): void {
  withBuilder(session, env, true, builder => {
    const body = {family: session.options.family, ...builder.body(spec)};
    checkNames(spec);
    const ifname = spec.name ?? spec.dev;
    const {type} = spec;
    if (spec.group !== undefined && ifname === undefined) {
      const word = type?.words[0];
      throw word === undefined ? groupRefusal() : surplus(word, 255);
    }
    if (spec.link !== undefined) body.link = deviceIndex(spec.link, session);
    if (type === undefined) throw new UsageError(1, 'Not enough information: "type" argument is required');
    if (ifname !== undefined) body.ifname = ifname;
    body.linkinfo = builder.linkinfo(type);
    const request = linkRequests.add(body as LinkRequest);
    sendChange(mustBeNew ? request : {...request, flags: REPLACE}, session, echo);
  });
}

/** `ip link set`. @throws {UsageError} @throws {NetlinkError} */
export function setLink(spec: LinkSpec, session: IpSession, env: LinkEnv, echo?: Echo<Link>): void {
  withBuilder(session, env, false, builder => {
    const body = builder.existing(spec);
    sendChange(linkRequests.set(body), session, echo);
    // Later lines of a batch look the name up again.
    if (body.index !== undefined) session.links.drop(body.index);
  });
}

/** `ip link delete`. @throws {UsageError} @throws {NetlinkError} */
export function deleteLink(spec: LinkSpec, session: IpSession, env: LinkEnv, echo?: Echo<Link>): void {
  withBuilder(session, env, false, builder => {
    const body = builder.existing(spec);
    sendChange(linkRequests.delete(body), session, echo);
    if (body.index !== undefined) session.links.drop(body.index);
  });
}

/**
 * What a command line looks up while it is read.
 * @param told gets refusals that do not stop the command
 */
export function linkEnv(session: IpSession, told: (refusal: NetlinkError) => void): LinkEnv {
  return {
    family: session.options.family,
    names: session.names,
    program: session.io.argv0,
    warn: line => session.io.err(`${line}\n`),
    checkMaster: masterCheck(session),
    // A function of its own, because that of linkNetns comes late.
    checkNetns: (...words) => checkNetns(...words),
    checkLinkNetns: name => void netnsNumber(name, session.connection(), told),
    checkAddress: (dev, address) => checkAddress(dev, address, session, told),
    hasDevice: name => session.links.index(name) !== 0,
    vfRates: (dev, vf) => vfRates(dev, vf, session),
  };
}

/** @throws {UsageError} where there is no such device, which ends a batch */
function vfRates(dev: string, vf: number, session: IpSession): VfRates | undefined {
  const index = session.links.index(dev);
  if (index === 0) throw new UsageError(1, `Device ${dev} does not exist`, true);
  const {vfinfoList} = session.connection().get(linkRequests.get({index}));
  return vfinfoList?.info?.find(({rate}) => rate?.vf === vf)?.rate;
}

/**
 * A new address must be as long as the one the link has.
 * @param told gets the refusal of a kernel that does not know the device, which does not stop the command
 * @throws {UsageError}
 */
function checkAddress(
  dev: string,
  address: Uint8Array,
  session: IpSession,
  told: (refusal: NetlinkError) => void,
): void {
  const index = session.links.index(dev);
  if (index === 0) return;
  try {
    const length = session.connection().get(linkRequests.get({index})).address?.length;
    if (length === undefined || address.length === length) return;
    throw new UsageError(1, `Invalid address length ${address.length} - must be ${length} bytes`);
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    told(error);
  }
}

/** `ip link property add` and `del`. @throws {UsageError} @throws {NetlinkError} */
export function changeProperties(argv: readonly string[], session: IpSession, env: GrammarEnv): void {
  const [operator, ...rest] = argv;
  const isAdd = begins(operator, 'add');
  if (!isAdd && !begins(operator, 'del')) {
    if (operator === undefined || begins(operator, 'help')) throw new UsageError(255, env.usage?.() ?? []);
    throw refuse('Operator required');
  }
  const spec: PropertySpec = parseClause(linkProperties, new Cursor(rest), env);
  if (spec.dev === undefined) throw refuse('Not enough of information: "dev" argument is required.');
  const index = deviceIndex(spec.dev, session);
  const names = spec.altnames ?? [];
  session.connection().request(isAdd ? linkRequests.addNames(index, names) : linkRequests.deleteNames(index, names));
}

function withBuilder(session: IpSession, env: LinkEnv, isNew: boolean, run: (builder: LinkBuilder) => void): void {
  const builder = new LinkBuilder(session, env, isNew);
  try {
    run(builder);
  } finally {
    builder.close();
  }
}
