/** The programs that `--explain` knows. */
export const explained = ['route', 'netstat', 'ifconfig', 'arp'] as const;

/** One of them. */
export type Explained = (typeof explained)[number];
