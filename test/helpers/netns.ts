import {type ChildProcess, spawn, spawnSync} from 'node:child_process';

/**
 * Namespaces made the same way for root and for an ordinary user: an own user namespace whose root owns the network,
 * so that results do not depend on who runs the tests. Mounts are private; /sys and /run are the namespace's own.
 */
export const unshareArgv: readonly string[] = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--kill-child',
];

/** Shell lines that finish a fresh namespace: own /sys and /run, no duplicate address detection, loopback up. */
export const prepareNamespace = [
  'mount -t sysfs sysfs /sys 2>/dev/null',
  'mount -t tmpfs tmpfs /run 2>/dev/null',
  'for c in all default; do echo 0 > /proc/sys/net/ipv6/conf/$c/accept_dad',
  'echo 0 > /proc/sys/net/ipv6/conf/$c/router_solicitations; done 2>/dev/null',
].join('\n');

/**
 * In `ip -o link` and `ip -o addr`: what the kernel is about to change by itself. Operational states follow carriers, flags
 * follow the states, and new addresses are tentative at first, all from a queue of work that is late on a busy machine.
 */
export const UNSETTLED = [
  'LOWER_UP.* state (DOWN|LOWERLAYERDOWN)',
  '<NO-CARRIER.* state (UP|UNKNOWN)',
  String.raw`<(?!\S*(LOWER_UP|NO-CARRIER))(\S*,)?UP[,>]`,
  'inet6 .* tentative',
].join('|');

/** Outcome of a program; `status` is the exit status, or the signal's name when one ended it. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | string;
}

/** A network namespace kept by a holder process, which ends when this process does. */
export class Netns {
  readonly #holder: ChildProcess;
  /** Process whose namespaces these are. */
  readonly pid: number;

  private constructor(holder: ChildProcess, pid: number) {
    this.#holder = holder;
    this.pid = pid;
  }

  /** Makes a fresh namespace; `setup` are shell lines run in it. */
  static async create(...setup: readonly string[]): Promise<Netns> {
    const script = `${prepareNamespace}\necho $$\nexec cat`;
    const holder = spawn(unshareArgv[0] ?? '', [...unshareArgv.slice(1), 'sh', '-c', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      holder.once('error', reject);
      holder.once('exit', code => reject(new Error(`unshare ended with ${code}: are user namespaces allowed?`)));
      holder.stdout.once('data', (text: Buffer) => resolve(Number(text)));
    });
    const netns = new Netns(holder, pid);
    if (setup.length > 0) netns.sh(setup.join('\n'));
    return netns;
  }

  /** The namespace file, for setns. */
  get path(): string {
    return `/proc/${this.pid}/ns/net`;
  }

  /** Command line that runs `argv` in the namespace. */
  enter(argv: readonly string[]): string[] {
    return ['nsenter', '-t', String(this.pid), '-U', '--preserve-credentials', '-n', '-m', '--', ...argv];
  }

  /** Runs a program in the namespace and waits for it. */
  run(
    argv: readonly string[],
    options: {readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv} = {},
  ): Outcome {
    const [file, ...rest] = this.enter(argv);
    const result = spawnSync(file ?? '', rest, {
      input: options.input ?? '',
      env: {...process.env, ...options.env},
      timeout: 60_000,
      maxBuffer: 1 << 30,
    });
    if (result.error) throw result.error;
    return {
      stdout: result.stdout.toString(),
      stderr: result.stderr.toString(),
      status: result.status ?? result.signal ?? 'unknown',
    };
  }

  /** Runs shell lines in the namespace. @throws when they fail. */
  sh(script: string): string {
    const result = this.run(['sh', '-ec', script]);
    if (result.status !== 0) throw new Error(`${script}\nstatus ${result.status}: ${result.stderr}`);
    return result.stdout;
  }

  /** Ends the holder, and with it the namespace. */
  close(): void {
    this.#holder.removeAllListeners('exit');
    this.#holder.kill('SIGKILL');
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
