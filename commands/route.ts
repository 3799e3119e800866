import {NetCommand} from '../src/cli/command.js';

/** `tsnet route ...` is `tsroute ...`. */
export default class Route extends NetCommand {
  static override summary = 'Show and change the routing table, as route(8)';
  static override usage = 'route [-n] [-e] [add | del] ...';
  static override examples = ['<%= config.bin %> route -n'];
  override readonly tool = 'route';
}
