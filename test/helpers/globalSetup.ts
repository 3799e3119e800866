import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

/** Brings `dist` up to date, because differential tests run the built programs. Unit tests can do without. */
export default function setup(): void {
  const build = join(import.meta.dirname, '../../scripts/build.mjs');
  const {status} = spawnSync(process.execPath, [build, '--if-stale'], {stdio: 'inherit'});
  if (status !== 0) console.error('the programs could not be built: tests that run them use the last ones');
}
