import {TIMER_NAMES} from '../sockdiag/constants.js';
import type {Sink} from '../view/sink.js';

/** ` timer:(on,1min41sec,3)`. @param ms until it ends */
export function writeTimer(out: Sink, timer: number, ms: number, retransmits: number, name?: string): void {
  out.ascii(' timer:(');
  out.ascii(name ?? TIMER_NAMES[timer] ?? 'unknown');
  out.byte(44);
  writeSpan(out, ms);
  out.byte(44);
  out.int(retransmits);
  out.byte(41);
}

/** A span as the reference has it: `1min41sec`, `12sec`, and below ten seconds milliseconds, with a point behind the thousands. */
function writeSpan(out: Sink, ms: number): void {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = ms % 1000;
  if (minutes > 0) {
    out.uint(minutes);
    out.ascii('min');
    if (minutes <= 9 && seconds % 60 !== 0) {
      out.uint(seconds % 60);
      out.ascii('sec');
    }
    return;
  }
  if (seconds > 9 || (seconds > 0 && rest === 0)) {
    out.uint(seconds);
    out.ascii('sec');
  } else if (rest !== 0) {
    if (seconds > 0) {
      out.uint(seconds);
      out.byte(46);
    }
    out.ascii(String(rest).padStart(3, '0'));
    out.ascii('ms');
  }
}
