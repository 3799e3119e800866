import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {type Outcome, unshareArgv} from '../helpers/netns.js';

/** The addon of this processor. */
export const addonPath = join(import.meta.dirname, `../../native/prebuilds/linux-${process.arch}.node`);

/** Runs CommonJS code in a node of its own, where `sys` is the addon; with `unshared`, as root of fresh namespaces. */
export function runChild(code: string, options: {readonly unshared?: boolean} = {}): Outcome {
  const load = `const module_ = {exports: {}}; process.dlopen(module_, ${JSON.stringify(addonPath)}); const sys = module_.exports;`;
  const argv = [...(options.unshared ? unshareArgv : []), process.execPath, '-e', `${load}\n${code}`];
  const result = spawnSync(argv[0] ?? '', argv.slice(1), {timeout: 20_000, env: {PATH: process.env.PATH}});
  if (result.error) throw result.error;
  return {
    stdout: result.stdout.toString(),
    stderr: result.stderr.toString(),
    status: result.status ?? result.signal ?? 'unknown',
  };
}
