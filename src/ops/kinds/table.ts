import {bridge} from './bridge.js';
import {bridgeSlave} from './bridgeSlave.js';
import type {LinkKind} from './kind.js';
import {veth} from './veth.js';

/** Kinds that the reference knows but that have no options: it ignores what stands behind them. */
const bare: readonly string[] = [
  'dummy',
  'ifb',
  'netdevsim',
  'nlmon',
  'team',
  'team_slave',
  'tun',
  'vcan',
  'virt_wifi',
  'vrf_slave',
];

/** Those that have no help either. */
const helpless: readonly string[] = ['tun', 'vrf_slave'];

/** A kind by its name, which is never abbreviated. */
export function findKind(name: string): LinkKind | undefined {
  switch (name) {
    case 'bridge':
      return bridge;
    case 'bridge_slave':
      return bridgeSlave;
    case 'veth':
      return veth;
    default:
      return bare.includes(name) ? {name} : undefined;
  }
}

/** Whether `ip link help KIND` has something to say. */
export function hasHelp(name: string): boolean {
  return findKind(name) !== undefined && !helpless.includes(name);
}
