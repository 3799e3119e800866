import type {RunTool} from '../io.js';
import {runIp} from '../iproute/run.js';
import {type OldProgram, translateOld} from '../nettools/oldIp.js';
import {VERSION} from '../nettools/version.js';

/** A forerunner of an object of `ip`, run by `ip`. */
export function oldIp(program: OldProgram): RunTool {
  return (argv, io) => {
    const run = translateOld(program, argv, VERSION);
    if ('ip' in run) return runIp(run.ip, io);
    if (run.isError) io.err(run.text);
    else io.out.ascii(run.text);
    return run.status;
  };
}
