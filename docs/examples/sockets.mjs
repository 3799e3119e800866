import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {SockDiag} from 'tsiproute2';

const server = createServer(peer => peer.on('error', () => {})).listen(8080, '127.0.0.1');
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

// ss -tn '( dport = :8080 or sport = :8080 ) dst 127/8'
const both = await diag.list({filter: '( dport = :8080 or sport = :8080 ) dst 127/8', states: ['established']});
console.log('ends of the connection', both.length);

// ss -E and ss -K dport = :8080: what is destroyed is told
const events = diag.events({transport: 'tcp', filter: 'dport = :8080'});
client.on('error', error => console.log('the client got', error.code));
await diag.destroy(socket);
for await (const [event] of events) {
  console.log(event.kind, `connection to port ${event.socket.dport}`);
  break;
}

diag.close();
client.destroy();
server.close();
