// npm run compat [-- REPORT]: writes docs/compat.md from the list of known differences and the report of the differential
// tests, which are run unless TEST_RESULTS of an earlier run is given.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';

const root = join(import.meta.dirname, '..');
/** Report of a fresh run of the differential tests. */
function run() {
  const folder = mkdtempSync(join(tmpdir(), 'compat-'));
  const results = join(folder, 'results.json');
  spawnSync(process.execPath, [join(root, 'scripts/test.mjs'), 'test/differential'], {
    cwd: root,
    stdio: 'inherit',
    env: {...process.env, TEST_RESULTS: results},
  });
  const text = readFileSync(results, 'utf8');
  rmSync(folder, {recursive: true});
  return text;
}

const earlier = process.argv[2];
const report = JSON.parse(earlier === undefined ? run() : readFileSync(earlier, 'utf8'));

const rows = report.testResults
  .filter(({name}) => name.includes('/test/differential/'))
  .map(({name, assertionResults}) => {
    const equal = assertionResults.filter(({status}) => status === 'passed').length;
    return `| \`${relative(root, name)}\` | ${equal} | ${assertionResults.length} |`;
  })
  .sort();
/** Objects without a chunk; `help` is no object. */
const unbuilt = [...readFileSync(join(root, 'src/iproute/objects.ts'), 'utf8').matchAll(/^ {2}\['(\w+)'\],$/gm)]
  .map(([, word]) => word)
  .filter(word => word !== 'help');
const known = JSON.parse(readFileSync(join(root, 'test/differential/known.json'), 'utf8'));

writeFileSync(
  join(root, 'docs/compat.md'),
  `# Compatibility

<!-- Written by \`npm run compat\`: change test/differential/known.json instead. -->

References: iproute2 6.1.0 and net-tools 2.10. A case runs the same shell lines with the reference and with ours in twin
namespaces and wants equal stdout, stderr, statuses, and an equal state of the kernel as the reference reads it; most cases
also run through \`tsnet\`.

| cases | equal | of |
|---|---|---|
${rows.join('\n')}

## Known differences

${unbuilt.length === 0 ? '' : `Objects of \`ip\` that are not built yet say so, status 255: ${unbuilt.join(', ')}.\n\n`}| where | what | why |
|---|---|---|
${known.map(({area, difference, reason}) => `| ${area} | ${difference} | ${reason} |`).join('\n')}
`,
);
process.exit(report.success ? 0 : 1);
