import {NetCommand} from '../src/cli/command.js';

/** `tsnet netstat ...` is `tsnetstat ...`. */
export default class Netstat extends NetCommand {
  static override summary = 'Show network connections and routing tables, as netstat(8)';
  static override usage = 'netstat [OPTIONS]';
  static override examples = ['<%= config.bin %> netstat -rn'];
  override readonly tool = 'netstat';
}
