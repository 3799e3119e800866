/** Connectors of network cards by the number in struct ifmap. Source: uapi linux/netdevice.h, IF_PORT_*. */
const names: readonly string[] = ['unknown', '10base2', '10baseT', 'AUI', '100baseT', '100baseTX', '100baseFX'];

/** Other words for the same connectors; a blank word is none. */
const others: Readonly<Record<string, number>> = {bnc: 1, '': 0};

/** Name of a connector. */
export function mediaName(port: number): string {
  return names[port] ?? '(null)';
}

/** Number of a connector, in whatever case its name is written; undefined where there is none. */
export function mediaPort(word: string): number | undefined {
  const lower = word.toLowerCase();
  const found = names.findIndex(name => name.toLowerCase() === lower);
  return found >= 0 ? found : Object.hasOwn(others, lower) ? others[lower] : undefined;
}
