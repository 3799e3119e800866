import {type OldTransport, oldInetDump} from '../sockdiag/oldRequests.js';
import type {ListContext} from './context.js';
import {inetFamilies, inetRow} from './inetTable.js';
import {tellRefusal} from './refusal.js';

/**
 * Lists the sockets of one protocol with the requests of old kernels, after the new ones were refused.
 * @returns false when that fails, too
 */
export function dumpOldInet(context: ListContext, transport: OldTransport): boolean {
  const {options, filter} = context;
  const row = inetRow(context, transport);
  try {
    for (const family of inetFamilies(options)) {
      const {states} = options;
      context.connection.dumpRaw(oldInetDump(transport, {family, states, bytecode: filter?.bytecode()}), row);
    }
    return true;
  } catch (error) {
    tellRefusal(context, error);
    return false;
  }
}
