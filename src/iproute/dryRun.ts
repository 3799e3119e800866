import type {Io} from '../io.js';
import {type Draft, DryConnection} from '../netlink/dry.js';
import type {IpOptions} from '../ops/session.js';

/** `--dry-run`: what a run would change is printed, and not sent; what it only asks, it asks. */
export function dryIo(io: Io, options: IpOptions): Io {
  const show = (draft: Draft): void => {
    io.out.text(options.json ? `${jsonOf(draft, options.pretty)}\n` : textOf(draft));
  };
  return {
    out: io.out,
    err: text => io.err(text),
    env: io.env,
    argv0: io.argv0,
    now: () => io.now(),
    open: (protocol, open = {}) => DryConnection.openDry(protocol, open, show),
  };
}

function textOf({type, flags, fields}: Draft): string {
  const lines = Object.entries(fields).map(([name, value]) => `    ${name} ${valueText(value)}\n`);
  return `${[type, ...flags].join(' ')}\n${lines.join('')}`;
}

function valueText(value: unknown): string {
  return typeof value === 'string' && /^[!-~]+$/.test(value) ? value : JSON.stringify(value);
}

function jsonOf(draft: Draft, isPretty: boolean): string {
  return JSON.stringify(draft, undefined, isPretty ? 4 : undefined);
}
