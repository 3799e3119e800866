// One connection from port 41001 to port 41000 on the loopback, ended by a reset.
import {once} from 'node:events';
import {connect, createServer} from 'node:net';

const server = createServer(socket => socket.on('error', () => {}));
server.listen(41000, '127.0.0.1');
await once(server, 'listening');
const client = connect({port: 41000, host: '127.0.0.1', localPort: 41001});
await once(client, 'connect');
client.resetAndDestroy();
server.close();
