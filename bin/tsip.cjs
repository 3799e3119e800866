#!/usr/bin/env node
// Runs the chunks of dist/ from V8's code cache, which the first runs leave beside them. The file's name tells the tool: the
// build copies it for the others, because one that only required this one would cost each start 2 %. Files are read by the
// addon: the first read by node's own fs costs 0.4 ms.
'use strict';
// What `require` gives, for less; Node 20 has it since 20.16.
const {Script} = process.getBuiltinModule?.('node:vm') ?? require('node:vm');

/** A cache is done after so many runs, or after three that added nothing. */
const LESSONS = 9;
const dist = `${__dirname}/../dist/`;
const argv = process.argv.slice(2);
const modules = {};
const late = {};
const learning = [];
const addon = {exports: {}};
try {
  process.dlopen(addon, `${__dirname}/../native/prebuilds/linux-${process.arch}.node`);
} catch (cause) {
  throw new Error(`tsiproute2: Linux only, on x64 or arm64; not ${process.platform} on ${process.arch}`, {cause});
}
const sys = addon.exports;
const scratch = new Uint8Array(1 << 19);
const {latin1Slice} = Buffer.prototype;

/** Reads a file into the scratch buffer. @returns its length, -1 when it cannot be read */
function slurp(path) {
  const fd = sys.open(path, 0);
  if (fd < 0) return -1;
  let length = 0;
  for (let got = 1; got > 0; length += Math.max(got, 0)) got = sys.read(fd, scratch, length, scratch.length - length);
  sys.close(fd);
  return length;
}

/**
 * What `require` is to a chunk. Modules that few runs come to use, fs and the chunks named late, are fetched when something
 * of theirs is first asked for.
 */
function need(word) {
  if (late[word] !== undefined) return late[word];
  const fetch = word[0] === '.' ? load : require;
  if (word !== 'node:fs' && !word.startsWith('./late-')) return fetch(word);
  late[word] = new Proxy({}, {get: (_, name) => fetch(word)[name]});
  return late[word];
}

function load(request) {
  const name = request.slice(request.lastIndexOf('/') + 1);
  if (modules[name] !== undefined) return modules[name];
  const length = slurp(dist + name);
  if (length < 16) throw new Error(`${dist}${name} is missing: npm run build`);
  const source = latin1Slice.call(scratch, 0, length);
  const id = latin1Slice.call(scratch, length - 16, length);
  const end = slurp(caches + name) - 17;
  const known = end > 0 && latin1Slice.call(scratch, end + 1, end + 17) === id;
  const script = new Script(source, {filename: dist + name, cachedData: known ? scratch.subarray(0, end) : undefined});
  const lessons = known && !script.cachedDataRejected ? scratch[end] : 0;
  if (lessons < LESSONS) learning.push({name, id, script, lessons, size: lessons > 0 ? end : 0});
  // Chunks that need each other get hold of what comes to be exported, for later use.
  let exports;
  modules[name] = new Proxy({}, {get: (_, key) => exports?.[key]});
  exports = script.runInThisContext()({}, need, dist);
  modules[name] = exports;
  return exports;
}

// A cache is read as a whole, so each program has its own with what it runs, and ip one for the first letters of object
// and verb: `rouadd` is that of `route add`, in whatever namespace.
const caller = require.main.filename;
const program = caller.slice(caller.lastIndexOf('/') + 1, -4);
const isLetter = character => character >= 'a' && character <= 'z';
let letters = '';
if (program === 'tsip') {
  let isName = false;
  for (const word of argv) {
    for (let i = 0; i < 3 && isLetter(word[i]) && !isName; i++) letters += word[i];
    if (letters.length > 3) break;
    isName = word === '-n' || word === '-netns';
  }
}
const caches = `${dist}cache/${process.version}-${process.arch}/${program}${letters}/`;

const {adoptNative, main, toolName} = load('main.cjs');
adoptNative(sys);
// Options of node change V8's flags, and a cache made under others is refused.
const plain = process.execArgv.length === 0 && process.env.NODE_OPTIONS === undefined;
const learn = status => {
  if (plain && status === 0 && learning.length > 0) require('./learn.cjs')(caches, learning, LESSONS);
};
const run = (tool, words) => main(tool, words, learn);
const tool = toolName(process.argv[1]) ?? toolName(caller);
if (tool !== undefined) run(tool, argv);
else module.exports = {run, toolName};
