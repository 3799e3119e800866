import type {Request} from './message.js';

/** Sees what goes over a socket. */
export interface Tracer {
  sent(protocol: number, buf: Uint8Array, length: number, request: Request | undefined): void;
  received(protocol: number, buf: Uint8Array, length: number, request: Request | undefined): void;
}
