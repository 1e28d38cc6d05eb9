import type { Laboratory } from '../../results/laboratory/laboratory';
import { measure, type Measured } from '../../results/laboratory/measure';
import { recommend } from '../../results/laboratory/recommendation';
import { warningsOf } from '../../results/laboratory/warnings';
import type { ArmSummary, Summary } from '../../results/summary';
import { balanceOf } from '../../methods/ofRun';
import type { RunFile } from '../files';
import { readPredictions } from '../runInput';
import { readCells } from './cells';
import { PromiseCache } from './promiseCache';
import { readMatching } from './matching';
import { specOf, studentArms, studentsOf, type Student } from './students';
import { readTrainings } from './training';

/** Reads what the temperature laboratory shows from the folders of an experiment's runs. Of finished runs nothing is read twice. */
export class LaboratoryReader {
  private readonly measures: Parameters<typeof readCells>[2] = new PromiseCache();
  private readonly trainings: Parameters<typeof readTrainings>[2] = new PromiseCache();
  private readonly agreements: Parameters<typeof readMatching>[3] = new PromiseCache();
  /** Only of the run that is looked at: it is the longest to make. */
  private measured: { key: string; value: Promise<Measured | null> } | null = null;

  /**
   * @param run a student's folder as in the summary; null: the first seed of the headline's arm
   * @returns null where no student has finished
   * @throws UserError where a file of predictions is damaged
   */
  async read(summary: Summary, run: string | null = null): Promise<Laboratory | null> {
    const specs = new Map<ArmSummary, RunFile>();
    for (const arm of studentArms(summary)) {
      const spec = await specOf(arm);
      if (spec !== null) specs.set(arm, spec);
    }
    const student = findStudent(summary, run);
    const spec = student && specs.get(student.arm);
    if (!student || !spec) return null;
    const { temperature } = spec.method.parameters;
    const cells = await readCells(summary, specs, this.measures);
    return {
      run: student.folder,
      title: student.arm.title,
      seed: student.seed,
      used: typeof temperature === 'number' ? temperature : null,
      weights: balanceOf(spec.method),
      measured: await this.measuredOf(student),
      matching: await readMatching(summary, specs, cells, this.agreements),
      cells,
      recommendation: recommend(cells, summary.examples.validation, summary.sweep),
      warnings: warningsOf(await readTrainings(summary, specs, this.trainings)),
    };
  }

  private measuredOf(student: Student): Promise<Measured | null> {
    const key = [student.folder, student.teacher, student.scratch].join('\n');
    if (this.measured?.key !== key) this.measured = { key, value: readMeasured(student) };
    return this.measured.value;
  }
}

export function findStudent(summary: Summary, run: string | null): Student | null {
  const students = studentArms(summary).flatMap((arm) => studentsOf(summary, arm));
  if (run !== null) return students.find(({ folder }) => folder === run) ?? null;
  const headline = summary.comparisons.find(({ primary }) => primary)?.arm;
  return students.find(({ arm }) => arm.slug === headline) ?? students.at(-1) ?? null;
}

/** Null where teacher or student kept no predictions, or not of the same examples. */
async function readMeasured({ folder, teacher, scratch }: Student): Promise<Measured | null> {
  const own = await readPredictions(folder, 'validation');
  const logitsOf = async (run: string | null) => {
    const kept = run === null ? null : await readPredictions(run, 'validation');
    return own !== null && kept?.logits.length === own.logits.length ? kept.logits : null;
  };
  const taught = await logitsOf(teacher);
  if (own === null || own.labels.length === 0 || taught === null) return null;
  return measure({
    teacher: taught,
    student: own.logits,
    scratch: await logitsOf(scratch),
    labels: own.labels,
    classes: own.logits.length / own.labels.length,
  });
}
