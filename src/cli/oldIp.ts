import type {Io, RunTool} from '../io.js';
import {runIp} from '../iproute/run.js';
import {type OldProgram, translateOld} from '../nettools/oldIp.js';
import {VERSION} from '../nettools/version.js';

/** A forerunner of an object of `ip`, run by `ip`. */
export function oldIp(program: OldProgram): RunTool {
  return async (argv, io) => {
    const run = translateOld(program, argv, VERSION);
    if ('ip' in run) {
      if (run.refusal === undefined) return runIp(run.ip, io);
      return (await runIp(run.ip, sayingWhy(io))) === 0 ? 0 : run.refusal.status;
    }
    if (run.isError) io.err(run.text);
    else io.out.ascii(run.text);
    return run.status;
  };
}

/** An Io whose complaints are the old program's: `ioctl:` and the reason. */
function sayingWhy(io: Io): Io {
  const asOld = (text: string): string =>
    text.replace(/^(?:.*failed: (.*)|Cannot find device .*)$/gm, (_, reason = 'No such device') => `ioctl: ${reason}`);
  return Object.create(io, {err: {value: (text: string) => io.err(asOld(text))}}) as Io;
}
