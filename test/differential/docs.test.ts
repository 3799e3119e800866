import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';
import {Netns} from '../helpers/netns.js';
import {binPath} from '../helpers/runTool.js';

/*
 * Every example of the documentation runs with ours and with the reference. A block of shell lines is a scenario; its
 * info string names the fixture it starts from (`sh net routes`), `sh run-by-hand` is left out.
 */

const root = join(import.meta.dirname, '../..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map(name => `docs/${name}`)].filter(name =>
  name.endsWith('.md'),
);

interface Example {
  readonly page: string;
  readonly line: number;
  readonly info: readonly string[];
  readonly steps: readonly string[];
}

function examples(page: string): Example[] {
  const found: Example[] = [];
  const text = readFileSync(join(root, page), 'utf8');
  for (const match of text.matchAll(/^```sh *(.*)\n([\s\S]*?)^```$/gm)) {
    found.push({
      page,
      line: text.slice(0, match.index).split('\n').length,
      info: (match[1] ?? '').split(' ').filter(word => word !== ''),
      steps: (match[2] ?? '')
        .split('\n')
        .map(line => line.replace(/\s+#.*$/, '').trim())
        .filter(line => line !== '' && !line.startsWith('#')),
    });
  }
  return found;
}

const all = pages.flatMap(examples);
const byHand = (example: Example): boolean => example.info.includes('run-by-hand');

describe('documented examples', () => {
  for (const example of all.filter(one => !byHand(one))) {
    differential(`${example.page}:${example.line}`, {
      setup: example.info.flatMap(word => fixtures[word as keyof typeof fixtures] ?? []),
      steps: example.steps.map(line =>
        line.replace(/\btsnet /g, '').replace(/\bts(?=(ip|ss|route|netstat|ifconfig|arp)\b)/g, ''),
      ),
      ignore: [/([0-9a-f]{2}:){5}[0-9a-f]{2}/, /fe80::[0-9a-f:]+/],
      umbrella: false,
    });
  }
});

test('examples left out are those of npm, of whole systems, and of what only we have', () => {
  const commands = all.filter(byHand).flatMap(example => example.steps);
  expect(commands.filter(line => !/^(npm|ln|tsnet explain|ts\w+ --explain)\b/.test(line))).toEqual([]);
});

test('each line of the tables of translations is what --explain says', async () => {
  const text = readFileSync(join(root, 'docs/net-tools.md'), 'utf8');
  const lines = [...text.matchAll(/^\| `((?:route|ifconfig|arp|netstat) .*)` \| `(.*)` \|$/gm)];
  expect(lines.length).toBeGreaterThan(20);
  using netns = await Netns.create(...fixtures.up);
  const {stdout} = netns.run([process.execPath, binPath('tsnet'), 'explain'], {
    input: lines.map(([, old]) => `${old}\n`).join(''),
  });
  // Comments but for the lines themselves are what gets lost.
  const wanted = lines.map(([, old, commands = '']) => [`# ${old}`, ...commands.split('`, `')].join('\n'));
  const said = stdout
    .split('\n')
    .filter(line => line !== '' && (!line.startsWith('#') || wanted.some(one => one.startsWith(`${line}\n`))));
  expect(said.join('\n')).toBe(wanted.join('\n'));
});
