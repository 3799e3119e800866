// Holds one socket in each state that can be had without a peer of one's own making, then makes the file `ready`.
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';

// A socket that a test closes must not take the others with it.
process.on('uncaughtException', () => {});

/** A listener; connections it takes stay open and half open. */
async function listen(port, host, options = {}) {
  const server = createServer({allowHalfOpen: true, pauseOnConnect: true});
  server.listen({port, host, backlog: 7, ...options});
  await once(server, 'listening');
  return server;
}

async function dial(port, host, localPort) {
  const client = connect({port, host, localPort, allowHalfOpen: true});
  await once(client, 'connect');
  return client;
}

async function udp(type, port, address, peerPort, options = {}) {
  const socket = createSocket({type, ...options});
  socket.bind(port, address);
  await once(socket, 'listening');
  if (peerPort !== undefined) {
    socket.connect(peerPort, address);
    await once(socket, 'connect');
  }
  return socket;
}

const server = await listen(8001, '127.0.0.1');
await listen(22, '0.0.0.0');
await listen(443, '::', {ipv6Only: true});
await listen(8443, '::');
await listen(5353, '::1');
const inet6 = await listen(8006, 'fe80::1%eth0');
// ESTAB, with bytes that nobody reads.
(await dial(8001, '127.0.0.1', 40001)).write('unread');
await dial(8443, '127.0.0.1', 40002);
const linkLocal = connect({port: 8006, host: 'fe80::1%eth0', localPort: 40003});
await once(linkLocal, 'connect');
// CLOSE-WAIT and FIN-WAIT-2.
(await dial(8001, '127.0.0.1', 40004)).end();
// TIME-WAIT.
const closing = await listen(8002, '127.0.0.1');
closing.once('connection', socket => socket.destroy());
const ended = await dial(8002, '127.0.0.1', 40005);
ended.resume();
await once(ended, 'end');
ended.destroy();
// SYN-SENT: nobody answers.
connect({port: 81, host: '192.168.1.99', localPort: 40006}).on('error', () => {});
await udp('udp4', 69, '0.0.0.0');
await udp('udp4', 40007, '127.0.0.1', 53);
await udp('udp6', 40008, '::1', 53);
await udp('udp6', 5353, '::', undefined, {ipv6Only: true});
await udp('udp6', 5354, '::');
if (process.env.FILTERS) {
  // Names for filters.
  for (const path of ['/run/unIx.sock', '/run/with space', '\0abstract', '\0other']) {
    await once(createServer().listen(path), 'listening');
  }
  await once(connect('/run/unIx.sock'), 'connect');
}
setTimeout(() => writeFileSync('ready', ''), 100);
setInterval(() => void [server, inet6], 1 << 30);
