import {NetCommand} from '../src/cli/command.js';

/** `tsnet iptunnel ...` is the program of net-tools, run by `tsip`. */
export default class Iptunnel extends NetCommand {
  static override summary = 'Show and change tunnels, as iptunnel(8)';
  static override usage = 'iptunnel [show | add | change | del] ...';
  static override examples = ['<%= config.bin %> iptunnel show'];
  override readonly tool = 'iptunnel';
}
