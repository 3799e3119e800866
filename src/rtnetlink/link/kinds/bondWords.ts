/** Words for the values of a bond's options, which count from 0. Source: Linux Documentation/networking/bonding.rst. */
export const bondWords = {
  mode: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'],
  arpValidate: ['none', 'active', 'backup', 'all', 'filter', 'filter_active', 'filter_backup'],
  arpAllTargets: ['any', 'all'],
  primaryReselect: ['always', 'better', 'failure'],
  failOverMac: ['none', 'active', 'follow'],
  xmitHashPolicy: ['layer2', 'layer3+4', 'layer2+3', 'encap2+3', 'encap3+4', 'vlan+srcmac'],
  adLacpActive: ['off', 'on'],
  adLacpRate: ['slow', 'fast'],
  adSelect: ['stable', 'bandwidth', 'count'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
