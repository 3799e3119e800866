import {garbage} from '../grammar/errors.js';
import {Cursor, parseVerbs} from '../grammar/grammar.js';
import {noDryRun} from '../ops/dryRun.js';
import {changeMaddress, listMaddresses, type MaddressBlock, maddressVerbs} from '../ops/maddress.js';
import {leave} from '../ops/refusal.js';
import type {RunObject} from '../ops/session.js';
import {writeRows} from './rows.js';
import {maddressView} from './views/maddress.js';

/** `ip maddress`. */
export const run: RunObject = (argv, session) => {
  const env = {family: session.options.family, names: session.names, program: session.io.argv0};
  const command = parseVerbs(maddressVerbs, new Cursor(argv), env);
  if (command.verb === 'show') {
    const {left, options} = session;
    const {dev} = command.spec;
    if (dev !== undefined && left.maddressDevice !== undefined) throw garbage('dev', dev);
    left.maddressDevice ??= dev;
    const blocks = listMaddresses(options.family, left.maddressDevice);
    writeRows(session.options.oneline ? lines(blocks) : blocks, maddressView, session);
  } else {
    noDryRun(`ip maddress ${command.verb}`, session);
    changeMaddress(command.verb, command.spec);
    throw leave();
  }
  return 0;
};

/** With `-o` each address stands alone. */
function lines(blocks: readonly MaddressBlock[]): readonly MaddressBlock[] {
  return blocks.flatMap(block => block.members.map(member => ({...block, members: [member]})));
}
