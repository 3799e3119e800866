// node hold.mjs GROUP COUNT: keeps COUNT connected TCP sockets, both ends of COUNT / 2 connections on 127.0.GROUP.1,
// until stdin ends; prints "ready" once all are there.
import {connect, createServer} from 'node:net';

const [group, count] = process.argv.slice(2).map(Number);
const wanted = count / 2;
const server = `127.0.${group}.1`;
let accepted = 0;
let asked = 0;
const sockets = [];

function more() {
  for (; asked < wanted && asked < accepted + 200; asked++) {
    const socket = connect({host: server, port: 8000 + group, localAddress: `127.0.${group}.2`});
    socket.on('error', fail);
    sockets.push(socket);
  }
}

function fail(error) {
  console.error(`hold: ${error.message}`);
  process.exit(1);
}

createServer({pauseOnConnect: true}, socket => {
  socket.on('error', () => {});
  sockets.push(socket);
  if (++accepted === wanted) console.log('ready');
  else more();
})
  .on('error', fail)
  .listen({host: server, port: 8000 + group, backlog: 1024}, more);
process.stdin.on('end', () => process.exit(0)).resume();
