import { distilledArm, primaryIndex, scratchArm, slugOf, titleOf, type Draft } from './arms';
import type { ArmConfig } from './experiment';
import type { Arm, Experiment } from './resolved';
import { transferClassesTitle } from './transferClasses';
import { applyCell } from './sweep/apply';
import { cellsOf } from './sweep/cells';
import { labelOf, targetOf } from './sweep/paths';
import type { Cell } from './sweep/schema';
import { confirmations, NO_DECISIONS, tunedScratches, type SweepDecisions } from './sweep/stages';

/**
 * All arms with all values resolved: scratch first, then the arms of the file in its order, the cells of the sweep, and the
 * arms that follow from the results so far.
 */
export function resolveArms(experiment: Experiment, choice: SweepDecisions = NO_DECISIONS): Arm[] {
  const { config } = experiment;
  const primary = Math.max(0, primaryIndex(config.arms, config.primary));
  const listed = config.arms.map((arm, index): Draft => {
    const from = (key: string) => experiment.origins[`arms.${index}.${key}`] ?? 'default';
    return { ...distilledArm(arm, experiment, from), primary: index === primary };
  });
  const cells = sweptArms(experiment, config.arms[sweptIndex(experiment)]);
  const named = distinct(listed, cells);
  const [scratch, ...otherScratches] = scratchesOf(experiment, named);
  const arms = settled([...(scratch ? [scratch] : []), ...named, ...otherScratches]);
  const tuned = settled([...arms, ...tunedScratches(experiment, arms, choice)]);
  const confirmed = confirmations(experiment, tuned, choice);
  const headline = confirmed.some((arm) => arm.primary);
  return settled([...tuned.map((arm) => ({ ...arm, primary: arm.primary && !headline })), ...confirmed]);
}

/** Adds a unique slug and the slug of its scratch to each arm. */
function settled(drafts: readonly Draft[]): Arm[] {
  const taken = new Set<string>();
  const named = drafts.map((arm) => {
    const wanted = slugOf(arm.title);
    let slug = wanted;
    for (let n = 2; taken.has(slug); n += 1) slug = `${wanted}-${n}`;
    taken.add(slug);
    return { ...arm, slug };
  });
  const confirmation = named.find((arm) => arm.scratch && arm.role === 'confirmation');
  const own = new Map(
    named.filter((arm) => arm.scratch && arm !== confirmation).map((arm) => [scratchKey(arm), arm]),
  );
  const scratchOf = (arm: Draft) => (arm.role === 'confirmation' ? confirmation : own.get(scratchKey(arm)));
  return named.map((arm) => ({ ...arm, pairedWith: arm.scratch ? null : (scratchOf(arm)?.slug ?? null) }));
}

/** Index of the arm that the sweep varies; by default the primary one. */
export function sweptIndex({ config }: Experiment): number {
  const named = config.sweep?.arm ?? config.primary;
  return primaryIndex(config.arms, named);
}

function sweptArms(experiment: Experiment, base: ArmConfig | undefined): Draft[] {
  const { sweep } = experiment.config;
  if (sweep === undefined || base === undefined) return [];
  const index = sweptIndex(experiment);
  const { name: _own, ...plain } = base;
  return cellsOf(sweep).map((cell): Draft => {
    const { arm, setting } = applyCell(experiment, plain, cell);
    const from = (key: string) =>
      Object.hasOwn(cell, key) ? 'sweep' : (experiment.origins[`arms.${index}.${key}`] ?? 'default');
    const shared = sharedPart(cell);
    const title = [titleOf(arm), ...(shared === '' ? [] : [shared])].join(' · ');
    return { ...distilledArm(arm, setting, from), title, role: 'cell', cell };
  });
}

/** "hidden units 16": the values of a cell that are not parameters of the arm. */
function sharedPart(cell: Cell, without?: 'teacher'): string {
  return Object.entries(cell)
    .filter(([path]) => targetOf(path)?.of !== 'arm' && targetOf(path)?.of !== without)
    .map(([path, value]) => `${labelOf(path)} ${String(value)}`)
    .join(' · ');
}

/** A cell that equals a listed arm becomes that arm; of equal cells the first is kept. */
function distinct(listed: readonly Draft[], cells: readonly Draft[]): Draft[] {
  const keyOf = (arm: Draft) =>
    JSON.stringify([arm.method, arm.transferSet, scratchKey(arm), arm.setting.teacher.config]);
  const byKey = new Map([...cells].reverse().map((cell) => [keyOf(cell), cell]));
  const taken = listed.map((arm): Draft => {
    const same = byKey.get(keyOf(arm));
    byKey.delete(keyOf(arm));
    return same ? { ...arm, cell: same.cell } : arm;
  });
  return [...taken, ...cells.filter((cell) => byKey.get(keyOf(cell)) === cell)];
}

/** The settings that an arm shares with its scratch. */
const scratchKey = ({ setting: { student, config }, transferClasses }: Draft): string =>
  JSON.stringify([student.config, config.data, transferClasses]);

/**
 * A scratch for each distinct setting among the arms: cells change the student or the data, and any arm can restrict the
 * classes. Only those that an arm is compared with; that of the file first.
 */
function scratchesOf(experiment: Experiment, arms: readonly Draft[]): Draft[] {
  const plain = scratchArm(experiment);
  const found = new Map<string, Draft>();
  for (const arm of arms) {
    const key = scratchKey(arm);
    if (found.has(key)) continue;
    const { setting, cell, role, transferClasses } = arm;
    const classes = transferClasses ? [transferClassesTitle(transferClasses)] : [];
    const title = ['Scratch', sharedPart(cell ?? {}, 'teacher'), ...classes].filter(Boolean).join(' · ');
    const own = { ...scratchArm(setting, transferClasses), title, role };
    found.set(key, key === scratchKey(plain) ? plain : own);
  }
  return [...found.values()].sort((a, b) => Number(b === plain) - Number(a === plain));
}
