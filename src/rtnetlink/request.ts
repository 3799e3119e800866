import {NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Encodable} from '../netlink/schema.js';

/** What a request does about an existing object; the verbs of `ip`. */
export const ADD = NLM_F_CREATE | NLM_F_EXCL;
export const CHANGE = NLM_F_REPLACE;
export const REPLACE = NLM_F_CREATE | NLM_F_REPLACE;
export const PREPEND = NLM_F_CREATE;
export const APPEND = NLM_F_CREATE | NLM_F_APPEND;
export const TEST = NLM_F_EXCL;

/** A request as plain data; its name comes from the message's declaration. */
export function makeRequest<M extends AnyMessage>(
  message: M,
  type: number,
  flags: number,
  body: Encodable<M>,
): Request<M> {
  return {type, name: message.types?.[type] ?? String(type), flags, message, body};
}

/** A request under construction: builders fill in defaults. */
export type Draft<T> = {-readonly [K in keyof T]: T[K]};
