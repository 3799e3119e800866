import {garbage, wrong} from '../grammar/errors.js';
import {clause, flag, help, keyword, type Parsed, rest} from '../grammar/grammar.js';
import {device, prefixOf, text} from '../grammar/values.js';
import type {Link} from '../rtnetlink/link/schema.js';
import type {LinkBuilder} from './linkRequest.js';
import {group} from './linkValues.js';

const IFF_UP = 0x1;
const AF_PACKET = 17;
/** IFLA_MASTER of a dump that wants links without one. */
const NO_MASTER = 0xffffffff;
const SLAVE = '_slave';

/**
 * What `ip link show` shows. The reference reads the filter of `ip addr show` here, so the words for addresses pass
 * and mean nothing, except `label`, which no link has, and `to`.
 */
export const linkFilter = clause({
  to: keyword(
    'to',
    {label: 'PREFIX', parse: cursor => prefixOf(cursor.next(), AF_PACKET), format: () => []},
    {hidden: true},
  ),
  scope: keyword(
    'scope',
    {
      label: 'SCOPE',
      parse(cursor, _keyword, env) {
        const word = cursor.next();
        if (word === 'all' || env.names.scope.toNumber(word) !== undefined || /^\d{1,3}$/.test(word)) return word;
        throw wrong(word, 'invalid "scope"\n');
      },
      format: value => [value],
    },
    {hidden: true},
  ),
  up: flag('up'),
  addressFlag: flag('dynamic', {
    hidden: true,
    as: [
      'permanent',
      'primary',
      'secondary',
      'temporary',
      'tentative',
      'deprecated',
      'dadfailed',
      'mngtmpaddr',
      'home',
      'nodad',
      'noprefixroute',
      'autojoin',
      '-tentative',
      '-dadfailed',
      '-deprecated',
    ],
  }),
  label: keyword('label', text('PATTERN'), {hidden: true}),
  group: keyword('group', group),
  master: keyword('master', text('DEVICE', 'device')),
  vrf: keyword('vrf', text('NAME', 'device')),
  nomaster: flag('nomaster'),
  type: keyword('type', text('TYPE')),
  help: help(),
  dev: rest(device, {noise: 'dev', duplicate: word => garbage('dev', word)}),
});

/** Words of `ip link show`. */
export type LinkFilterSpec = Parsed<typeof linkFilter>;

/** The filter with its names looked up. */
export interface LinkFilter {
  /** What the kernel filters a dump by. */
  readonly request: {readonly master?: number; readonly linkinfo?: {readonly kind: string}};
  /** What is left to see to. */
  accepts(link: Link): boolean;
}

/** @throws {UsageError} when the master does not exist */
export function makeFilter(spec: LinkFilterSpec, builder: LinkBuilder): LinkFilter {
  const {up, group: wanted, type, label} = spec;
  const master =
    spec.master !== undefined
      ? builder.index(spec.master)
      : spec.vrf !== undefined
        ? builder.vrf(spec.vrf)
        : spec.nomaster === true
          ? NO_MASTER
          : undefined;
  const isSlave = type?.endsWith(SLAVE) === true;
  return {
    request: {
      ...(master !== undefined && {master}),
      ...(type !== undefined && !isSlave && {linkinfo: {kind: type}}),
    },
    accepts: link =>
      label === undefined &&
      (up !== true || (link.flags & IFF_UP) !== 0) &&
      (wanted === undefined || link.group === wanted) &&
      (master === undefined || (link.master ?? NO_MASTER) === master) &&
      (type === undefined ||
        (isSlave ? link.linkinfo?.slaveKind === type.slice(0, -SLAVE.length) : link.kind === type)),
  };
}
