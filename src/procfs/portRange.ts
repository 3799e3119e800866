import {fileLines, Scanner} from './scan.js';

/** The ports that the reference takes for handed out where the kernel does not tell. */
const LOW = 1024;
const HIGH = 4999;

/** The local ports that the kernel hands out itself, both ends included. Source: ip(7), ip_local_port_range. */
export function localPortRange(path: string): {readonly low: number; readonly high: number} {
  const scan = new Scanner(fileLines(path)?.[0] ?? '');
  const low = scan.int();
  const high = scan.int();
  return low === undefined || high === undefined ? {low: LOW, high: HIGH} : {low, high};
}
