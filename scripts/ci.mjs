// .ci/run after the system's packages are there: install and test as the README says, the addon rebuilt for both
// processors and tested, the other Node lines. The last line is "N passed, N failed".
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {obstacle} from '../test/vm/machine.mjs';

const root = join(import.meta.dirname, '..');
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const results = join(root, 'node_modules/.results.json');
let passed = 0;
let failed = 0;
/** What failed, for the end of the output: the middle of a long one is easily lost. */
const failures = [];
/** What failed once. */
const unsteady = [];

function fail(what) {
  failed++;
  failures.push(what);
}

/** Runs a step that counts as one test. */
function step(name, file, ...argv) {
  console.log(`\n== ${name}`);
  const {status} = spawnSync(file, argv, {cwd: root, stdio: 'inherit'});
  if (status === 0) passed++;
  else fail(name);
  return status === 0;
}

/** Runs tests, the report in `results`. */
function report(file, argv) {
  rmSync(results, {force: true});
  const {status} = spawnSync(file, argv, {cwd: root, stdio: 'inherit', env: {...process.env, TEST_RESULTS: results}});
  const found = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const bad = (found.testResults ?? []).filter(file => file.status === 'failed');
  return {status, passed: found.numPassedTests ?? 0, bad};
}

/** Tests of a file that failed; a file that did not even load has a message of its own. */
function failedTests({name, message, assertionResults}) {
  const bad = assertionResults.filter(test => test.status === 'failed');
  if (bad.length === 0) return [`${name}\n${message}`];
  return bad.map(test => `${name}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
}

/**
 * Runs tests and adds their numbers. Most compare what two programs see of a kernel that works on in the background, all
 * processors busy; a file that failed so has a second try alone, which is told.
 */
function tests(name, file, argv, node = process.execPath) {
  console.log(`\n== ${name}`);
  const first = report(file, argv);
  passed += first.passed;
  if (first.status === 0) return;
  if (first.bad.length === 0) return fail(`${name}: ended with status ${first.status}`);
  const told = first.bad.flatMap(failedTests);
  if (first.bad.length > 3) return told.forEach(fail);
  console.log(`\n== ${name}: once more what failed`);
  const second = report(node, ['scripts/test.mjs', ...first.bad.map(file => file.name)]);
  if (second.status !== 0) return told.forEach(fail);
  passed += told.length;
  unsteady.push(...told);
}

/** A Node of another line from the registry, unpacked once. */
function otherNode(line) {
  const folder = join(cache, 'tsiproute2', `node-${line}-${process.arch}`);
  const node = join(folder, 'package/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, {recursive: true});
  const name = `node-linux-${process.arch}@${line}`;
  spawnSync('npm', ['pack', '--silent', '--pack-destination', folder, name], {stdio: 'inherit'});
  spawnSync('sh', ['-c', 'tar xzf *.tgz && rm *.tgz'], {cwd: folder, stdio: 'inherit'});
  return existsSync(node) ? node : undefined;
}

/** What may depend on the line of Node: the core, and one program of each sort from end to end. */
const ofEachNode = [
  'test/unit',
  ...['cli', 'netstat', 'output', 'ssFilter'].map(name => `test/differential/${name}.test.ts`),
];

tests('npm cit', 'npm', ['cit', '--no-audit', '--no-fund']);
if (step('the addon for both processors', 'npm', 'run', '--silent', 'build:native')) {
  tests('the fresh addon', process.execPath, ['scripts/test.mjs', 'test/native', 'test/unit/native']);
}
for (const line of [22, 24]) {
  const node = otherNode(line);
  if (node === undefined) fail(`Node ${line} cannot be had from the registry`);
  else tests(`Node ${line}`, node, ['scripts/test.mjs', ...ofEachNode], node);
}
step('npm run demo', 'npm', 'run', '--silent', 'demo');

const why = obstacle();
if (why === undefined) tests('npm run test:vm', 'npm', ['run', '--silent', 'test:vm']);
else console.log(`\n== no virtual machine: ${why}`);

for (const what of unsteady) console.log(`\nUNSTEADY ${what}`);
for (const what of failures) console.log(`\nFAILED ${what}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
