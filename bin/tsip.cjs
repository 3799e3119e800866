#!/usr/bin/env node
// Runs the chunks of dist/ from V8's code cache, which the first runs leave beside them. A file whose name tells the
// tool (links named ip, route, ... included) is all that the other programs add.
'use strict';
const {mkdirSync, readFileSync, renameSync, writeFileSync} = require('node:fs');
const {Script} = require('node:vm');

/** Runs after which a chunk's cache holds all that is worth it. */
const LESSONS = 9;
const dist = `${__dirname}/../dist/`;
const caches = `${dist}cache/${process.version}-${process.arch}/`;
const modules = {};
const learning = [];

function load(request) {
  const name = request.slice(request.lastIndexOf('/') + 1);
  if (modules[name] !== undefined) return modules[name];
  const text = readFileSync(dist + name, 'latin1');
  const id = text.slice(-16);
  let lessons = 0;
  let cachedData;
  try {
    const cache = readFileSync(caches + name);
    const end = cache.length - 17;
    if (cache.latin1Slice(end + 1) === id) {
      cachedData = cache.subarray(0, end);
      lessons = cache[end];
    }
  } catch {}
  const script = new Script(`(function(exports,require,__dirname){${text}\n})`, {filename: dist + name, cachedData});
  if (script.cachedDataRejected) lessons = 0;
  if (lessons < LESSONS) learning.push({name, id, script, lessons});
  const exports = {};
  modules[name] = exports;
  script.runInThisContext()(exports, word => (word[0] === '.' ? load(word) : require(word)), dist);
  return exports;
}

/** Keeps what this run compiled, where dist/ may be written. */
function learn() {
  for (const {name, id, script, lessons} of learning) {
    try {
      mkdirSync(caches, {recursive: true});
      const file = `${caches}${name}.${process.pid}`;
      writeFileSync(
        file,
        Buffer.concat([script.createCachedData(), Buffer.from([lessons + 1]), Buffer.from(id, 'latin1')]),
      );
      renameSync(file, caches + name);
    } catch {}
  }
}

const {main, toolName} = load('main.cjs');
const tool = toolName(process.argv[1]) ?? toolName((module.parent ?? module).filename);
// Options of node change V8's flags, and a cache made under others is refused.
const plain = process.execArgv.length === 0 && process.env.NODE_OPTIONS === undefined;
main(tool, process.argv.slice(2), plain && learning.length > 0 ? learn : undefined);
