import {isMainThread, workerData} from 'node:worker_threads';
import {cases, churn} from './churn.cases.js';

if (isMainThread) await cases[process.argv[2] ?? '']?.();
else churn(workerData.what, workerData.stop);
