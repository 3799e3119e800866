// npm run demo: a short story in two network namespaces, as root or as an ordinary user. Each command is printed with
// its output, each claim is checked, and all is gone with the last process.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createConnection, createServer} from 'node:net';
import {join} from 'node:path';

const bin = join(import.meta.dirname, '../bin');
const inside = process.argv[2] === '--inside';

if (!inside) {
  // With an own user namespace an ordinary user is root over the network in it.
  const own = ['--user', '--map-root-user', '--net', '--mount', '--kill-child'];
  const story = [process.execPath, import.meta.filename, '--inside'];
  const {status, error} = spawnSync('unshare', [...own, '--', ...story], {stdio: 'inherit'});
  if (error) console.error(`unshare: ${error.message} (package util-linux)`);
  process.exit(status ?? 1);
}

let failures = 0;
const colour = process.stdout.isTTY ? text => `\x1b[1m${text}\x1b[0m` : text => text;

function run(where, program, ...argv) {
  const enter = where === undefined ? [] : ['nsenter', '-t', String(where), '-n', '--'];
  const [file, ...rest] = [...enter, process.execPath, join(bin, `${program}.cjs`), ...argv];
  const result = spawnSync(file, rest, {encoding: 'utf8'});
  const {stdout, stderr, status} = result;
  console.log(colour(`${where === undefined ? '' : '(peer) '}$ ${[program, ...argv].join(' ')}`));
  process.stdout.write(stdout + stderr);
  if (status !== 0) claim(`${program} ends with status 0, not ${status}`, false);
  return stdout;
}

const here = (program, ...argv) => run(undefined, program, ...argv);

function claim(what, holds) {
  if (holds) return;
  failures++;
  console.log(`  FAILED: ${what}`);
}

const say = text => console.log(`\n# ${text}`);

say('A veth pair to a second namespace, addresses, up');
const peer = spawn(
  'unshare',
  ['--net', '--kill-child', process.execPath, '-e', 'process.stdin.resume(); console.log(process.pid)'],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const pid = Number(String((await once(peer.stdout, 'data'))[0]));
const there = (program, ...argv) => run(pid, program, ...argv);

here('tsip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
here('tsip', 'link', 'set', 'right', 'netns', String(pid));
here('tsip', 'addr', 'add', '192.168.1.2/24', 'dev', 'left');
here('tsip', 'link', 'set', 'lo', 'up');
here('tsip', 'link', 'set', 'left', 'up');
there('tsip', 'addr', 'add', '192.168.1.1/24', 'dev', 'right');
there('tsip', 'addr', 'add', '172.16.32.1/24', 'dev', 'lo');
there('tsip', 'link', 'set', 'lo', 'up');
there('tsip', 'link', 'set', 'right', 'up');
claim('the address is shown', /192\.168\.1\.2\/24/.test(here('tsip', '-br', 'addr')));

say('A route through the peer, shown by three programs');
here('tsip', 'route', 'add', '172.16.32.0/24', 'via', '192.168.1.1');
claim('ip shows it', here('tsip', 'route').includes('172.16.32.0/24 via 192.168.1.1 dev left'));
const [route] = JSON.parse(here('tsip', '-j', 'route', 'show', '172.16.32.0/24'));
claim('JSON has the gateway', route?.gateway === '192.168.1.1');
const row = /^172\.16\.32\.0 +192\.168\.1\.1 +255\.255\.255\.0 +UG /m;
claim('route shows it', row.test(here('tsroute', '-n')));
claim('netstat shows it', row.test(here('tsnetstat', '-rn')));

say('A listening socket here, and a connection over the new route');
const server = createServer().listen(8080, '192.168.1.2');
await once(server, 'listening');
const remote = "require('net').createServer().listen(80, '172.16.32.1', () => console.log('listening'))";
const web = spawn('nsenter', ['-t', String(pid), '-n', '--', process.execPath, '-e', remote], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(web.stdout, 'data');
const client = createConnection(80, '172.16.32.1');
await once(client, 'connect');
const sockets = here('tsss', '-tan');
claim('ss shows the listener', /^LISTEN .* 192\.168\.1\.2:8080 /m.test(sockets));
claim('ss shows the connection', /^ESTAB .* 192\.168\.1\.2:\d+ +172\.16\.32\.1:80 /m.test(sockets));

say('The same through the umbrella, and the route is gone again');
claim('tsnet ip is tsip', here('tsnet', 'ip', 'route').includes('172.16.32.0/24'));
here('tsip', 'route', 'del', '172.16.32.0/24');
claim('it is gone', !here('tsip', 'route').includes('172.16.32.0/24'));

client.destroy();
server.close();
web.kill('SIGKILL');
peer.kill('SIGKILL');
console.log(failures === 0 ? '\nAll claims hold.' : `\n${failures} claims do not hold.`);
process.exit(failures === 0 ? 0 : 1);
