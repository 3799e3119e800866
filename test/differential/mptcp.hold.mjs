// Holds an MPTCP listener and both ends of a connection with bytes that nobody reads, then makes the file `mptcp`. Node
// opens no such sockets, but takes them by descriptor; the addon opens them.
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {createServer, Socket} from 'node:net';
import {join} from 'node:path';

const addon = {exports: {}};
process.dlopen(addon, join(import.meta.dirname, `../../native/prebuilds/linux-${process.arch}.node`));
const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_MPTCP = 262;
const open = () => addon.exports.socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);

const server = createServer({pauseOnConnect: true}).listen({fd: open()});
await once(server, 'listening');
const client = new Socket({fd: open()}).connect(server.address().port, '127.0.0.1');
await once(client, 'connect');
client.write('unread', () => writeFileSync('mptcp', ''));
setInterval(() => {}, 1 << 30);
