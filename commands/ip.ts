import {NetCommand} from '../src/cli/command.js';

/** `tsnet ip ...` is `tsip ...`. */
export default class Ip extends NetCommand {
  static override summary = 'Show and change links, addresses and routes, as ip(8)';
  static override usage = 'ip [OPTIONS] OBJECT { COMMAND | help }';
  static override examples = [
    '<%= config.bin %> ip -br addr',
    '<%= config.bin %> ip route add 172.16.32.0/24 via 192.168.1.1',
  ];
  override readonly tool = 'ip';
}
