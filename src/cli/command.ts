import {Command} from '@oclif/core/command';

/**
 * One program as a command of `tsnet`. Words are not parsed here: they reach the program as they were given, in order,
 * so that bytes and status are the same as without `tsnet`.
 */
export abstract class NetCommand extends Command {
  static override strict = false;
  /** Runs a program and ends the process; the loader of the programs puts it here. */
  static program: (tool: string, argv: readonly string[]) => Promise<never>;

  /** Name of the reference program. */
  abstract readonly tool: string;

  async run(): Promise<void> {
    await NetCommand.program(this.tool, this.argv);
  }
}
