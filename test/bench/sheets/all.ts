import { number } from '../format';
import type { Results } from '../results';
import { targetsOf } from '../targets';
import { growthSheets } from './growth';
import {
  cacheSheet,
  packageSheet,
  populationSheet,
  simdSheet,
  startSheet,
  sweepSheet,
  trainingSheet,
} from './ours';
import { COMMAND, type Sheet } from './sheet';
import { memorySheet, ratioSheet, stepsSheet } from './steps';

/** What this run has figures for, in the order of the page. */
export function sheetsOf(results: Results): { steps: Sheet[]; others: Sheet[]; summary: Sheet[] } {
  const { startUp, training, population, sweep, cache, simd, growth } = results;
  const any = results.workloads.length > 0;
  return {
    summary: [targetsSheet(results), ...(any ? [ratioSheet(results)] : [])].filter(
      ({ rows }) => rows.length > 0,
    ),
    steps: results.workloads.map((workload) => stepsSheet(results, workload)),
    others: [
      ...(any ? [memorySheet(results)] : []),
      ...(startUp ? [startSheet(results, startUp)] : []),
      ...(training ? [trainingSheet(training)] : []),
      ...(population ? [populationSheet(population)] : []),
      ...(sweep ? [sweepSheet(sweep)] : []),
      ...(cache ? [cacheSheet(results, cache)] : []),
      ...(simd ? [simdSheet(simd)] : []),
      ...(results.package ? [packageSheet(results.package)] : []),
      ...(growth ?? []).flatMap(growthSheets),
    ],
  };
}

const targetsSheet = (results: Results): Sheet => ({
  title: 'Targets',
  command: COMMAND.replace(' --', ''),
  about: 'Targets and measured values.',
  head: ['', 'at most', 'measured', ''],
  rows: targetsOf(results).map(({ what, limit, value, met, quiet }) => [
    what,
    number(limit),
    number(value),
    quiet ? (met ? 'met' : 'missed') : 'the machine was not quiet',
  ]),
  notes: [],
});
