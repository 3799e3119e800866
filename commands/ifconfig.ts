import {NetCommand} from '../src/cli/command.js';

/** `tsnet ifconfig ...` is `tsifconfig ...`. */
export default class Ifconfig extends NetCommand {
  static override summary = 'Show and set up interfaces, as ifconfig(8)';
  static override usage = 'ifconfig [INTERFACE] ...';
  static override examples = ['<%= config.bin %> ifconfig eth0'];
  override readonly tool = 'ifconfig';
}
