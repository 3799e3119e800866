/** What scripts read as the version: the first line of `-V`. */
export const VERSION = 'net-tools 2.10';

/** The programs whose `-V` tells what the reference was built with. */
type Built = 'route' | 'netstat' | 'arp';

const features: Readonly<Record<Built, string>> = {
  route: '+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX',
  netstat: '+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX',
  arp: '+I18N +SELINUX',
};
const FAMILIES = '(inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH';
const HARDWARE =
  '+ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64';

/** What `-V` prints. */
export function versionText(program: Built): string {
  const lines = [
    VERSION,
    ...(program === 'netstat'
      ? ['Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others']
      : []),
    features[program],
    `AF: ${FAMILIES}`,
    `HW: ${program === 'arp' ? '(ether)' : ''} ${HARDWARE} `,
  ];
  return `${lines.join('\n')}\n`;
}
