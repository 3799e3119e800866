import {refuse} from '../grammar/errors.js';
import {enterNetns} from './netnsSwitch.js';
import {execProgram, runProgram} from './program.js';
import type {IpSession} from './session.js';
import {leaveVrfFor} from './vrfExec.js';

/**
 * `ip netns exec`: the program takes our place; in a batch it runs in a child.
 * @returns the program's status
 */
export function execIn(name: string, argv: readonly string[], session: IpSession): number {
  return execProgram(needCommand(argv), session, entering(name, session));
}

/** `ip -all netns exec`: one namespace after the other, whatever the program's statuses. */
export function execInAll(names: () => readonly string[], argv: readonly string[], session: IpSession): number {
  const command = needCommand(argv);
  for (const name of names()) {
    session.out.text(`\nnetns: ${name}\n`);
    runProgram(command, session.io, entering(name, session));
  }
  return 0;
}

/** @throws {UsageError} `No command specified` */
function needCommand(argv: readonly string[]): readonly string[] {
  if (argv.length === 0) throw refuse('No command specified', 1);
  return argv;
}

/** What puts a process into a namespace, where a VRF of ours means nothing. */
function entering(name: string, {io}: IpSession): () => void {
  const warn = (line: string): void => io.err(`${line}\n`);
  return () => {
    leaveVrfFor(warn);
    enterNetns(name, warn);
  };
}
