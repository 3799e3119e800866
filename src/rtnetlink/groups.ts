import {AF_INET, AF_INET6, AF_MPLS} from './constants.js';

/**
 * Multicast groups that tell of changes, by the words of ip-monitor(8) and then by family; under 0 what has none.
 * Source: uapi linux/rtnetlink.h, RTNLGRP_*.
 */
const groups = {
  link: {0: 1},
  address: {[AF_INET]: 5, [AF_INET6]: 9},
  route: {[AF_INET]: 7, [AF_INET6]: 11, [AF_MPLS]: 27},
  mroute: {[AF_INET]: 6, [AF_INET6]: 10},
  prefix: {[AF_INET6]: 18},
  neigh: {0: 3},
  netconf: {[AF_INET]: 24, [AF_INET6]: 25, [AF_MPLS]: 29},
  rule: {[AF_INET]: 8, [AF_INET6]: 19},
  nsid: {0: 28},
  nexthop: {0: 32},
  stats: {0: 36},
  maddress: {[AF_INET]: 37, [AF_INET6]: 38},
  acaddress: {[AF_INET6]: 39},
} as const;

/** Those that only newer tools than iproute2 6.1 tell of when no object is named. */
const later: readonly MonitorObject[] = ['maddress', 'acaddress'];

/** What the kernel tells changes of. */
export type MonitorObject = keyof typeof groups;

/** All of them, in the order of the reference's usage. */
export const monitorObjects = Object.keys(groups) as readonly MonitorObject[];

/** What is told when no object is named. */
export const usualObjects = monitorObjects.filter(object => !later.includes(object));

/** Groups of some objects; with a family, groups of others are left out. */
export function groupsOf(objects: readonly MonitorObject[], family = 0): number[] {
  return objects.flatMap(object =>
    Object.entries(groups[object])
      .filter(([of]) => of === '0' || family === 0 || Number(of) === family)
      .map(([, group]) => group),
  );
}
