import type {Io} from '../io.js';
import {native} from '../native.js';
import {NETLINK_SOCK_DIAG, NLM_F_MULTI, NLMSG_DONE, NLMSG_HDRLEN} from '../netlink/constants.js';
import {FdOutput} from '../view/outputs.js';
import {Sink} from '../view/sink.js';
import {askedFamilies, inetRequests} from './inetTable.js';
import type {SsOptions} from './options.js';

const O_WRONLY = 0o1;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
/** Bytes of NLMSG_DONE with its status. */
const DONE_LENGTH = NLMSG_HDRLEN + 4;

/**
 * `-D FILE`: the messages of the TCP dump as the kernel sent them, with the end of each dump, for `TCPDIAG_FILE` of a later
 * run. A file that cannot be made is not told of: the reference ends quietly, too. No filter counts
 * here, unlike the manual page says.
 */
export function dumpTcp(options: Readonly<SsOptions>, io: Io): void {
  if (options.dump?.startsWith('-')) {
    writeDumps(options, io, io.out);
    return;
  }
  const sys = native();
  const fd = sys.open(options.dump as string, O_WRONLY | O_CREAT | O_TRUNC);
  if (fd < 0) return;
  const file = new Sink(new FdOutput(fd));
  writeDumps(options, io, file);
  file.flush();
  sys.close(fd);
}

function writeDumps(options: Readonly<SsOptions>, io: Io, out: Sink): void {
  const connection = io.open(NETLINK_SOCK_DIAG);
  /** Sequence and port, which all headers of a dump share; those of the last message end the dump. */
  const done = new DataView(new ArrayBuffer(DONE_LENGTH));
  done.setUint32(0, DONE_LENGTH, true);
  done.setUint16(4, NLMSG_DONE, true);
  done.setUint16(6, NLM_F_MULTI, true);
  for (const request of inetRequests(options, 'tcp', undefined, askedFamilies(options))) {
    connection.dumpRaw(request, (buf, at, end) => {
      for (let i = 8; i < NLMSG_HDRLEN; i++) done.setUint8(i, buf[at - NLMSG_HDRLEN + i] as number);
      out.bytes(buf.subarray(at - NLMSG_HDRLEN, (end + 3) & ~3));
    });
    out.bytes(new Uint8Array(done.buffer));
  }
}
