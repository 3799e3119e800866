import {AF_INET} from '../addr/ip.js';
import {type OldTransport, oldInetDump} from '../sockdiag/oldRequests.js';
import type {ListContext} from './context.js';
import {inetRow} from './inetTable.js';
import {tellRefusal} from './refusal.js';

/**
 * Lists the sockets of one protocol with the request of old kernels, after the new one was refused. It is for both families.
 * @returns false when that fails, too
 */
export function dumpOldInet(context: ListContext, transport: OldTransport): boolean {
  const {options, filter} = context;
  const {states} = options;
  try {
    const request = oldInetDump(transport, {family: AF_INET, states, bytecode: filter?.bytecode()});
    context.connection.dumpRaw(request, inetRow(context, transport));
    return true;
  } catch (error) {
    tellRefusal(context, error);
    return false;
  }
}
