import {readFileSync} from 'node:fs';
import {errnoText} from '../errno.js';
import {NLMSG_DONE, NLMSG_ERROR, NLMSG_HDRLEN} from '../netlink/constants.js';
import {INET_DIAG_MSG_LENGTH} from '../sockdiag/constants.js';
import {i32, u16, u32} from '../sockdiag/littleEndian.js';
import type {ListContext} from './context.js';
import {rowByProtocol} from './rowByProtocol.js';

/**
 * Lists the TCP sockets of a file that `-D` made (`TCPDIAG_FILE`), all of them whatever states and families are asked for,
 * up to the end of the first dump, which a message tells. What is wrong with the file is told, and the listing goes on without the rest.
 */
export function replay(context: ListContext, path: string): void {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const {errno = 0, syscall} = error as {errno?: number; syscall?: string};
    const what = syscall === 'read' ? 'Reading header from $TCPDIAG_FILE' : 'fopen($TCPDIAG_FILE)';
    context.io.err(`${what}: ${errnoText(-errno)}\n`);
    return;
  }
  const row = rowByProtocol(context, 'tcp');
  for (let at = 0; ; ) {
    const size = at + NLMSG_HDRLEN > bytes.length ? bytes.length : u32(bytes, at);
    if (size < NLMSG_HDRLEN || at + size > bytes.length) {
      context.io.err('Unexpected EOF reading $TCPDIAG_FILE');
      return;
    }
    const type = u16(bytes, at + 4);
    if (type === NLMSG_DONE) return;
    const body = at + NLMSG_HDRLEN;
    if (type === NLMSG_ERROR) {
      const errno = size >= NLMSG_HDRLEN + 4 ? -i32(bytes, body) : 0;
      context.io.err(`TCPDIAG answered: ${errnoText(errno)}\n`);
      return;
    }
    if (size >= NLMSG_HDRLEN + INET_DIAG_MSG_LENGTH) {
      row(bytes, body, at + size, type, 0);
    }
    at += (size + 3) & ~3;
  }
}
