import { type Diagnostic, finding, replaceValue, writeValue } from '../document';
import { EXAMPLES_FOR_VERDICT, fewestExamples, splitFor } from '../parts';
import { columnText, listed } from '../table';
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
    smallClasses,
    lostDigits,
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

/** A class with fewer examples than this can hardly be learned, and not be measured. */
const EXAMPLES_OF_CLASS = 5;

function smallClasses({ experiment, facts, documents }: Inspected): Diagnostic[] {
  if (!facts.data) return [];
  const { classes, perClass, trainPerClass } = facts.data;
  const place = ['data', experiment.config.data.source === 'csv' ? 'label' : 'labelFile'];
  const about = (name: string, c: number) =>
    `“${name}” (${perClass[c]} ${perClass[c] === 1 ? 'example' : 'examples'}${trainPerClass ? `, ${trainPerClass[c]} of them for training` : ''})`;
  const listOf = (wanted: (c: number) => boolean) =>
    listed(
      classes.flatMap((name, c) => (perClass[c]! > 0 && wanted(c) ? [about(name, c)] : [])),
      6,
    );
  const untrained = listOf((c) => trainPerClass?.[c] === 0);
  const small = listOf((c) => perClass[c]! < EXAMPLES_OF_CLASS && trainPerClass?.[c] !== 0);
  const found: Diagnostic[] = [];
  if (untrained !== '') {
    const message = `No training example has the class ${untrained}. A network cannot learn a class without examples: add examples, enlarge the training part, merge the class with another, or remove its rows.`;
    found.push(finding(documents.experiment, place, { code: 'class-not-trained', message }));
  }
  if (small !== '') {
    const message = `Very few examples have the class ${small}. So few can hardly be learned or measured: add examples, or merge the class with another.`;
    found.push(finding(documents.experiment, place, { severity: 'warning', code: 'small-class', message }));
  }
  return found;
}

/** With a loss above this share of the standard deviation, a column is mostly rounding errors. */
const USELESS = 0.1;

function lostDigits({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const { data } = experiment.config;
  const place = ['data', data.source === 'csv' ? 'file' : data.source === 'npy' ? 'inputs' : 'images'];
  return (facts.data?.rounded ?? []).map(({ column, step, loss }) => {
    const canIgnore = data.source === 'csv' && data.columns === undefined && data.shape === undefined;
    const message = `Column ${columnText(column)} loses digits: float32 keeps about 7, so values of this size become equal if they differ by less than ${step}. Subtract an offset in the file so that the values are near 0${data.source === 'csv' ? ', or exclude the column' : ''}.`;
    return finding(documents.experiment, place, {
      severity: loss > USELESS ? 'error' : 'warning',
      code: 'lost-digits',
      message,
      fixes: canIgnore
        ? writeValue(documents.experiment, ['data', 'ignore'], [...(data.ignore ?? []), column])
        : [],
    });
  });
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
