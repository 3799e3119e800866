import {NLM_F_ECHO} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import type {KernelSession} from './session.js';

/**
 * Gets what the kernel tells back of a change, for `-echo`.
 * @param record the object as it now is, or was; undefined when the kernel tells nothing
 */
export type Echo<R> = (record: R | undefined, isDeleted: boolean) => void;

/** RTM_NEW, DEL, GET and SET of an object follow each other. Source: uapi linux/rtnetlink.h. */
const KINDS_OF_REQUEST = 4;
const DELETED = 1;

/**
 * Sends a change. Of several things told back, as addresses that go with the one deleted, the reference reads the first.
 * @param echo absent: nothing is to be told
 * @throws {NetlinkError} when the kernel refuses
 */
export function sendChange<M extends AnyMessage>(
  request: Request<M>,
  session: Pick<KernelSession, 'connection'>,
  echo?: Echo<Decoded<M>>,
): void {
  if (echo === undefined) {
    session.connection().request(request);
    return;
  }
  let told: Decoded<M> | undefined;
  let isDeleted = false;
  session.connection().request({...request, flags: request.flags | NLM_F_ECHO}, (record, type) => {
    if (told !== undefined) return;
    told = record;
    isDeleted = type % KINDS_OF_REQUEST === DELETED;
  });
  echo(told, isDeleted);
}
