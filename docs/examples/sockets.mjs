import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {SockDiag} from 'tsiproute2';

const server = createServer().listen(8080, '127.0.0.1');
await once(server, 'listening');
const client = connect(8080, '127.0.0.1');
await once(client, 'connect');

const diag = await SockDiag.open();

// ss -tln
for (const socket of await diag.list({transport: 'tcp', states: ['listen']})) {
  console.log(`${socket.stateName} on ${socket.src} port ${socket.sport}, backlog ${socket.wqueue}`);
}

// ss -tni dport = :8080: TCP's own view of the connection
const [socket] = await diag.list({peerPort: 8080, states: ['established'], attributes: ['info', 'cong']});
console.log(`${socket.stateName} to ${socket.dst} port ${socket.dport}, ${socket.rqueue} bytes to read`);
const {cong, info} = socket;
console.log(`algorithm known: ${cong !== undefined}, measured: ${info.rtt > 0}, ${info.retrans} retransmits`);

// ss -ua: one array per datagram of the kernel
let count = 0;
for await (const batch of diag.stream({transport: 'udp'})) count += batch.length;
console.log('udp sockets', count);

diag.close();
client.destroy();
server.close();
