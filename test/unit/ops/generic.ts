import {encodeMessage} from '../../../src/netlink/encode.js';
import type {AnyMessage} from '../../../src/netlink/schema.js';
import {Writer} from '../../../src/netlink/writer.js';
import type {IpSession} from '../../../src/ops/session.js';

/** A session that knows one device. */
export const device = {links: {index: (name: string) => (name === 'd1' ? 3 : 0)}} as unknown as IpSession;

/** A family that keeps the bytes behind the netlink header. */
export function keeping(message: AnyMessage) {
  const sent: string[] = [];
  const family = {
    request: (cmd: number, body: object) => ({cmd, version: 1, ...body}),
    connection: {
      request(body: object) {
        const writer = new Writer(256);
        encodeMessage(message, body as never, writer);
        sent.push(Buffer.from(writer.bytes.subarray(0, writer.at)).toString('hex'));
      },
    },
  };
  return {family, sent};
}
