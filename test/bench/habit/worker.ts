/** Some of the people in a thread of their own: who they are and what they do does not depend on how they are shared out. */
import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './table.ts';

const { population, policies, count, seed, part, parts } = workerData;
parentPort?.postMessage(simulate(population, policies, count, seed, part, parts));
