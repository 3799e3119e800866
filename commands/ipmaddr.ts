import {NetCommand} from '../src/cli/command.js';

/** `tsnet ipmaddr ...` is the program of net-tools, run by `tsip`. */
export default class Ipmaddr extends NetCommand {
  static override summary = 'Show and change multicast addresses, as ipmaddr(8)';
  static override usage = 'ipmaddr [show | add | del] ...';
  static override examples = ['<%= config.bin %> ipmaddr show dev eth0'];
  override readonly tool = 'ipmaddr';
}
