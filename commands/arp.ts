import {NetCommand} from '../src/cli/command.js';

/** `tsnet arp ...` is `tsarp ...`. */
export default class Arp extends NetCommand {
  static override summary = 'Show and change the neighbour table, as arp(8)';
  static override usage = 'arp [OPTIONS] ...';
  static override examples = ['<%= config.bin %> arp -n'];
  override readonly tool = 'arp';
}
