import type {NetlinkError} from '../errors.js';
import {NLM_F_APPEND, NLM_F_CREATE, NLM_F_ECHO, NLM_F_EXCL, NLM_F_REPLACE, NLMSG_HDRLEN} from './constants.js';
import {interpret} from './interpret.js';
import {type Request, writeRequest} from './message.js';
import {plainFields} from './plain.js';
import type {AnyMessage, Decoded} from './schema.js';
import {type Each, SyncConnection, type SyncOptions} from './sync.js';
import {openTransport, type Transport} from './transport.js';
import {Writer} from './writer.js';

/** A change that is not sent: what its bytes say. */
export interface Draft {
  /** `RTM_NEWROUTE`. */
  readonly type: string;
  /** `create`, `excl`, ... */
  readonly flags: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
}

const flagWords: readonly (readonly [number, string])[] = [
  [NLM_F_REPLACE, 'replace'],
  [NLM_F_EXCL, 'excl'],
  [NLM_F_CREATE, 'create'],
  [NLM_F_APPEND, 'append'],
  [NLM_F_ECHO, 'echo'],
];

/** A connection that asks as others do, but hands changes out instead of sending them. */
export class DryConnection extends SyncConnection {
  readonly #draft: (draft: Draft) => void;

  constructor(transport: Transport, protocol: number, options: SyncOptions, draft: (draft: Draft) => void) {
    super(transport, protocol, options);
    this.#draft = draft;
  }

  /** @throws {NetlinkError} when the socket is refused */
  static openDry(protocol: number, options: SyncOptions, draft: (draft: Draft) => void): DryConnection {
    return new DryConnection(openTransport(protocol, options), protocol, options, draft);
  }

  override request<M extends AnyMessage, R extends AnyMessage = M>(request: Request<M, R>, _each?: Each<R>): void {
    this.#draft(draftOf(request as Request));
  }

  override batch(
    requests: Iterable<Request>,
    onResult?: (position: number, error: NetlinkError | undefined) => void,
  ): number {
    let position = 0;
    for (const request of requests) {
      this.#draft(draftOf(request));
      onResult?.(position++, undefined);
    }
    return 0;
  }
}

/** Reads a request back from its bytes: what is shown is what would be sent. */
export function recordOf<M extends AnyMessage>(request: Request<M>): Decoded<M> {
  const writer = new Writer(1024);
  writeRequest(writer, request as Request, 0, 0);
  return interpret(request.message, writer.bytes, NLMSG_HDRLEN, writer.at) as Decoded<M>;
}

function draftOf(request: Request): Draft {
  const record = recordOf(request);
  const flags = flagWords.filter(([bit]) => (request.flags & bit) !== 0).map(([, word]) => word);
  return {type: request.name, flags, fields: plainFields(record as object)};
}
