import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {transformSync} from 'esbuild';
import {expect, test} from 'vitest';
import {inNamespace, native} from '../../src/native.js';
import {referenceTool} from '../helpers/tools.js';
import {runChild} from './child.js';

referenceTool('unshare');
const ip = referenceTool('ip');

const source = join(import.meta.dirname, '../../src');

/** src/native.ts as CommonJS, as the programs' bundles hold it. */
const bundled = transformSync(readFileSync(join(source, 'native.ts'), 'utf8'), {
  loader: 'ts',
  format: 'cjs',
  define: {__dirname: JSON.stringify(source), 'import.meta.url': '""'},
}).code;

/** Counts the interfaces that a socket's namespace has. */
const countLinks = `
  const {spawn, execFileSync} = require('node:child_process');
  const library = (module => { (function (module, exports) { ${bundled} })(module, module.exports); return module.exports; })({exports: {}});
  function count(fd) {
    const out = new Uint8Array(32), view = new DataView(out.buffer), into = new Uint8Array(65536), reply = new DataView(into.buffer);
    view.setUint32(0, 32, true); view.setUint16(4, 18, true); view.setUint16(6, 0x301, true);
    let links = 0;
    for (let got = sys.talk(fd, out, 32, into); ; got = sys.recv(fd, into, 0)) {
      for (let at = 0; at < got; at += (reply.getUint32(at, true) + 3) & ~3) {
        if (reply.getUint16(at + 4, true) === 3) return links;
        links++;
      }
    }
  }
  const here = () => count(sys.socket(16, 3, 0));
`;

test('unshare and setns move the thread into a namespace and back', () => {
  const child = runChild(
    `${countLinks}
    const fresh = here();
    execFileSync('${ip}', ['link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1']);
    const home = sys.open('/proc/thread-self/ns/net', 0);
    console.log(here() - fresh, sys.unshare(0x40000000), here() - fresh, sys.setns(home, 0x40000000), here() - fresh);
    console.log(sys.setns(home, 0x20000), sys.unshare(0x10000000));`,
    {unshared: true},
  );
  expect(child).toEqual({stdout: '2 0 0 0 2\n-22 -22\n', stderr: '', status: 0});
});

test('a socket of another namespace', () => {
  const child = runChild(
    `${countLinks}
    const open = (path, protocol) => {
      const result = library.inNamespace(path, () => sys.socket(16, 3, protocol));
      return result.value ?? result;
    };
    const fresh = here();
    execFileSync('${ip}', ['link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1']);
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
    holder.stdout.once('data', () => {
      const fd = open('/proc/' + holder.pid + '/ns/net', 0);
      console.log(count(fd) - fresh, here() - fresh, open('/nowhere', 0));
      console.log(open('/dev/null', 0), open('/proc/self/ns/net', 99));
      holder.kill();
    });`,
    {unshared: true},
  );
  expect(child).toEqual({stdout: '0 2 -2\n-22 -93\n', stderr: '', status: 0});
});

test('an ordinary failure leaves the namespace as it was', () => {
  expect(inNamespace('/nowhere', () => 0)).toBe(-2);
  const fd = native().socket(16, 3, 0);
  expect(native().close(fd)).toBe(0);
});

test('a datagram tells the namespace it comes from', () => {
  const child = runChild(
    `const {execFileSync} = require('node:child_process');
    sys.mount('tmpfs', '/run', 'tmpfs', 0, null);
    const ip = (...argv) => execFileSync('${ip}', argv);
    ip('netns', 'add', 'blue');
    ip('netns', 'set', 'blue', '5');
    const fd = sys.socket(16, 3, 0), into = new Uint8Array(8192);
    console.log(sys.setsockopt(fd, 270, 8, 1), sys.bindNetlink(fd, 0, 1));
    ip('-n', 'blue', 'link', 'set', 'lo', 'up');
    console.log(sys.recv(fd, into, 0) > 0, sys.lastNsid());
    ip('link', 'set', 'lo', 'up');
    while (sys.recv(fd, into, 0x40) > 0) console.log(sys.lastNsid());`,
    {unshared: true},
  );
  expect(child.stderr).toBe('');
  expect(child.stdout).toMatch(/^0 0\ntrue 5\n(5\n)*(-1\n)+$/);
});

test('mounts', () => {
  const child = runChild(
    `const fs = require('node:fs');
    console.log(sys.mount('none', '/run', 'tmpfs', 0, 'size=64k'), fs.readdirSync('/run').length);
    fs.mkdirSync('/run/a');
    console.log(sys.mount('/run/a', Buffer.from('/run/a'), null, 4096, null), sys.umount('/run/a', 2), sys.umount('/run/a', 2));
    console.log(sys.mount('none', '/nowhere', 'tmpfs', 0, null), sys.mount('none', '/run', 'nosuchfs', 0, null), sys.umount('/run', 0));`,
    {unshared: true},
  );
  expect(child).toEqual({stdout: '0 0\n0 0 -22\n-2 -19 0\n', stderr: '', status: 0});
});
