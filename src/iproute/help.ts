import {objects} from './objects.js';

/** `word word ...` in lines of a readable width. */
function wrap(words: readonly string[], indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + word.length + 3 > width) {
      lines.push(`${indent}${line} |`);
      line = word;
    } else {
      line = line === '' ? word : `${line} | ${word}`;
    }
  }
  lines.push(`${indent}${line}`);
  return lines;
}

const options = [
  '-V[ersion]',
  '-s[tatistics]',
  '-d[etails]',
  '-r[esolve]',
  '-h[uman-readable]',
  '-iec',
  '-j[son]',
  '-p[retty]',
  '-f[amily] { inet | inet6 | mpls | bridge | link }',
  '-4',
  '-6',
  '-M',
  '-B',
  '-0',
  '-l[oops] { maximum-addr-flush-attempts }',
  '-br[ief]',
  '-o[neline]',
  '-t[imestamp]',
  '-ts[hort]',
  '-b[atch] [filename]',
  '-force',
  '-rc[vbuf] [size]',
  '-n[etns] name',
  '-N[umeric]',
  '-a[ll]',
  '-echo',
  '-c[olor]',
];

/** `ip help`, line by line. */
export function usage(): string[] {
  return [
    'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }',
    '       ip [ -force ] -batch filename',
    'where  OBJECT := {',
    ...wrap(
      objects.map(([word]) => word),
      '           ',
      64,
    ),
    '       }',
    '       OPTIONS := {',
    ...wrap(options, '           ', 64),
    '       }',
  ];
}
