import {Command} from '@oclif/core/command';
import {main} from './main.js';

/**
 * One program as a command of `tsnet`. Words are not parsed here: they reach the program as they were given, in order,
 * so that bytes and status are the same as without `tsnet`.
 */
export abstract class NetCommand extends Command {
  static override strict = false;

  /** Name of the reference program. */
  abstract readonly tool: string;

  async run(): Promise<void> {
    await main(this.tool, this.argv);
  }
}
