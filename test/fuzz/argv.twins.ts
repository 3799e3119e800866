import {type ChildProcess, spawn} from 'node:child_process';
import {join} from 'node:path';
import {type Outcome, prepareNamespace, UNSETTLED, unshareArgv} from '../helpers/netns.js';
import {referencePath, referenceTool} from '../helpers/tools.js';
import type {Line} from './argv.lines.js';

/** What a child in a namespace is asked to run: a program, or our `ip` in its own process. */
export interface Order {
  readonly file?: string;
  readonly argv: readonly string[];
  readonly input?: string;
}

/** Longer than a child waits for a program. */
const PATIENCE_MS = 30_000;

const bin = join(import.meta.dirname, '../../bin/tsip.cjs');

/** The world that the lines meet: by the reference, on both sides. */
const world = [
  'link set lo up',
  'link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  'link add port0 address 02:00:00:00:00:03 type veth peer name far0 address 02:00:00:00:00:04',
  'link add br0 address 02:00:00:00:00:05 type bridge',
  'link set eth0 addrgenmode none',
  'link set eth1 addrgenmode none',
  'link set port0 addrgenmode none master br0',
  'link set far0 addrgenmode none',
  'link set br0 addrgenmode none',
  'link property add dev eth1 altname tall',
  ...['eth0', 'eth1', 'port0', 'far0', 'br0'].map(name => `link set ${name} up`),
  'addr add 192.168.1.1/24 dev eth0',
  'addr add 10.0.0.1/24 dev eth1 label eth1:x',
  'addr add 10.0.0.5/24 dev eth1',
  'addr add fd00:1::1/64 dev eth0',
  'addr add fd00:2::1/64 dev eth1',
  'addr add fe80::1/64 dev eth0',
  'addr add fe80::2/64 dev eth1',
  'addr add 10.5.0.1 peer 10.5.0.2/32 dev br0',
  'route add default via 192.168.1.254 dev eth0',
  'route add 172.16.0.0/12 via 10.0.0.254 metric 100',
  'route add 172.16.5.0/24 via 10.0.0.253 dev eth1 proto static mtu lock 1400 rtt 50ms',
  'route add blackhole 198.51.100.0/24',
  'route add unreachable 203.0.113.0/24 metric 50',
  'route add 192.0.2.0/24 nexthop via 192.168.1.2 weight 2 nexthop via 10.0.0.2 weight 3',
  'route add 10.9.0.0/16 dev eth0 table 100',
  'route add 2001:db8:1::/48 via fd00:2::9 metric 512',
  'route add 2001:db8:2::/48 nexthop via fd00:1::2 nexthop via fd00:2::2',
  'nexthop add id 1 via 192.168.1.2 dev eth0',
  'nexthop add id 2 via 10.0.0.9 dev eth1',
  'nexthop add id 3 group 1,3/2',
  'nexthop add id 5 blackhole',
  'nexthop add id 7 via fd00:1::7 dev eth0',
  'route add 10.10.0.0/16 nhid 3',
  'rule add from 192.168.1.0/24 lookup 100 pref 100',
  'rule add fwmark 0x10/0xff iif eth0 blackhole pref 200',
  'neigh add 192.168.1.7 lladdr 02:00:00:00:00:77 dev eth0',
  'neigh add fd00:1::7 lladdr 02:00:00:00:00:77 dev eth0 router',
  'neigh add proxy 10.0.0.77 dev eth1',
  'netns add blue',
].join('\n');

/** A rule takes its family from an option only. */
const world6 = 'rule add to 2001:db8::/32 lookup 70000 pref 300';

/** What is compared after a change, each by one run of the reference. */
const probes: readonly (readonly [options: readonly string[], lines: string])[] = [
  [
    ['-d'],
    [
      ...['addr', 'route show table all', 'rule', 'neigh', 'neigh show proxy', 'nexthop', 'nexthop bucket', 'maddr'],
      ...['netns', 'netns list-id', 'ntable', 'tuntap', 'netconf', 'addrlabel', 'token', 'mrule', 'xfrm policy'],
      ...['xfrm policy getdefault', 'xfrm policy count', 'mptcp endpoint', 'mptcp limits', 'ioam namespace show'],
      ...['ioam schema show', 'sr tunsrc show', 'sr hmac show', ''],
    ].join('\n'),
  ],
  [['-d', '-6'], 'route show table all\nrule\nmrule\n'],
  [['-d', '-n', 'blue'], 'addr\nroute\n'],
];

const unsettled = new RegExp(UNSETTLED);

/** One namespace with the world in it, and a process inside that runs what it is told. */
class Side {
  readonly #child: ChildProcess;
  readonly #closed: Promise<never>;
  /** Program that the lines are for; undefined: our code inside the child. */
  readonly #file: string | undefined;

  private constructor(child: ChildProcess, file: string | undefined) {
    this.#child = child;
    this.#file = file;
    this.#closed = new Promise((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`the child ended: ${code ?? signal}`)));
    });
    this.#closed.catch(() => {});
  }

  static async create(script: string, file: string | undefined): Promise<Side> {
    const [unshare = '', ...argv] = unshareArgv;
    const line = `${prepareNamespace}\nexec "$0" "$@"`;
    const child = spawn(unshare, [...argv, 'sh', '-c', line, process.execPath, script], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {PATH: referencePath, HOME: '/', LC_ALL: 'C', TZ: 'UTC', TERM: 'xterm'},
    });
    const side = new Side(child, file);
    for (const [lines, ...options] of [[world], [world6, '-6']] as [string, ...string[]][]) {
      const {stderr, status} = await side.#reference([...options, '-batch', '-'], lines);
      if (status !== 0) throw new Error(`the world cannot be made: ${stderr}`);
    }
    await side.settle();
    return side;
  }

  /** Runs a line. @param whole in a process of its own */
  run({argv, input = ''}: Line, whole: boolean): Promise<Outcome> {
    if (this.#file !== undefined) return this.#order({file: this.#file, argv, input});
    return this.#order(whole ? {file: process.execPath, argv: [bin, ...argv], input} : {argv});
  }

  /** The kernel's state as the reference reads it. */
  async state(): Promise<string> {
    let text = '';
    for (const [options, lines] of probes) {
      text += (await this.#reference([...options, '-force', '-batch', '-'], lines)).stdout;
    }
    return text;
  }

  /** Waits until operational states follow the carriers, and new addresses are no longer tentative. */
  async settle(): Promise<void> {
    for (let i = 0; i < 40; i++) {
      const {stdout} = await this.#reference(['-o', '-force', '-batch', '-'], 'link\naddr show up tentative\n');
      if (!unsettled.test(stdout)) return;
      await new Promise(resolve => setTimeout(resolve, 10 + i));
    }
  }

  /** Help of an object as the reference prints it. */
  async help(...words: readonly string[]): Promise<string> {
    const {stdout, stderr} = await this.#reference([...words, 'help'], '');
    return stdout + stderr;
  }

  /** What `save` of an object writes, a character for each byte. */
  async saved(object: string): Promise<string> {
    return (await this.#reference([object, 'save'], '')).stdout;
  }

  close(): void {
    this.#child.removeAllListeners();
    this.#child.kill('SIGKILL');
  }

  #reference(argv: readonly string[], input: string): Promise<Outcome> {
    return this.#order({file: referenceTool('ip'), argv, input});
  }

  /** @returns the status `hangs` when there is no answer in time: then nothing more can be asked of this side */
  async #order(order: Order): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<Outcome>(resolve => {
      timer = setTimeout(() => resolve({stdout: '', stderr: '', status: 'hangs'}), PATIENCE_MS);
      this.#child.once('message', message => resolve(message as Outcome));
    });
    this.#child.send(order);
    try {
      return await Promise.race([answer, this.#closed]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The reference and ours, each in a namespace of its own that starts the same. */
export class Twins {
  readonly reference: Side;
  readonly ours: Side;

  private constructor(reference: Side, ours: Side) {
    this.reference = reference;
    this.ours = ours;
  }

  /** @param script `argv.child.ts`, bundled */
  static async create(script: string): Promise<Twins> {
    const [reference, ours] = await Promise.all([
      Side.create(script, referenceTool('ip')),
      Side.create(script, undefined),
    ]);
    return new Twins(reference, ours);
  }

  /** Asks both sides at once. @returns the reference's answer, then ours */
  both<T>(ask: (side: Side) => Promise<T>): Promise<[T, T]> {
    return Promise.all([ask(this.reference), ask(this.ours)]);
  }

  close(): void {
    this.reference.close();
    this.ours.close();
  }
}
