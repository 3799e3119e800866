import type {IpAddress} from '../addr/ip.js';
import {UsageError} from '../errors.js';
import type {Fou} from '../genetlink/fou.js';
import {FOU_ENCAP_GUE} from '../genetlink/fou.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {familyName} from '../grammar/values.js';
import {deviceEnv} from '../ops/deviceValue.js';
import {changeFou, eachFou, fouVerbs, openFou} from '../ops/fou.js';
import type {RunObject} from '../ops/session.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {field, view} from '../view/field.js';
import {address, ifname, present, uint, word} from '../view/kinds.js';
import {asksForHelp} from './genericHelp.js';
import {writeEach} from './rows.js';

/** An address, unless it stands for all. */
function specific(value: IpAddress | undefined): IpAddress | undefined {
  return value?.isUnspecified === true ? undefined : value;
}

/** One line of `ip fou show`. */
const fouView = view<Fou>([
  field('port', 'port %s', uint, r => r.port),
  field('gue', ' gue', present, r => (r.type === FOU_ENCAP_GUE ? true : undefined)),
  field('ipproto', ' ipproto %s', uint, r => (r.type === FOU_ENCAP_GUE ? undefined : r.ipproto)),
  field('family', null, word, r => (r.af === undefined ? undefined : familyName(r.af))),
  field(null, ' -6', present, r => (r.af === AF_INET6 ? true : undefined)),
  field('local', ' local %s', address, r => specific(r.localV4 ?? r.localV6)),
  field('peer', ' peer %s', address, r => specific(r.peerV4 ?? r.peerV6)),
  field('peer_port', ' peer_port %s', uint, r => r.peerPort || undefined),
  field('dev', ' dev %s', ifname, r => r.ifindex || undefined),
]);

/** `ip fou`. */
export const run: RunObject = (argv, session) => {
  const {io, options} = session;
  asksForHelp(argv, fouVerbs, io.argv0);
  const family = openFou(session);
  const env = deviceEnv(session, () => new UsageError(1, 'fou: unknown device name'));
  const command = parseVerbs(fouVerbs, new Cursor(argv), env);
  if (command.verb !== 'show') {
    changeFou(command.verb, command.spec, options.family, family, session);
    return 0;
  }
  if (command.spec.words !== undefined) throw new UsageError(1, '"ip fou show" does not take any arguments.');
  writeEach(take => eachFou(family, take), fouView, session);
  return 0;
};
