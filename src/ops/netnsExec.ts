import {refuse} from '../grammar/errors.js';
import {native} from '../native.js';
import type {Warn} from '../rtnetlink/netns.js';
import {enterNetns} from './netnsSwitch.js';
import {becomeProgram, type Ending, runProgram} from './program.js';
import type {IpSession} from './session.js';

/**
 * `ip netns exec`: the program takes our place; in a batch it runs in a child.
 * @returns the program's status
 */
export function execIn(name: string, argv: readonly string[], session: IpSession): number {
  const {io, batching} = session;
  const command = needCommand(argv);
  const enter = (): void => enterNetns(name, warnTo(session));
  if (batching) return ended(runProgram(command, io, enter), session);
  becomeProgram(command, io, enter);
  return 0;
}

/** `ip -all netns exec`: one namespace after the other, whatever the program's statuses. */
export function execInAll(names: () => readonly string[], argv: readonly string[], session: IpSession): number {
  const command = needCommand(argv);
  for (const name of names()) {
    session.out.text(`\nnetns: ${name}\n`);
    ended(
      runProgram(command, session.io, () => enterNetns(name, warnTo(session))),
      session,
    );
  }
  return 0;
}

/** @throws {UsageError} `No command specified` */
function needCommand(argv: readonly string[]): readonly string[] {
  if (argv.length === 0) throw refuse('No command specified', 1);
  return argv;
}

/** The reference ends at once, and silently, when a signal ended the program. */
function ended(ending: Ending, {out}: IpSession): number {
  if (ending !== undefined) return ending;
  out.flush();
  return native().exit(1);
}

function warnTo({io}: IpSession): Warn {
  return line => io.err(`${line}\n`);
}
