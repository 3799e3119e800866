import type {Io, RunTool} from '../io.js';
import {report} from './errors.js';
import {type NetstatOptions, parseNetstat} from './netstatOptions.js';

/** Time between two listings of `-c`, in ms. */
const PAUSE = 1000;

/** `netstat`: options, then what they ask for, with -c again and again. @param ip what writes routes as JSON @returns the exit status */
export async function runNetstat(argv: readonly string[], io: Io, ip: RunTool): Promise<number> {
  try {
    const options = parseNetstat(argv, io);
    if (typeof options === 'string' || options.views.length > 1) {
      const {answer} = await import('./netstatUsage.js');
      return answer(typeof options === 'string' ? options : 'usage', io);
    }
    const show = await viewOf(options);
    for (let first = true; ; first = false) {
      const status = await show(options, io, first, ip);
      if (status !== 0 || !options.continuous || options.views[0] === 'statistics') return status;
      io.out.flush();
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  } catch (error) {
    return report(error, io, 'netstat');
  }
}

/** Writes one listing. @param first of `-c`. @returns the exit status */
type Show = (options: NetstatOptions, io: Io, first: boolean, ip: RunTool) => number | Promise<number>;

/** The code that is needed, and no other. */
async function viewOf({views}: NetstatOptions): Promise<Show> {
  switch (views[0]) {
    case 'route':
      return (await import('./netstatRoutes.js')).showRoutes;
    case 'statistics':
      return (await import('./statistics.js')).showStatistics;
    case 'masquerade':
      return showMasquerade;
    case 'interfaces':
      return (await import('./netstatInterfaces.js')).showInterfaces;
    default:
      return (await import('./sockets/sockets.js')).showSockets;
  }
}

/** The file is gone since Linux 2.4: `-M` has had nothing to show since. */
function showMasquerade(_: NetstatOptions, io: Io): number {
  io.err("netstat: no support for `ip_masquerade' on this system.\n");
  return 1;
}
