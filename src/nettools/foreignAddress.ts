/** Addresses of families that only old kernels have: what is wrong with one is told before the socket is missed. */

/** Says what is wrong with an address, `''` where the reference gives no reason, undefined where nothing is. */
type Check = (text: string) => string | undefined;

function callSign(text: string): string | undefined {
  const [letters = ''] = text.split('-', 1);
  if (!/^[0-9a-z]*$/i.test(letters)) return 'Invalid callsign';
  return letters.length > 6 ? 'Callsign too long' : undefined;
}

function x25(text: string): string | undefined {
  const [digits = '', length = '0'] = text.split('/', 2);
  const isAddress = digits !== '' && digits.length < 16 && (Number.parseInt(length, 10) || 0) <= digits.length;
  return isAddress ? undefined : 'Invalid address';
}

function ipx(text: string): string | undefined {
  const [, network] = /^([0-9a-f]+):[0-9a-f]{12}/i.exec(text) ?? [];
  return network === undefined || /^(0+|f{8})$/i.test(network) ? '' : undefined;
}

const checks: Readonly<Record<string, Check>> = {
  ax25: callSign,
  netrom: callSign,
  rose: text => (text.length === 10 ? undefined : 'Node address must be ten digits'),
  x25,
  ipx,
  ec: text => (/^\s*[+-]?\d/.test(text) ? undefined : ''),
};

/** Whether addresses of a family are looked at here. */
export function isForeign(family: string): boolean {
  return Object.hasOwn(checks, family);
}

/**
 * The complaint about an address, undefined where there is none.
 * @param unexplained what is said where there is no reason to tell
 */
export function complaintAbout(family: string, text: string, unexplained: string): string | undefined {
  const reason = checks[family]?.(text);
  return reason === '' ? unexplained : reason && `${text}: ${reason}`;
}
