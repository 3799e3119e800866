import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import type {Outcome} from './netns.js';

/** Our built programs. */
export type Program = 'tsip' | 'tsss' | 'tsroute' | 'tsnetstat' | 'tsifconfig' | 'tsarp' | 'tsnet';

/** Path of a built program. */
export function binPath(program: Program): string {
  return join(import.meta.dirname, '../../bin', `${program}.cjs`);
}

/** Runs one of our programs on this Node, outside of any namespace unless `enter` (see {@link Netns.enter}) is given. */
export function runTool(
  program: Program,
  argv: readonly string[],
  options: {
    readonly enter?: (argv: readonly string[]) => string[];
    readonly nodeOptions?: readonly string[];
    readonly input?: string;
    readonly env?: NodeJS.ProcessEnv;
  } = {},
): Outcome {
  const command = [process.execPath, ...(options.nodeOptions ?? []), binPath(program), ...argv];
  const [file, ...rest] = options.enter ? options.enter(command) : command;
  const result = spawnSync(file ?? '', rest, {
    input: options.input ?? '',
    env: {...process.env, ...options.env},
    timeout: 60_000,
    maxBuffer: 1 << 30,
  });
  if (result.error) throw result.error;
  return {
    stdout: result.stdout.toString('latin1'),
    stderr: result.stderr.toString('latin1'),
    status: result.status ?? result.signal ?? 'unknown',
  };
}
