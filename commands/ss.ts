import {NetCommand} from '../src/cli/command.js';

/** `tsnet ss ...` is `tsss ...`. */
export default class Ss extends NetCommand {
  static override summary = 'Show sockets, as ss(8)';
  static override usage = 'ss [OPTIONS] [FILTER]';
  static override examples = ['<%= config.bin %> ss -tan'];
  override readonly tool = 'ss';
}
