/** The system calls: loads the addon of `native/` and gives it types. No other file loads it. */

/** A path or text for the kernel; bytes where UTF-8 cannot spell it. Neither may hold a NUL. */
export type NativeText = string | Uint8Array;

/**
 * One function per system call. A failure is a negative errno unless the line says otherwise, EINTR is retried
 * (in `poll` with what is left of the time), and an argument of the wrong type or range throws a TypeError.
 */
export interface Native {
  /** socket(2), always close-on-exec. */
  socket(domain: number, type: number, protocol: number): number;
  close(fd: number): number;
  /** bind(2) to a netlink port; port 0 lets the kernel choose. `groups` is the old mask of 32 multicast groups. */
  bindNetlink(fd: number, portId: number, groups: number): number;
  /** The port the kernel knows a netlink socket by; up to 2^32 - 1. */
  portId(fd: number): number;
  /** Sets an int option. */
  setsockopt(fd: number, level: number, name: number, value: number): number;
  /** The value of an int option. */
  getsockopt(fd: number, level: number, name: number): number;
  /** Sends the first `length` bytes to the kernel. */
  send(fd: number, buffer: Uint8Array, length: number): number;
  /**
   * recvmsg(2) from offset 0 of `buffer`. Datagrams that are not the kernel's are dropped and the call repeated.
   * @returns the full length of the datagram, also when `buffer` is shorter (the rest is lost unless MSG_PEEK)
   */
  recv(fd: number, buffer: Uint8Array, flags: number): number;
  /** `send`, then a blocking `recv`: one crossing of the boundary for a request that has one answer. */
  talk(fd: number, out: Uint8Array, length: number, into: Uint8Array): number;
  /** Namespace id that came with the last received datagram (NETLINK_LISTEN_ALL_NSID), -1 when none did. */
  lastNsid(): number;
  /** One write(2) of `length` bytes from `offset`; may be short. */
  write(fd: number, buffer: Uint8Array, offset: number, length: number): number;
  /** One read(2) of at most `length` bytes to `offset`. @returns 0 at the end */
  read(fd: number, buffer: Uint8Array, offset: number, length: number): number;
  /** poll(2) on one descriptor. @returns the ready events, 0 when the time is over; -1 ms waits for ever */
  poll(fd: number, events: number, timeoutMs: number): number;
  /**
   * Tells the event loop to call back whenever `fd` is ready; keeps the process alive until `unwatch`.
   * The descriptor becomes non-blocking; it can have one watch only.
   * @param events UV_READABLE (1), UV_WRITABLE (2), UV_DISCONNECT (4)
   * @param callback gets the ready events, or a negative errno
   * @returns a handle above 0
   */
  watch(fd: number, events: number, callback: (events: number) => void): number;
  /** Must come before `close` of the descriptor. */
  unwatch(handle: number): number;
  /** open(2), always close-on-exec, mode 0o666 before the umask. */
  open(path: NativeText, flags: number): number;
  /** Names in a directory in its own order, `.` and `..` too, a character for each byte; or a negative errno. */
  readdir(path: NativeText): string[] | number;
  /**
   * Sockets among the descriptors of a folder such as /proc/1/fd, in its own order: number of the descriptor and inode as
   * two 32-bit words each, as far as they fit `into`.
   * @returns how many there are, also when `into` is shorter
   */
  socketFds(path: NativeText, into: Uint8Array): number;
  /** inotify_init1(2): a descriptor whose events `read` gives. */
  inotify(flags: number): number;
  /** inotify_add_watch(2). */
  inotifyAdd(path: NativeText, fd: number, mask: number): number;
  /** flock(2); waits for the lock. */
  flock(fd: number, operation: number): number;
  /** Acts on the calling thread only. */
  setns(fd: number, type: number): number;
  /** Acts on the calling thread only. CLONE_NEWUSER fails: node has threads. */
  unshare(flags: number): number;
  mount(
    source: NativeText | null,
    target: NativeText,
    type: NativeText | null,
    flags: number,
    data: NativeText | null,
  ): number;
  umount(target: NativeText, flags: number): number;
  /** Clears close-on-exec, which node sets on all descriptors. */
  keepOnExec(fd: number): number;
  /**
   * Runs a program in our place, or in a child that is waited for; `execvp` finds it.
   * @param argv texts, each ended by a NUL, one after another
   * @param body runs in the process that is to become the program, first with 0, and with the errno when there is no such
   * program. Gives 0 to go on, or the status to exit with; must not throw. Node ignores SIGPIPE and SIGXFSZ.
   * @returns of a child only: its status as waitpid(2) gives it
   */
  run(file: NativeText, argv: Uint8Array, body: (errno: number) => number, isChild: 0 | 1): number;
  /**
   * Loads an eBPF program of whole instructions. @param type BPF_PROG_TYPE_
   * @returns its descriptor, always close-on-exec
   */
  bpfLoad(type: number, program: Uint8Array): number;
  /** Attaches an eBPF program, alone, to what an open folder of the control groups stands for. @param type BPF_CGROUP_ */
  bpfAttach(folder: number, program: number, type: number): number;
  /** Gives a signal its default action again. */
  signalDefault(signal: number): number;
  raise(signal: number): number;
  /** _exit(2): at once, without node's teardown. What is to be written must be written before. */
  exit(status: number): never;
  /**
   * ioctl(2) with a structure, which the kernel may fill.
   * @param data what the `ifr_data` of a struct ifreq points to, which the kernel may fill, too; empty for none
   */
  ioctl(fd: number, request: number, structure: Uint8Array, data: Uint8Array): number;
  /** ioctl(2) with a number in the structure's place. */
  ioctlNumber(fd: number, request: number, value: number): number;
  /** PTR look-up of 4 or 16 address bytes through the system's resolver, blocking. @returns undefined without a name */
  nameinfo(address: Uint8Array): string | undefined;
  /** Addresses of a name through the system's resolver, blocking; empty on failure, see `lookupError`. `family` 0 is any. */
  addrinfo(name: NativeText, family: number): Uint8Array[];
  /** EAI_ code of the last `nameinfo` or `addrinfo`, 0 after success. */
  lookupError(): number;
  /** getrusage(2) of the ended children. @param which 0: user us, 1: system us, 2: peak KiB of the largest */
  childUsage(which: 0 | 1 | 2): number;
}

let loaded: Native | undefined;

/**
 * The addon, loaded by the first call.
 * @throws {Error} `Linux only` on another system, or when no addon was built for this processor
 */
export function native(): Native {
  loaded ??= load();
  return loaded;
}

/** Takes the addon from the loader of the programs, which reads its files by it. */
export function adoptNative(addon: Native): void {
  loaded = addon;
}

/**
 * Programs are bundled flat into dist/ as CommonJS, where `__dirname` is known without any work; the library's modules lie
 * one folder deeper in dist/src/.
 */
function load(): Native {
  if (process.platform !== 'linux') throw new Error('tsiproute2: Linux only');
  const here = typeof __dirname === 'string' ? __dirname : decodeURIComponent(new URL('.', import.meta.url).pathname);
  const file = `native/prebuilds/linux-${process.arch}.node`;
  const module = {exports: {}};
  try {
    process.dlopen(module, `${here}/../${file}`);
  } catch (error) {
    try {
      process.dlopen(module, `${here}/../../${file}`);
    } catch {
      throw new Error(`tsiproute2: cannot load ${file}`, {cause: error});
    }
  }
  return module.exports as Native;
}

const TCGETS = 0x5401;
const TIOCGWINSZ = 0x5413;

/** Whether a descriptor is a terminal: as isatty(3) finds out. */
export function isTerminal(fd: number): boolean {
  return native().ioctl(fd, TCGETS, new Uint8Array(64), noData()) === 0;
}

/** What an ioctl without further data takes. */
export function noData(): Uint8Array {
  return new Uint8Array(0);
}

/** Columns of a terminal, 0 when unknown. Source: ioctl_tty(2), struct winsize. */
export function winsize(fd: number): number {
  const size = new Uint16Array(4);
  return native().ioctl(fd, TIOCGWINSZ, new Uint8Array(size.buffer), noData()) < 0 ? 0 : (size[1] ?? 0);
}

/** All bytes of a file; undefined when it cannot be opened. */
export function readWholeFile(path: NativeText): Uint8Array | undefined {
  const sys = native();
  const fd = sys.open(path, O_RDONLY);
  if (fd < 0) return undefined;
  let buffer = new Uint8Array(1 << 12);
  let length = 0;
  for (let got = 1; got > 0; length += Math.max(got, 0)) {
    if (length === buffer.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(buffer);
      buffer = larger;
    }
    got = sys.read(fd, buffer, length, buffer.length - length);
  }
  sys.close(fd);
  return buffer.subarray(0, length);
}

const O_RDONLY = 0;
const CLONE_NEWNET = 0x40000000;

/**
 * Runs `body` in another network namespace; the thread is back in its own when this returns.
 * @param path a namespace file, such as /run/netns/blue
 * @returns what `body` gave, or a negative errno when the namespace cannot be entered
 * @throws {Error} when the way back is barred, for then every later call would act on the wrong namespace
 */
export function inNamespace<T>(path: NativeText, body: () => T): number | {readonly value: T} {
  const sys = native();
  const home = sys.open('/proc/thread-self/ns/net', O_RDONLY);
  if (home < 0) return home;
  const there = sys.open(path, O_RDONLY);
  if (there < 0) {
    sys.close(home);
    return there;
  }
  const entered = sys.setns(there, CLONE_NEWNET);
  sys.close(there);
  try {
    return entered < 0 ? entered : {value: body()};
  } finally {
    goHome(sys, home);
  }
}

function goHome(sys: Native, home: number): void {
  const back = sys.setns(home, CLONE_NEWNET);
  sys.close(home);
  if (back < 0) throw new Error(`tsiproute2: cannot return from network namespace (errno ${-back})`);
}
