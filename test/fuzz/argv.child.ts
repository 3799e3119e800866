// Runs in a namespace: answers each order with what the run of a tool came to.
import {spawnSync} from 'node:child_process';
import {encodeText} from '../../src/addr/text.js';
import {runTool} from '../../src/cli/main.js';
import type {Io} from '../../src/io.js';
import {SyncConnection} from '../../src/netlink/sync.js';
import {MemoryOutput} from '../../src/view/outputs.js';
import {Sink} from '../../src/view/sink.js';
import type {Outcome} from '../helpers/netns.js';
import type {Order} from './argv.twins.js';

const LIMIT_MS = 10_000;

/** A program as a shell would start it. */
function spawned(file: string, argv: readonly string[], input: string): Outcome {
  const result = spawnSync(file, argv, {input: Buffer.from(input, 'latin1'), timeout: LIMIT_MS, maxBuffer: 1 << 28});
  return {
    stdout: result.stdout?.toString('latin1') ?? '',
    stderr: result.stderr?.toString('latin1') ?? '',
    status: result.status ?? result.signal ?? String(result.error),
  };
}

/** Our `ip` in this process: twenty times as fast. */
async function called(argv: readonly string[]): Promise<Outcome> {
  const output = new MemoryOutput();
  const complaints: string[] = [];
  const connections: SyncConnection[] = [];
  const io: Io = {
    out: new Sink(output),
    env: process.env,
    argv0: 'ip',
    err: text => void complaints.push(text),
    now: () => Date.now(),
    open(protocol, options) {
      const connection = SyncConnection.open(protocol, options);
      connections.push(connection);
      return connection;
    },
  };
  let status: number | string;
  try {
    status = await runTool('ip', argv, io);
  } catch (error) {
    status = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  io.out.flush();
  for (const connection of connections) connection.close();
  return {
    stdout: Buffer.from(output.bytes()).toString('latin1'),
    stderr: Buffer.from(encodeText(complaints.join(''))).toString('latin1'),
    status,
  };
}

process.on('message', async ({file, argv, input = ''}: Order) => {
  process.send?.(file === undefined ? await called(argv) : spawned(file, argv, input));
});
