import type {TcpMetrics} from '../genetlink/tcpMetrics.js';
import {Cursor, type GrammarEnv, parseVerbs} from '../grammar/grammar.js';
import type {RunObject} from '../ops/session.js';
import {checkFamily, deletePeer, eachPeer, flushPeers, onePeer, tcpMetricsVerbs} from '../ops/tcpMetrics.js';
import {writeEach} from './rows.js';
import {tcpMetricsView} from './views/tcpMetrics.js';

/** `ip tcp_metrics`. */
export const run: RunObject = (argv, session) => {
  const {io, names, options, out, view} = session;
  const env: GrammarEnv = {family: options.family, names, program: io.argv0};
  const cursor = new Cursor(argv);
  const {verb, spec} = parseVerbs(tcpMetricsVerbs, cursor, env, () => checkFamily(env));
  const writeLine = (peer: TcpMetrics): void => {
    tcpMetricsView.text(out, peer, view);
    out.byte(10);
  };
  switch (verb) {
    case 'delete':
      deletePeer(spec, session);
      return 0;
    case 'flush':
      flushPeers(spec, env, session, peer => {
        out.ascii('Deleted ');
        writeLine(peer);
      });
      return 0;
    default: {
      const peer = onePeer(spec, session);
      // One peer is told as text with `-j`, too.
      if (peer !== undefined) writeLine(peer);
      else writeEach(take => eachPeer(spec, env, session, take), tcpMetricsView, session);
      return 0;
    }
  }
};
