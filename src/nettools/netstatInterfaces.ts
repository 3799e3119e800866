import {UsageError} from '../errors.js';
import type {Io} from '../io.js';
import {missing} from './interfaceNames.js';
import {type Interface, listInterfaces} from './interfaces.js';
import type {NetstatOptions} from './netstatOptions.js';
import {openSession} from './session.js';
import {writeInterface} from './views/interface.js';
import {writeInterfaceRow} from './views/interfaceTable.js';

/** Wider than that of `ifconfig -s`, whose rows it stands above as well. */
const header = 'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';

/**
 * `netstat -i` is `ifconfig -s`, `netstat -ie` is `ifconfig`.
 * @param first the title stands above the first listing of -c only
 * @returns the exit status
 * @throws {UsageError} for a label whose link is not there
 */
export async function showInterfaces(options: NetstatOptions, io: Io, first: boolean): Promise<number> {
  const {all, extend, json} = options;
  const shown: Interface[] = [];
  let lost: string | undefined;
  for (const one of listInterfaces(all, openSession(io))) {
    if (one.link === undefined) {
      lost = one.name;
      break;
    }
    shown.push(one);
  }
  if (json) {
    const {writeInterfacesJson} = await import('./views/interfaceJson.js');
    writeInterfacesJson(io.out, shown);
  } else {
    if (first) io.out.ascii('Kernel Interface table\n');
    if (extend === 0) io.out.ascii(header);
    for (const one of shown) (extend === 0 ? writeInterfaceRow : writeInterface)(io.out, one);
  }
  if (lost !== undefined) throw new UsageError(1, missing(lost));
  return 0;
}
