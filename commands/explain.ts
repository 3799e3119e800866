import {NetCommand} from '../src/cli/command.js';

/** `tsnet explain LINE`: what a line of net-tools is as lines of `ip` and `ss`. */
export default class Explain extends NetCommand {
  static override summary = 'Show a command line of route, netstat, ifconfig or arp as the equal ip or ss commands';
  static override description = 'Changes nothing. Without a line, lines are read from standard input.';
  static override usage = "explain ['LINE' | PROGRAM WORD...]";
  static override examples = [
    "<%= config.bin %> explain 'ifconfig eth0 192.168.1.5 netmask 255.255.255.0 up'",
    '<%= config.bin %> explain netstat -tan',
    '<%= config.bin %> explain < old-script',
  ];
  override readonly tool = 'explain';
}
