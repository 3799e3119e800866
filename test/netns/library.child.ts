import {cases} from './library.cases.js';

const name = process.argv[2] ?? '';
await cases[name]?.();
