import {
  sortedValues,
  TEMPERATURE,
  type Cell,
  type Cells,
  type Parameter,
} from '../../results/laboratory/cells';
import type { ArmSummary, CellValue, Summary } from '../../results/summary';
import { accuracy, agreement, expectedCalibrationError } from '../../tasks/classification';
import type { RunFile } from '../files';
import { readPredictions } from '../runInput';
import type { PromiseCache } from './promiseCache';
import { studentsOf, type Student } from './students';
import { own } from '../../own';

/** Of one run on validation data. */
interface Measures {
  accuracy: number;
  ece: number;
  agreement: number | null;
}

export type Specs = ReadonlyMap<ArmSummary, RunFile>;

/** Every arm with a temperature: of the sweep where there is one, else of the file's list. */
export async function readCells(
  summary: Summary,
  specs: Specs,
  kept: PromiseCache<Measures | null>,
): Promise<Cells> {
  const tried = summary.arms.flatMap((arm) => {
    const spec = specs.get(arm);
    const temperature = spec?.method.parameters[TEMPERATURE];
    const asked = summary.sweep === null ? arm.role === 'listed' : arm.cell !== null;
    if (!asked || arm.role === 'confirmation' || typeof temperature !== 'number' || !spec) return [];
    return [{ arm, values: { temperature, ...(arm.cell ?? listedValues(spec)) } }];
  });
  const cells: Cell[] = [];
  // One after another: predictions of many runs would not fit into memory together.
  for (const { arm, values } of tried) {
    const seeds: Cell['seeds'] = [];
    for (const student of studentsOf(summary, arm)) seeds.push(...(await readSeed(student, kept)));
    cells.push({ slug: arm.slug, title: arm.title, values, seeds });
  }
  const parameters = parametersOf(summary, cells);
  return { cells: cells.toSorted(byValues(parameters)), parameters };
}

/** In the order of the parameters' values, the first parameter first. */
const byValues =
  (parameters: readonly Parameter[]) =>
  (a: Cell, b: Cell): number => {
    const place = (cell: Cell, { path, values }: Parameter) =>
      values.findIndex((v) => v === own(cell.values, path));
    return parameters.reduce((order, one) => order || place(a, one) - place(b, one), 0);
  };

async function readSeed(student: Student, kept: PromiseCache<Measures | null>): Promise<Cell['seeds']> {
  const { seed, folder, teacher, scratch } = student;
  const measures = (run: string) => kept.get(`${run} ${teacher ?? ''}`, () => readMeasures(run, teacher));
  const [own, alone] = [await measures(folder), scratch === null ? null : await measures(scratch)];
  if (own === null) return [];
  const less = (key: keyof Measures) => {
    const [a, b] = [own[key], alone?.[key] ?? null];
    return a === null || b === null ? null : a - b;
  };
  return [
    {
      seed,
      folder,
      accuracy: own.accuracy,
      gain: { accuracy: less('accuracy'), agreement: less('agreement'), ece: less('ece') },
    },
  ];
}

/** Null where no predictions were kept. */
async function readMeasures(run: string, teacherRun: string | null): Promise<Measures | null> {
  const own = await readPredictions(run, 'validation');
  const teacher = teacherRun === null ? null : await readPredictions(teacherRun, 'validation');
  if (own === null || own.labels.length === 0) return null;
  const { logits, labels } = own;
  return {
    accuracy: accuracy(logits, labels),
    ece: expectedCalibrationError(logits, labels),
    agreement:
      teacher?.logits.length === logits.length
        ? agreement(logits, teacher.logits, logits.length / labels.length)
        : null,
  };
}

const LABELS: Record<string, string> = {
  temperature: 'T',
  alpha: 'α',
  beta: 'β',
  method: 'method',
  transferSet: 'transfer set',
};

function listedValues({ method, transferSet }: RunFile): Record<string, CellValue> {
  const { alpha, beta } = method.parameters;
  return {
    ...(typeof alpha === 'number' ? { alpha } : {}),
    ...(typeof beta === 'number' ? { beta } : {}),
    method: method.id,
    transferSet,
  };
}

/** The sweep's; of listed arms T, α and β, and what else is not the same for all. */
function parametersOf({ sweep }: Summary, cells: readonly Cell[]): Parameter[] {
  const derived = Object.entries(LABELS).flatMap(([path, label]): Parameter[] => {
    const values = sortedValues([...new Set(cells.flatMap((cell) => own(cell.values, path) ?? []))]);
    const plain = path === 'method' || path === 'transferSet';
    return values.length > (plain ? 1 : 0) ? [{ path, label, values }] : [];
  });
  if (sweep === null) return derived;
  return [
    ...derived.filter(({ path }) => path === TEMPERATURE && !sweep.parameters.some((p) => p.path === path)),
    ...sweep.parameters,
  ];
}
