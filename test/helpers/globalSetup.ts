import {execFileSync} from 'node:child_process';
import {join} from 'node:path';

/** Brings `dist` up to date, because differential tests run the built programs. */
export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build.mjs'), '--if-stale'], {
    stdio: 'inherit',
  });
}
