import {begins} from '../grammar/cursor.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {addressVerbs, changeAddress} from '../ops/address.js';
import {readDump, restoreAddresses, saveAddresses} from '../ops/addressDump.js';
import {checkFlush, flushAddresses} from '../ops/addressFlush.js';
import {type AddressBlock, AddressFilter, listAddresses} from '../ops/addressShow.js';
import type {AddressEnv} from '../ops/addressSpec.js';
import {masterCheck} from '../ops/master.js';
import {leave} from '../ops/refusal.js';
import type {IpSession, RunObject} from '../ops/session.js';
import type {Address} from '../rtnetlink/address/schema.js';
import {type EchoForm, echoOf} from './echo.js';
import {report} from './errors.js';
import {type AddressRow, addressView} from './views/address.js';
import {
  addressFirstLineView,
  addressLinkView,
  linkOnlyView,
  linkStatisticsView,
  linkView,
  wholeFirstLineView,
  wholeLinkView,
} from './views/link.js';

export {addressVerbs as verbs} from '../ops/address.js';

/** `ip address`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options} = session;
  const env: AddressEnv = {
    family: options.family,
    names,
    program: io.argv0,
    warn: line => io.err(`${line}\n`),
    checkMaster: masterCheck(session),
  };
  const [verb, ...words] = argv;
  if (begins(verb, 'flush')) checkFlush(words, options.family);
  const command = parseVerbs(addressVerbs, new Cursor(argv), env);
  switch (command.verb) {
    case 'show':
      showAddresses(new AddressFilter(command.spec, session, env), session);
      return 0;
    case 'flush':
      return flushAddresses(new AddressFilter(command.spec, session, env), session, address => {
        addressView.text(session.out, {address, hasLink: true}, session.view);
      });
    case 'save':
      saveAddresses(new AddressFilter(command.spec, session, env), session);
      throw leave();
    case 'restore':
      restoreAddresses(session, error => {
        report(error, session.io);
      });
      return 0;
    case 'showdump':
      showDump(session);
      return 0;
    default:
      changeAddress(command.verb, command.spec, session, env, echoOf(session, echoForm));
      return 0;
  }
};

/** The kernel tells nothing back of changes of IPv6. */
const echoForm = (): EchoForm<Address, AddressRow> => ({
  view: addressView,
  row: address => ({address, hasLink: true}),
  end: '',
  hasBrief: true,
  isNested: false,
});

/** `ip address showdump`: what `save` kept, with indexes for names. */
function showDump({out, json, options, view}: IpSession): void {
  const addresses = readDump();
  json?.openArray();
  json?.openObject();
  json?.openArray('addr_info');
  for (const {record: address} of addresses) {
    const line = {address, hasLink: options.echo};
    if (json === undefined) {
      out.ascii(`if${address.index}:${options.oneline ? '\\' : '\n'}`);
      if (options.brief) addressView.brief(out, line, view);
      else addressView.text(out, line, view);
    } else {
      json.openObject();
      json.key('index');
      json.uint(address.index);
      if (options.brief) addressView.briefMembers(json, line, view);
      else addressView.members(json, line, view);
      json.closeObject();
    }
  }
  json?.closeArray();
  json?.closeObject();
  json?.closeArray();
  json?.end();
}

function showAddresses(filter: AddressFilter, session: IpSession): void {
  const {json} = session;
  const blocks = listAddresses(filter, session);
  json?.openArray();
  for (const block of blocks) {
    if (json === undefined) {
      showText(block, filter, session);
    } else {
      json.openObject();
      showMembers(block, filter, session);
      json.closeObject();
    }
  }
  json?.closeArray();
  json?.end();
}

/** Whether the link's own lines stand before its addresses: not with `-o`, whose lines name the link. */
function hasHead(filter: AddressFilter, {options}: IpSession): boolean {
  return !options.oneline || options.brief || filter.isLinkOnly || filter.isHeadOnly;
}

/** Whether the second line of the link is wanted: `ip -4 addr` leaves it out. */
function headView(filter: AddressFilter, {options, left}: IpSession): typeof addressLinkView {
  const {hasListedLinks} = left;
  if (filter.isLinkOnly) return hasListedLinks ? linkView : linkOnlyView;
  if (filter.family === 0 || options.details > 0) return hasListedLinks ? wholeLinkView : addressLinkView;
  return hasListedLinks ? wholeFirstLineView : addressFirstLineView;
}

/** Whether counters stand behind the addresses; `ip link show` has them above. */
function hasCounters(filter: AddressFilter, session: IpSession): boolean {
  const {options, left} = session;
  return (
    options.statistics > 0 &&
    hasHead(filter, session) &&
    !options.brief &&
    filter.spec.label === undefined &&
    !left.hasListedLinks
  );
}

function showText({row, isShown, isUp, addresses}: AddressBlock, filter: AddressFilter, session: IpSession): void {
  const {out, options, view} = session;
  const isHeaded = hasHead(filter, session);
  if (isHeaded) {
    if (!isShown) return;
    if (filter.spec.label === undefined) {
      if (options.brief) headView(filter, session).brief(out, row, view);
      else headView(filter, session).text(out, row, view);
      if (!options.brief || filter.isLinkOnly) out.byte(10);
    }
  }
  if (!filter.isLinkOnly) showLines(addresses, filter.spec.up !== true || isUp, session);
  if (options.brief && !filter.isLinkOnly && !filter.isHeadOnly) out.byte(10);
  if (hasCounters(filter, session)) {
    out.ascii('    ');
    linkStatisticsView.text(out, row, view);
    out.byte(10);
  }
}

function showLines(addresses: AddressBlock['addresses'], areShown: boolean, {out, options, view}: IpSession): void {
  if (!areShown) return;
  for (const address of addresses) {
    if (address === undefined) continue;
    const line = {address, hasLink: options.oneline || options.echo};
    if (options.brief) addressView.brief(out, line, view);
    else addressView.text(out, line, view);
  }
}

function showMembers({row, isShown, isUp, addresses}: AddressBlock, filter: AddressFilter, session: IpSession): void {
  const {json, options, view} = session;
  if (json === undefined) return;
  const isHeaded = hasHead(filter, session);
  if (isHeaded) {
    if (!isShown) return;
    if (filter.spec.label === undefined) {
      if (options.brief) headView(filter, session).briefMembers(json, row, view);
      else headView(filter, session).members(json, row, view);
    }
  }
  if (!filter.isLinkOnly && !filter.isHeadOnly) {
    json.openArray('addr_info');
    if (filter.spec.up !== true || isUp) {
      for (const address of addresses) {
        json.openObject();
        if (address !== undefined) {
          const line = {address, hasLink: options.oneline || options.echo};
          if (options.brief) addressView.briefMembers(json, line, view);
          else addressView.members(json, line, view);
        }
        json.closeObject();
      }
    }
    json.closeArray();
  }
  if (hasCounters(filter, session)) {
    linkStatisticsView.members(json, row, view);
  }
}
