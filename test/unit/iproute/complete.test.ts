import {expect, test} from 'vitest';
import {Netns} from '../../helpers/netns.js';
import {runTool} from '../../helpers/runTool.js';

test('offers come from the grammar and from the kernel', async () => {
  using netns = await Netns.create('ip link add left type veth peer name right');
  const offers = (...words: string[]): string[] =>
    runTool('tsnet', ['complete', ...words], {enter: argv => netns.enter(argv)})
      .stdout.split('\n')
      .slice(0, -1);
  expect(offers('tsip', 'ro')).toEqual(['route']);
  expect(offers('tsip', '-j')).toEqual(['-json']);
  expect(offers('tsip', 'route', 're')).toEqual(['replace', 'restore']);
  expect(offers('tsip', '-4', 'route', 'add', '10.0.0.0/8', 'met')).toEqual(['metric']);
  expect(offers('tsip', 'route', 'show', 'dev', 'l')).toEqual(['lo', 'left']);
  expect(offers('tsip', 'route', 'show', 'table', 'ma')).toEqual(['main']);
  expect(offers('tsnet', 'ip', 'route', 'show', 'dev', 'ri')).toEqual(['right']);
  expect(offers('tsip', 'rule', 'add', 'fw')).toEqual(['fwmark']);
  expect(offers('tsip', 'tunnel', 'add', 't0', 'mode', 'i')).toEqual(['ipip', 'isatap']);
  expect(offers('tsip', 'stats', 'show', 'group', 'xstats', 'subgroup', 'b')).toEqual(['bond', 'bridge']);
  expect(offers('tsip', 'token', 'set', '::1', 'dev', 'le')).toEqual(['left']);
  expect(offers('tsip', 'l2tp', 'add', 'session', 'seq', 're')).toEqual(['recv']);
  expect(offers('tsip', 'sr', 'hm', 's')).toEqual(['show', 'set']);
  expect(offers('tsip', 'ioam', 'namespace', 'set', '5', 'schema', '')).toEqual(['none']);
  expect(offers('tsip', 'mptcp', 'endpoint', 'add', 'sub')).toEqual(['subflow']);
  expect(offers('tsip', 'vrf', 'exec', 'le')).toEqual(['left']);
  expect(offers('ls', '')).toEqual([]);
});

test('each shell gets a script that asks for offers', () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    expect(runTool('tsnet', ['completion', shell]).stdout).toMatch(/tsnet complete /);
  }
  expect(runTool('tsnet', ['completion', 'tcsh']).status).not.toBe(0);
});
