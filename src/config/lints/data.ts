import type { Diagnostic } from '../diagnostics';
import { finding, replaceValue, writeValue } from '../document';
import { EXAMPLES_FOR_VERDICT, fewestExamples, splitFor } from '../parts';
import type { Inspected } from './inspected';

/** Pairs of seeds that a verdict needs. */
const SEEDS_FOR_VERDICT = 4;

export function lintData(inspected: Inspected): Diagnostic[] {
  return [
    fewSeeds,
    fewTestExamples,
    noValidation,
    tooManyLabels,
    nothingHidden,
    emptyClass,
    keepsNothingLess,
  ].flatMap((rule) => rule(inspected));
}

function fewSeeds({ experiment, documents }: Inspected): Diagnostic[] {
  const { seeds } = experiment;
  if (seeds.length >= SEEDS_FOR_VERDICT) return [];
  const trainings = seeds.length === 1 ? '1 seed is too few' : `${seeds.length} seeds are too few`;
  const message = `${trainings}: with fewer than ${SEEDS_FOR_VERDICT} pairs the verdict is always INCONCLUSIVE.`;
  const fixes =
    typeof experiment.config.seeds === 'number'
      ? replaceValue(documents.experiment, ['seeds'], SEEDS_FOR_VERDICT)
      : [];
  return [
    finding(documents.experiment, ['seeds'], { severity: 'warning', code: 'few-seeds', message, fixes }),
  ];
}

function fewTestExamples({ experiment, facts, documents }: Inspected): Diagnostic[] {
  if (!facts.data || facts.data.counts.test >= EXAMPLES_FOR_VERDICT) return [];
  const { count, classes, counts } = facts.data;
  const has = counts.test === 1 ? '1 example' : `${counts.test} examples`;
  const { seed, stratified } = experiment.config.data.split;
  const split = splitFor(count, classes.length);
  const advice =
    split === null
      ? ` The data have ${count} examples; at least ${fewestExamples(classes.length)} are needed.`
      : '';
  const message = `The test part has ${has}: with fewer than ${EXAMPLES_FOR_VERDICT} the verdict is always INCONCLUSIVE.${advice}`;
  const fixes = split
    ? writeValue(documents.experiment, ['data', 'split'], {
        ...split,
        seed,
        ...(stratified ? {} : { stratified }),
      })
    : [];
  const place = ['data', 'split', 'test'];
  return [
    finding(documents.experiment, place, { severity: 'warning', code: 'few-test-examples', message, fixes }),
  ];
}

function noValidation({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const { split } = experiment.config.data;
  if ((facts.data?.counts.validation ?? split.validation) !== 0) return [];
  const message =
    'There are no validation examples, so T, α and checkpoints could only be selected on test data. Set validation to a number or a fraction, e.g. 0.15.';
  const place = ['data', 'split', 'validation'];
  return [finding(documents.experiment, place, { code: 'no-validation', message })];
}

function tooManyLabels({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const count = experiment.config.data.labels?.count;
  if (count === undefined || !facts.data) return [];
  const { counts, classes } = facts.data;
  const place = ['data', 'labels', 'count'];
  if (count > counts.train) {
    const message = `labels.count is ${count}, but the training part has ${counts.train} examples.`;
    const fixes = replaceValue(documents.experiment, place, counts.train);
    return [finding(documents.experiment, place, { code: 'too-many-labels', message, fixes })];
  }
  if (count >= classes.length) return [];
  const message = `labels.count is ${count} for ${classes.length} classes: some classes have no labelled example.`;
  return [finding(documents.experiment, place, { severity: 'warning', code: 'too-few-labels', message })];
}

function nothingHidden({ experiment, facts, documents }: Inspected): Diagnostic[] {
  if (!facts.data || facts.data.counts.labelled < facts.data.counts.train) return [];
  return experiment.config.arms.flatMap((arm, index) => {
    if (arm.transferSet !== 'all') return [];
    const message = 'All training examples are labelled, so “all” is the same as “labelled”.';
    const place = ['arms', index, 'transferSet'];
    const fixes = replaceValue(documents.experiment, place, 'labelled');
    return [
      finding(documents.experiment, place, { severity: 'warning', code: 'nothing-hidden', message, fixes }),
    ];
  });
}

function emptyClass({ facts, documents }: Inspected): Diagnostic[] {
  if (!facts.data) return [];
  const { classes, perClass } = facts.data;
  const empty = classes.filter((_, index) => perClass[index] === 0);
  if (empty.length === 0) return [];
  const message = `No example in the data has the class ${empty.map((c) => `“${c}”`).join(', ')}.`;
  return [
    finding(documents.experiment, ['data', 'classes'], { severity: 'warning', code: 'empty-class', message }),
  ];
}

function keepsNothingLess({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const { softTargets } = experiment.config;
  if (!softTargets) return [];
  const classes = facts.data?.classes.length ?? Infinity;
  const message =
    experiment.student.config.training.augmentation.length > 0
      ? 'The student’s examples are augmented, so the teacher’s logits are computed anew for each and not cached: topK has no effect.'
      : softTargets.topK >= classes
        ? `There are only ${classes} classes, so topK keeps all of them and has no effect.`
        : null;
  if (message === null) return [];
  const place = ['softTargets', 'topK'];
  return [finding(documents.experiment, place, { severity: 'warning', code: 'keeps-all', message })];
}
