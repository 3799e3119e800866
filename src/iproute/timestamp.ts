const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * What stands before an event with `-t` or `-ts`.
 * @param now milliseconds since the epoch
 */
export function timestampText(now: number, isShort: boolean): string {
  const date = new Date(now);
  const microseconds = Math.floor((now % 1000) * 1000);
  return isShort
    ? `[${shortTime(date)}.${String(microseconds).padStart(6, '0')}] `
    : `Timestamp: ${longTime(date)} ${microseconds} usec\n`;
}

/** As asctime(3) has it. */
export function longTime(d: Date): string {
  const day = String(d.getDate()).padStart(2);
  return `${DAYS[d.getDay()]} ${MONTHS[d.getMonth()]} ${day} ${clock(d)} ${d.getFullYear()}`;
}

function shortTime(d: Date): string {
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${clock(d)}`;
}

function clock(d: Date): string {
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
