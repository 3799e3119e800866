/** C's %g for positive numbers: six significant digits. */
export function general(value: number): string {
  if (value === 0 || (value >= 1e-4 && value < 1e6 - 0.5)) return String(Number(value.toPrecision(6)));
  const [mantissa, exponent] = value.toExponential(5).split('e') as [string, string];
  return `${Number(mantissa)}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
