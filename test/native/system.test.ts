import {spawnSync} from 'node:child_process';
import {readlinkSync} from 'node:fs';
import {constants} from 'node:os';
import {Worker} from 'node:worker_threads';
import {afterAll, describe, expect, test} from 'vitest';
import {isTerminal, native, winsize} from '../../src/native.js';
import {addonPath, runChild} from './child.js';

const {ENOENT, EBADF, EINVAL, EPERM, EAGAIN, ENOPROTOOPT} = constants.errno;
const AF_INET = 2;
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOL_SOCKET = 1;
const SO_TYPE = 3;
const SO_RCVBUF = 8;
const SOL_NETLINK = 270;
const NETLINK_EXT_ACK = 11;
const MSG_PEEK = 2;
const MSG_DONTWAIT = 0x40;
const POLLIN = 1;
const POLLNVAL = 0x20;

const sys = native();
const opened: number[] = [];
afterAll(() => {
  for (const fd of opened) sys.close(fd);
});

function netlink(): number {
  const fd = sys.socket(AF_NETLINK, SOCK_RAW, 0);
  expect(fd).toBeGreaterThan(2);
  opened.push(fd);
  return fd;
}

/** An RTM_GETLINK of loopback (index 1), or a dump of all. */
function getLink(dump = false): Uint8Array {
  const out = new Uint8Array(32);
  const view = new DataView(out.buffer);
  view.setUint32(0, 32, true);
  view.setUint16(4, 18, true);
  view.setUint16(6, dump ? 0x301 : 1, true);
  view.setUint32(8, 7, true);
  if (!dump) view.setInt32(20, 1, true);
  return out;
}

const header = (buffer: Uint8Array) => {
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  return {length: view.getUint32(0, true), type: view.getUint16(4, true), seq: view.getUint32(8, true)};
};

describe('netlink sockets', () => {
  test('a socket is bound to a port the kernel chooses', () => {
    const fd = netlink();
    expect(sys.bindNetlink(fd, 0, 0)).toBe(0);
    expect(sys.portId(fd)).toBeGreaterThan(0);
  });

  test('a dump is sent and received until it is over', () => {
    const fd = netlink();
    expect(sys.send(fd, getLink(true), 32)).toBe(32);
    const into = new Uint8Array(65536);
    const types: number[] = [];
    do {
      const got = sys.recv(fd, into, 0);
      expect(got).toBeGreaterThanOrEqual(16);
      for (let at = 0; at < got; at += (header(into.subarray(at)).length + 3) & ~3)
        types.push(header(into.subarray(at)).type);
    } while (types.at(-1) !== 3);
    expect(types[0]).toBe(16);
    expect(sys.lastNsid()).toBe(-1);
  });

  test('talk sends and receives in one call, from and into views of larger buffers', () => {
    const fd = netlink();
    const room = new Uint8Array(70_000);
    const out = room.subarray(8, 200);
    out.set(getLink());
    const into = room.subarray(256);
    const got = sys.talk(fd, out, 32, into);
    expect(header(into)).toEqual({length: got, type: 16, seq: 7});
    expect(room[255]).toBe(0);
  });

  test('a cut datagram gives its whole length; peeking leaves it there', () => {
    const fd = netlink();
    expect(sys.send(fd, getLink(), 32)).toBe(32);
    const small = new Uint8Array(40);
    const whole = sys.recv(fd, small, MSG_PEEK);
    expect(whole).toBeGreaterThan(40);
    expect(sys.recv(fd, new Uint8Array(0), MSG_PEEK)).toBe(whole);
    expect(sys.recv(fd, small, 0)).toBe(whole);
    expect(header(small).length).toBe(whole);
    expect(sys.recv(fd, small, MSG_DONTWAIT)).toBe(-EAGAIN);
  });

  test('options are numbers or bytes', () => {
    const fd = netlink();
    expect(sys.getsockopt(fd, SOL_SOCKET, SO_TYPE)).toBe(SOCK_RAW);
    expect(sys.setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1)).toBe(0);
    expect(sys.getsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK)).toBe(1);
    expect(sys.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 5000)).toBe(0);
    expect(sys.getsockopt(fd, SOL_SOCKET, SO_RCVBUF)).toBe(10_000);
    expect(sys.setsockopt(fd, SOL_NETLINK, 9999, 1)).toBe(-ENOPROTOOPT);
  });

  test('poll waits for what is asked', () => {
    const fd = netlink();
    expect(sys.poll(fd, POLLIN, 0)).toBe(0);
    const start = performance.now();
    expect(sys.poll(fd, POLLIN, 30)).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(25);
    sys.send(fd, getLink(), 32);
    expect(sys.poll(fd, POLLIN, -1)).toBe(POLLIN);
    expect(sys.poll(987_654, POLLIN, 0)).toBe(POLLNVAL);
  });

  test('a number that is no descriptor, or no netlink socket', () => {
    const buffer = new Uint8Array(64);
    expect(sys.close(-1)).toBe(-EBADF);
    expect(sys.bindNetlink(-1, 0, 0)).toBe(-EBADF);
    expect(sys.portId(-1)).toBe(-EBADF);
    expect(sys.setsockopt(-1, 1, 1, 1)).toBe(-EBADF);
    expect(sys.getsockopt(-1, 1, 1)).toBe(-EBADF);
    expect(sys.send(-1, buffer, 1)).toBe(-EBADF);
    expect(sys.recv(-1, buffer, 0)).toBe(-EBADF);
    expect(sys.talk(-1, buffer, 1, buffer)).toBe(-EBADF);
    expect(sys.write(-1, buffer, 0, 1)).toBe(-EBADF);
    expect(sys.setns(-1, 0)).toBe(-EBADF);
    expect([-EBADF, -EPERM]).toContain(sys.bpfAttach(-1, -1, 2));
    expect(sys.watch(-1, 1, () => {})).toBe(-EBADF);
    expect(sys.unwatch(12_345)).toBe(-EBADF);
    const udp = sys.socket(AF_INET, 2, 0);
    opened.push(udp);
    expect(sys.portId(udp)).toBeLessThan(0);
    expect(sys.bindNetlink(udp, 0, 0)).toBeLessThan(0);
    expect(sys.socket(9999, 1, 0)).toBe(-constants.errno.EAFNOSUPPORT);
  });

  test('an eBPF program without an instruction, and part of one', () => {
    // Where nobody may load any, that is all there is to hear.
    expect([-EINVAL, -constants.errno.E2BIG, -EPERM]).toContain(sys.bpfLoad(9, new Uint8Array(0)));
    expect([-EINVAL, -constants.errno.E2BIG, -EPERM]).toContain(sys.bpfLoad(9, new Uint8Array(7)));
  });
});

describe('readiness events', () => {
  test('the callback comes when a datagram is there', async () => {
    const fd = netlink();
    let handle = 0;
    const events = new Promise<number>(resolve => {
      handle = sys.watch(fd, 1, resolve);
    });
    expect(handle).toBeGreaterThan(0);
    expect(sys.recv(fd, new Uint8Array(64), 0)).toBe(-EAGAIN);
    sys.send(fd, getLink(), 32);
    expect(await events).toBe(1);
    expect(sys.unwatch(handle)).toBe(0);
    expect(sys.unwatch(handle)).toBe(-EBADF);
  });

  test('microtasks run between callbacks', async () => {
    const fd = netlink();
    const order: string[] = [];
    await new Promise<void>(resolve => {
      const handle = sys.watch(fd, 1, () => {
        order.push('event');
        sys.recv(fd, new Uint8Array(8192), 0);
        queueMicrotask(() => order.push('task'));
        if (order.filter(word => word === 'event').length === 2) {
          sys.unwatch(handle);
          setImmediate(resolve);
        }
      });
      sys.send(fd, getLink(), 32);
      sys.send(fd, getLink(), 32);
    });
    expect(order).toEqual(['event', 'task', 'event', 'task']);
  });

  test('a regular file cannot be watched', () => {
    const fd = sys.open('/proc/self/exe', 0);
    opened.push(fd);
    expect(sys.watch(fd, 1, () => {})).toBe(-EPERM);
  });

  test('a watch keeps the process until it is given up', () => {
    const open = `const fd = sys.socket(16, 3, 0); const handle = sys.watch(fd, 1, () => {});`;
    expect(
      runChild(`${open} setTimeout(() => { console.log('kept'); sys.unwatch(handle); }, 30).unref();`),
    ).toMatchObject({
      status: 0,
      stdout: 'kept\n',
    });
  });

  test('what the callback throws is an uncaught exception', () => {
    const child = runChild(`
      const fd = sys.socket(16, 3, 0);
      process.on('uncaughtException', error => { console.log(error.message); process.exit(3); });
      sys.watch(fd, 1, () => { throw new Error('from the callback'); });
      sys.send(fd, Uint8Array.from(${JSON.stringify([...getLink()])}), 32);
    `);
    expect(child).toMatchObject({status: 3, stdout: 'from the callback\n', stderr: ''});
  });

  test('workers may end in the middle', async () => {
    const worker = new Worker(
      `const module = {exports: {}}; process.dlopen(module, ${JSON.stringify(addonPath)});
       const sys = module.exports;
       for (let i = 0; i < 3; i++) sys.watch(sys.socket(16, 3, 0), 1, () => {});
       require('node:worker_threads').parentPort.postMessage(sys.lastNsid());`,
      {eval: true},
    );
    expect(await new Promise(resolve => worker.once('message', resolve))).toBe(-1);
    expect(await worker.terminate()).toBe(1);
  });
});

describe('files and the process', () => {
  test('a path is text or bytes', () => {
    for (const path of [
      '/dev/null',
      new TextEncoder().encode('/dev/null'),
      new TextEncoder().encode('-/dev/null').subarray(1),
    ]) {
      const fd = sys.open(path, 2);
      expect(fd).toBeGreaterThan(2);
      expect(sys.write(fd, new TextEncoder().encode('text'), 1, 3)).toBe(3);
      expect(isTerminal(fd)).toBe(false);
      expect(winsize(fd)).toBe(0);
      expect(sys.close(fd)).toBe(0);
      expect(sys.close(fd)).toBe(-EBADF);
    }
    expect(sys.open('/nowhere/at/all', 0)).toBe(-ENOENT);
  });

  test('a write to a full device tells why', () => {
    const fd = sys.open('/dev/full', 1);
    opened.push(fd);
    expect(sys.write(fd, new Uint8Array(1), 0, 1)).toBe(-constants.errno.ENOSPC);
  });

  test('a directory lists as it is', () => {
    expect(sys.readdir('/proc/self/task')).toEqual(expect.arrayContaining(['.', '..', String(process.pid)]));
    expect(sys.readdir('/nowhere')).toBe(-ENOENT);
  });

  test('the sockets of a process', () => {
    const fd = netlink();
    const inode = Number(/\d+/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[0]);
    const words = new Uint32Array(2048);
    const count = sys.socketFds('/proc/self/fd', new Uint8Array(words.buffer));
    const at = words.indexOf(inode);
    expect([words[at - 1], at < count * 2]).toEqual([fd, true]);
    expect(sys.socketFds('/proc/self/fd', new Uint8Array(7))).toBe(count);
    expect(sys.socketFds('/nowhere', new Uint8Array(8))).toBe(-ENOENT);
  });

  test('a read stops at its length and at the end', () => {
    const fd = sys.open('/proc/sys/kernel/ostype', 0);
    opened.push(fd);
    const buffer = new Uint8Array(8);
    expect(sys.read(fd, buffer, 1, 4)).toBe(4);
    expect(sys.read(fd, buffer, 5, 3)).toBe(2);
    expect(sys.read(fd, buffer, 0, 8)).toBe(0);
    expect([...buffer]).toEqual([0, ...new TextEncoder().encode('Linux\n'), 0]);
    expect(sys.read(-1, buffer, 0, 1)).toBe(-EBADF);
  });

  test('exit is at once, with its status', () => {
    expect(runChild(`process.on('exit', () => console.log('late')); sys.exit(7);`)).toMatchObject({
      status: 7,
      stdout: '',
    });
  });

  test('a signal does what it did before node', () => {
    expect(runChild(`sys.raise(13);`)).toMatchObject({status: 0});
    expect(runChild(`sys.signalDefault(13); sys.raise(13);`)).toMatchObject({status: 'SIGPIPE'});
    expect(sys.signalDefault(999)).toBe(-EINVAL);
    expect(sys.raise(999)).toBe(-EINVAL);
  });

  const run = (child: 0 | 1, ...argv: string[]): string =>
    `sys.run(${JSON.stringify(argv[0])}, Buffer.from(${JSON.stringify(`${argv.join('\0')}\0`)}), errno => {
      if (errno !== 0) sys.write(1, Buffer.from('errno ' + errno), 0, 7);
      sys.signalDefault(13);
      for (const fd of [0, 1, 2]) sys.keepOnExec(fd);
      return errno;
    }, ${child})`;

  test('another program takes our place, with the signals and files it is left', () => {
    expect(runChild(run(0, 'sh', '-c', 'echo "$0" "$1"; exit 5', 'a', 'two words'))).toMatchObject({
      status: 5,
      stdout: 'a two words\n',
    });
    expect(runChild(run(0, 'sh', '-c', 'kill -PIPE $$'))).toMatchObject({status: 'SIGPIPE'});
    expect(runChild(run(0, './no-such-program'))).toMatchObject({status: 2, stdout: 'errno 2'});
  });

  test('a program runs in a child, and node goes on', () => {
    const lines = [
      'const junk = []; for (let i = 0; i < 1e5; i++) junk.push({i});',
      run(1, 'sh', '-c', 'exit 3'),
      run(1, './no-such-program'),
      run(1, 'sh', '-c', 'kill -9 $$'),
    ];
    const loop = `for (let n = 0; n < 20; n++) { ${lines[0]} if ([${lines.slice(1).join()}].join() !== '768,512,9') n = 99; }`;
    expect(runChild(`${loop} setTimeout(() => process.exit(7), 1);`)).toMatchObject({
      status: 7,
      stdout: 'errno 2'.repeat(20),
    });
  });

  test('children are accounted for', () => {
    const before = [sys.childUsage(0), sys.childUsage(1)];
    spawnSync(process.execPath, ['-e', '0']);
    expect(sys.childUsage(0) + sys.childUsage(1) - (before[0] ?? 0) - (before[1] ?? 0)).toBeGreaterThan(5000);
    expect(sys.childUsage(2)).toBeGreaterThan(20_000);
  });
});

describe('the resolver', () => {
  test('loopback has a name, and the name an address', () => {
    expect(sys.nameinfo(Uint8Array.of(127, 0, 0, 1))).toBe('localhost');
    expect(sys.lookupError()).toBe(0);
    expect(sys.addrinfo('localhost', AF_INET)).toEqual([Uint8Array.of(127, 0, 0, 1)]);
    expect(sys.addrinfo('::1', 0)).toEqual([Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)]);
  });

  test('no name, no address', () => {
    expect(sys.addrinfo('name.invalid', 0)).toEqual([]);
    expect(sys.lookupError()).toBeLessThan(0);
    expect(sys.addrinfo('::1', AF_INET)).toEqual([]);
    expect(sys.nameinfo(Uint8Array.of(192, 0, 2, 77))).toBe(undefined);
    expect(sys.lookupError()).toBeLessThan(0);
  });
});

describe('a wrong argument is a TypeError that names it', () => {
  const buffer = new Uint8Array(8);
  const wrong: readonly (readonly [keyof typeof sys, readonly unknown[], number])[] = [
    ['socket', [16, 3], 3],
    ['socket', ['16', 3, 0], 1],
    ['close', [], 1],
    ['close', [Number.NaN], 1],
    ['close', [1.5], 1],
    ['close', [2 ** 31], 1],
    ['bindNetlink', [1, -1, 0], 2],
    ['portId', [null], 1],
    ['setsockopt', [1, 2, 3], 4],
    ['getsockopt', [1, 2, {}], 3],
    ['send', [1, buffer, 9], 3],
    ['send', [1, new Uint16Array(8), 2], 2],
    ['send', [1, buffer.buffer, 2], 2],
    ['recv', [1, 'text', 0], 2],
    ['recv', [1, buffer], 3],
    ['talk', [1, buffer, 9, buffer], 3],
    ['talk', [1, buffer, 8, null], 4],
    ['write', [1, buffer, 9, 0], 4],
    ['write', [1, buffer, 1, 8], 4],
    ['write', [1, buffer, -1, 1], 3],
    ['readdir', [7], 1],
    ['read', [1, buffer, 9, 0], 4],
    ['read', [1, buffer, 1, 8], 4],
    ['poll', [1, 1], 3],
    ['watch', [1, 1, null], 3],
    ['unwatch', ['x'], 1],
    ['open', [7, 0], 1],
    ['open', ['a\0b', 0], 1],
    ['open', ['x'.repeat(4096), 0], 1],
    ['open', [new Uint8Array(4096), 0], 1],
    ['setns', [1], 2],
    ['unshare', ['all'], 1],
    ['mount', ['a', null, 'c', 0, ''], 2],
    ['mount', ['a', 'b', 'c', -1, ''], 4],
    ['umount', ['a'], 2],
    ['run', ['sh', Uint8Array.of(65), () => 0, 0], 2],
    ['run', ['sh', ['sh']], 2],
    ['exit', [], 1],
    ['raise', [true], 1],
    ['ioctl', [1, 1], 3],
    ['ioctl', [1, 1, buffer], 4],
    ['ioctlNumber', [1, 1, 'a'], 3],
    ['socketFds', [1, buffer], 1],
    ['socketFds', ['/proc/self/fd', 8], 2],
    ['nameinfo', [new Uint8Array(5)], 1],
    ['addrinfo', [1, 0], 1],
    ['addrinfo', ['x', 'inet'], 2],
  ];
  test.each(wrong)('%s %j', (name, argv, position) => {
    const call = sys[name] as (...values: readonly unknown[]) => unknown;
    expect(() => call(...argv)).toThrow(TypeError);
    expect(() => call(...argv)).toThrow(`argument ${position}: `);
  });
});
