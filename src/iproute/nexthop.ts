import {MISUSE} from '../grammar/errors.js';
import {type Command, Cursor, parseVerbs} from '../grammar/grammar.js';
import {deviceIndex, masterIndex} from '../ops/device.js';
import type {MasterEnv} from '../ops/master.js';
import {changeNexthop, flushNexthops, showBuckets, showNexthops} from '../ops/nexthop.js';
import {bucketVerbs, nexthopVerbs} from '../ops/nexthopSpec.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {vrfTable} from '../ops/vrf.js';
import {nexthopRequests} from '../rtnetlink/nexthop/requests.js';
import type {Nexthop} from '../rtnetlink/nexthop/schema.js';
import {view} from '../view/field.js';
import type {View} from '../view/view.js';
import {type EchoForm, echoOf} from './echo.js';
import {bucketFields, nexthopFields} from './views/nexthop.js';

/** `ip nexthop`. */
export const run: RunObject = (argv, session) => {
  const env: MasterEnv = {
    family: session.options.family,
    names: session.names,
    program: session.io.argv0,
    legDevice: name => masterIndex(name, session),
    encapDevice: name => deviceIndex(name, session, MISUSE),
    checkMaster: (name, isVrf) => (isVrf ? vrfTable(name, session, true) : masterIndex(name, session)),
  };
  const cursor = new Cursor(argv);
  const command = parseVerbs(nexthopVerbs, cursor, env);
  if (command.verb === 'bucket') return runBucket(parseVerbs(bucketVerbs, cursor, env), env, session);
  const listing = new Listing(view(nexthopFields(session.view.details > 0)), session);
  switch (command.verb) {
    case 'list':
      showNexthops(command.spec, env, session, listing.open, listing.row);
      return listing.close();
    case 'get':
      return listing.one(session.connection().get(nexthopRequests.get(command.spec.id ?? 0, env.family)));
    case 'flush':
      flushNexthops(command.spec, env, session);
      return 0;
    default:
      changeNexthop(command.verb, command.spec, env, session, echoOf(session, listing.echoForm));
      return 0;
  }
};

function runBucket(command: Command<typeof bucketVerbs.list>, env: MasterEnv, session: IpSession): number {
  const listing = new Listing(view(bucketFields()), session);
  if (command.verb === 'get') {
    const {id = 0, index = 0} = command.spec;
    return listing.one(session.connection().get(nexthopRequests.getBucket(id, index, env.family)));
  }
  showBuckets(command.spec, env, session, listing.open, listing.row);
  return listing.close();
}

/** Lines, or one array of objects. */
class Listing {
  readonly #view: View<Nexthop>;
  readonly #session: IpSession;

  constructor(of: View<Nexthop>, session: IpSession) {
    this.#view = of;
    this.#session = session;
  }

  readonly open = (): void => {
    this.#session.json?.openArray();
  };

  readonly row = (nexthop: Nexthop): void => {
    const {out, json, view: context} = this.#session;
    if (json !== undefined) {
      this.#view.json(json, nexthop, context);
      return;
    }
    this.#view.text(out, nexthop, context);
    out.byte(10);
  };

  close(): number {
    const {json} = this.#session;
    json?.closeArray();
    json?.end();
    return 0;
  }

  readonly echoForm = (): EchoForm<Nexthop, Nexthop> => ({
    view: this.#view,
    row: nexthop => nexthop,
    end: '\n',
    hasBrief: false,
    isNested: true,
  });

  one(nexthop: Nexthop): number {
    this.open();
    this.row(nexthop);
    return this.close();
  }
}
