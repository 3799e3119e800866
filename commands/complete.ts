import {NetCommand} from '../src/cli/command.js';

/** `tsnet complete PROGRAM WORD...`: offers for the last word, asked by the scripts of `tsnet completion`. */
export default class Complete extends NetCommand {
  static override hidden = true;
  static override summary = 'List what the last word of a command line may become';
  override readonly tool = 'complete';
}
