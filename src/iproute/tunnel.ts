import {begins} from '../grammar/cursor.js';
import {refuse} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {
  changeDeployment,
  changeRouters,
  changeTunnel4,
  changeTunnel6,
  eachTunnel4,
  eachTunnel6,
  oneTunnel4,
  oneTunnel6,
  type TunnelRow,
  tunnelVerbs,
  tunnelVerbs6,
} from '../ops/tunnel.js';
import {namesMode6} from '../ops/tunnel6.js';
import {current4, current6} from '../ops/tunnelIoctl.js';
import type {TunnelEnv} from '../ops/tunnelValues.js';
import {AF_INET, AF_INET6, AF_UNSPEC} from '../rtnetlink/constants.js';
import type {TunnelParms, TunnelParms6} from '../rtnetlink/link/tunnelParms.js';
import type {View} from '../view/view.js';
import {counters, tunnelView4, tunnelView6} from './views/tunnel.js';

/** `ip tunnel`. */
export const run: RunObject = (argv, session) => {
  const {family} = session.options;
  if (family === AF_INET6 || ((family === AF_UNSPEC || family === AF_INET) && namesMode6(argv))) {
    run6(argv, session);
  } else if (family === AF_UNSPEC || family === AF_INET) run4(argv, session);
  else throw refuse(`Unsupported protocol family: ${family}`);
  return 0;
};

function isChange(argv: readonly string[]): boolean {
  const [verb] = argv;
  return begins(verb, 'change');
}

function envOf(argv: readonly string[], {io, names}: IpSession, current: (name: string) => unknown): TunnelEnv {
  return {family: 0, names, program: io.argv0, ...(isChange(argv) && {current})};
}

function run4(argv: readonly string[], session: IpSession): void {
  const command = parseVerbs(tunnelVerbs, new Cursor(argv), envOf(argv, session, current4));
  switch (command.verb) {
    case 'prl':
      changeRouters(command.spec);
      return;
    case '6rd':
      changeDeployment(command.spec);
      return;
    case 'show': {
      const {out, view} = session;
      const one = oneTunnel4(command.spec, session);
      if (one === undefined) list<TunnelParms>(take => eachTunnel4(command.spec, session, take), tunnelView4, session);
      else {
        tunnelView4.text(out, one, view);
        out.byte(10);
      }
      return;
    }
    default:
      changeTunnel4(command.verb, command.spec, session);
  }
}

function run6(argv: readonly string[], session: IpSession): void {
  const command = parseVerbs(tunnelVerbs6, new Cursor(argv), envOf(argv, session, current6));
  if (command.verb !== 'show') {
    changeTunnel6(command.verb, command.spec, session);
    return;
  }
  const one = oneTunnel6(command.spec, session);
  // The reference ends no line here.
  if (one !== undefined) tunnelView6.text(session.out, one, session.view);
  else list<TunnelParms6>(take => eachTunnel6(command.spec, session, take), tunnelView6, session);
}

/** Each on a line of its own, in JSON as well, where counters follow as text. */
function list<P extends TunnelParms | TunnelParms6>(
  each: (take: (row: TunnelRow<P>) => void) => void,
  form: View<TunnelRow<P>>,
  {json, out, view}: IpSession,
): void {
  json?.openArray();
  each(row => {
    if (json !== undefined) form.json(json, row, view);
    else form.text(out, row, view);
    counters.text(out, row as TunnelRow<TunnelParms> | TunnelRow<TunnelParms6>, view);
    out.byte(10);
  });
  json?.closeArray();
  json?.end();
}
