import {codecOf} from '../../../src/netlink/codec.js';
import {NETLINK_SOCK_DIAG, NLM_F_MULTI, NLMSG_DONE} from '../../../src/netlink/constants.js';
import type {AnyMessage, Encodable} from '../../../src/netlink/schema.js';
import {SyncConnection} from '../../../src/netlink/sync.js';
import {Writer} from '../../../src/netlink/writer.js';
import {runSs} from '../../../src/ss/run.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';
import {FakeKernel, packet} from '../../helpers/fakeKernel.js';

const SOCK_DIAG_BY_FAMILY = 20;

/** Body of a message as a kernel would send it. */
export function body<M extends AnyMessage>(message: M, fields: Encodable<M>): Uint8Array {
  const writer = new Writer();
  codecOf(message).encode(fields, writer);
  return writer.bytes.slice(0, writer.at);
}

/**
 * Runs `ss` on a kernel that answers dumps of one family, for tables that the kernel of the tests does not have.
 * @param family AF_ number whose dump gets `bodies`; dumps of others are empty
 * @returns standard output, with the word `ERR` before what went to standard error
 */
export async function fakeSs(line: string, family: number, bodies: readonly Uint8Array[]): Promise<string> {
  const memory = new MemoryOutput();
  const out = new Sink(memory);
  let errors = '';
  const kernel = new FakeKernel(({sequence, bytes}) => [
    ...(bytes[16] === family ? bodies : []).map(one => packet(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, sequence, one)),
    packet(NLMSG_DONE, NLM_F_MULTI, sequence, new Uint8Array(4)),
  ]);
  await runSs(line.split(' '), {
    out,
    err: text => {
      errors += `ERR ${text}`;
    },
    env: {},
    argv0: 'ss',
    now: () => 0,
    open: () => new SyncConnection(kernel, NETLINK_SOCK_DIAG),
  });
  out.flush();
  return Buffer.from(memory.bytes()).toString('latin1') + errors;
}
