import { sweptIndex } from '../resolveArms';
import { titleOf } from '../arms';
import { plannedSteps, roughSeconds } from '../budget';
import {
  type Diagnostic,
  finding,
  keyOf,
  keyRange,
  nodeAt,
  replaceValue,
  type Document,
  type Path,
} from '../document';
import type { ArmConfig } from '../experiment';
import type { Experiment } from '../resolved';
import { applyCell, CellError } from '../sweep/apply';
import { cellCount, gridValues } from '../sweep/cells';
import { knownPaths } from '../sweep/paths';
import { freshSeeds } from '../sweep/stages';
import { didYouMean, shown } from '../wording';

/** The largest number of trainings in a plan. */
const MOST_TRAININGS = 20_000;
/** Values of a path that are checked if the sweep is too large anyway. */
const CHECKED_OF_TOO_MANY = 100;
/** Number of cells of the random search that a quick fix offers instead of a grid that is too large. */
const OFFERED = 50;

/**
 * Checks a sweep before anything is planned from it: unknown paths, values that are not valid at their path, and more
 * trainings than a plan may have.
 */
export function lintSweep(document: Document, experiment: Experiment): Diagnostic[] {
  const { sweep, scratch, arms } = experiment.config;
  if (sweep === undefined) {
    if (scratch !== 'tuned') return [];
    const message =
      'A tuned scratch gets a search as large as the sweep, but there is no sweep: add one, or use "same".';
    return [
      finding(document, ['scratch'], {
        code: 'tuned-without-sweep',
        message,
        fixes: replaceValue(document, ['scratch'], 'same'),
      }),
    ];
  }
  const base = arms[sweptIndex(experiment)] as ArmConfig | undefined;
  if (base === undefined) return [unknownArm(document, experiment)];
  const excess = tooMany(document, experiment);
  const checked = excess.length > 0 ? CHECKED_OF_TOO_MANY : Infinity;
  const found = Object.entries(sweep.parameters).flatMap(([path, values]) =>
    gridValues(values)
      .slice(0, checked)
      .flatMap((value, index): Diagnostic[] => {
        try {
          applyCell(experiment, base, { [path]: value });
          return [];
        } catch (error) {
          if (!(error instanceof CellError)) throw error;
          const at: Path = ['sweep', 'parameters', path, ...(Array.isArray(values) ? [index] : [])];
          return index > 0 && error.issues.length === 0
            ? []
            : [misfit(document, experiment, at, error, value)];
        }
      }),
  );
  return found.length + excess.length > 0 ? [...found, ...excess] : unconfirmed(document, experiment);
}

function unknownArm(document: Document, { config }: Experiment): Diagnostic {
  const titles = config.arms.map((arm) => titleOf(arm as ArmConfig));
  const { arm: written = '' } = config.sweep!;
  const near = didYouMean(written, titles);
  const message = `No arm is called “${written}”. The arms are ${titles.map((t) => `“${t}”`).join(', ')}.`;
  const fixes = near === null ? [] : replaceValue(document, ['sweep', 'arm'], near);
  return finding(document, ['sweep', 'arm'], { code: 'unknown-arm', message, fixes });
}

/** The message of an issue, with the whole path instead of its last key. */
function aboutPath(path: string, value: unknown, issue: CellError['issues'][number]): string {
  const key = keyOf(issue.path as Path);
  return issue.message.startsWith(`${key} `)
    ? path + issue.message.slice(key.length)
    : `${path} cannot be ${shown(value)}: ${issue.message}`;
}

function misfit(
  document: Document,
  experiment: Experiment,
  at: Path,
  { path, issues }: CellError,
  value: unknown,
): Diagnostic {
  const unknown = issues.length === 0 || issues.some(({ code }) => code === 'unrecognized_keys');
  if (!unknown)
    return finding(document, at, {
      code: 'wrong-cell',
      message: issues.map((issue) => aboutPath(path, value, issue)).join(' '),
    });
  const near = didYouMean(path, knownPaths(experiment));
  const key = nodeAt(document, at.slice(0, 3));
  const range = key && keyRange(key);
  const hint =
    near === null
      ? 'A path is a parameter of the arm or begins with student., teacher. or data., e.g. student.training.optimizer.learningRate.'
      : `Did you mean “${near}”?`;
  return finding(document, at, {
    ...(range ? { range } : {}),
    code: 'unknown-path',
    message: `Unknown path “${path}”. ${hint}`,
    fixes:
      near !== null && range
        ? [{ title: `Change to “${near}”`, edits: [{ ...range, text: JSON.stringify(near) }] }]
        : [],
  });
}

/** Number of cells, their trainings, and seconds that these would take on one core. */
export function sweepSize(experiment: Experiment): { cells: number; trainings: number; seconds: number } {
  const { sweep } = experiment.config;
  const cells = sweep === undefined ? 0 : cellCount(sweep);
  const trainings = cells * experiment.seeds.length;
  const { training } = experiment.student.config;
  return {
    cells,
    trainings,
    seconds: trainings * roughSeconds(plannedSteps(training, 0), training.batchSize, 0),
  };
}

function tooMany(document: Document, experiment: Experiment): Diagnostic[] {
  const { cells, trainings, seconds } = sweepSize(experiment);
  if (trainings <= MOST_TRAININGS) return [];
  const count = (n: number) => n.toLocaleString('en-US');
  const days = Math.max(1, Math.round(seconds / 86_400));
  const message = `${count(cells)} cells with ${experiment.seeds.length} seeds are ${count(trainings)} trainings, at least ${count(days)} days on one core. A plan can have at most ${count(MOST_TRAININGS)}: give fewer values, or use a random search.`;
  const written = nodeAt(document, ['sweep', 'search']);
  const place = nodeAt(document, ['sweep', 'parameters'])?.parent;
  const search = JSON.stringify({ random: OFFERED });
  const edits = written
    ? [{ offset: written.offset, length: written.length, text: search }]
    : place
      ? [{ offset: place.offset, length: 0, text: `"search": ${search},\n    ` }]
      : [];
  const fixes = [{ title: `Try ${OFFERED} random cells`, edits }];
  return [finding(document, ['sweep', 'parameters'], { code: 'too-many-cells', message, fixes })];
}

function unconfirmed(document: Document, experiment: Experiment): Diagnostic[] {
  const { sweep } = experiment.config;
  // With one cell there is no selection.
  if (freshSeeds(experiment).length > 0 || sweep === undefined || cellCount(sweep) < 2) return [];
  const message =
    'The winner is not confirmed on fresh seeds, so its gain is overestimated: it is the best of many. Remove confirm, or set it to 4 or more.';
  return [
    finding(document, ['sweep', 'confirm'], { severity: 'warning', code: 'unconfirmed-winner', message }),
  ];
}
