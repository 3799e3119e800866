import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Elf, readElf} from '../../native/elf.js';

const native = join(import.meta.dirname, '../../../native');
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The file that build.sh writes, made from the sources as they are now. */
function currentSources(): string {
  const names = readdirSync(native)
    .filter(name => /\.(c|h|sh)$/.test(name))
    .sort();
  return names.map(name => `${sha256(readFileSync(join(native, name)))}  ${name}\n`).join('');
}

/** What both glibc and musl have, and no other library is asked for. */
const libc =
  `__errno_location _exit bind calloc clock_gettime close closedir dirfd execvp fcntl flock free freeaddrinfo getaddrinfo getnameinfo
  getpid getrusage getsockname getsockopt inotify_add_watch inotify_init1 ioctl kill memchr memcmp memcpy mount open opendir poll recv recvmsg send
  read readdir readlinkat setns setsockopt sigaction socket strlen strncpy strtol syscall umount2 unshare vfork
  waitpid write`.split(/\s+/);

test('the prebuilt addons are those of the sources (else: npm run build:native)', () => {
  expect(readFileSync(join(native, 'prebuilds/sources.sha256'), 'utf8')).toBe(currentSources());
});

describe.each([
  ['x64', 62],
  ['arm64', 183],
])('linux-%s.node', (cpu, machine) => {
  const file = readFileSync(join(native, `prebuilds/linux-${cpu}.node`));
  const elf: Elf = readElf(file);

  test('is for that processor', () => expect(elf.machine).toBe(machine));
  test('was built from the sources', () => expect(elf.buildId).toBe(sha256(currentSources())));
  test('needs no library', () => expect(elf.needed).toEqual([]));
  test('asks node and any libc for nothing unusual', () => {
    expect(elf.undefined.filter(name => !/^(napi|uv)_/.test(name) && !libc.includes(name))).toEqual([]);
  });
  test('is small', () => expect(file.length).toBeLessThan(32 * 1024));
});

test('the C stays under 800 lines', () => {
  const lines = readdirSync(native)
    .filter(name => /\.[ch]$/.test(name))
    .map(name => readFileSync(join(native, name), 'utf8').split('\n').length - 1);
  expect(lines.reduce((sum, n) => sum + n)).toBeLessThan(800);
});
