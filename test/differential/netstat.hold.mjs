// Holds sockets that node has no words for, and UNIX sockets, then makes the file `ready`.
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';

const addon = {exports: {}};
process.dlopen(addon, new URL(`../../native/prebuilds/linux-${process.arch}.node`, import.meta.url).pathname);
const sys = addon.exports;
const [AF_INET, AF_INET6, AF_UNIX] = [2, 10, 1];
const [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW] = [1, 2, 3];
const [IPPROTO_TCP, TCP_DEFER_ACCEPT] = [6, 9];

for (const protocol of [1, 89, 250]) sys.socket(AF_INET, SOCK_RAW, protocol);
sys.socket(AF_INET6, SOCK_RAW, 58);
for (const kind of [SOCK_STREAM, SOCK_DGRAM]) sys.socket(AF_UNIX, kind, 0);

async function listen(where) {
  const server = createServer({allowHalfOpen: true, pauseOnConnect: true});
  server.listen(where);
  await once(server, 'listening');
  return server;
}

const servers = [];
for (const path of ['\0abstract', 'path', 'with space', 'with\nnewline', '\0sp ace']) {
  servers.push(await listen({path}));
  if (path === 'path' || path === '\0abstract') await once(connect({path}), 'connect');
}
// A connection that is not accepted before it has something to say stays half open, whatever was acknowledged.
const server = await listen({port: 9999, host: '127.0.0.1'});
sys.setsockopt(server._handle.fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 30);
await once(connect({port: 9999, host: '127.0.0.1', localPort: 9998}), 'connect');
setTimeout(() => writeFileSync('ready', ''), 1500);
setInterval(() => void [servers, server], 1 << 30);
