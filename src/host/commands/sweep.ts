import { l10n, workspace } from 'vscode';
import { UserError } from '../../config/errors';
import {
  hasTemperature,
  withAllLabels,
  numbersIn,
  sweptValues,
  withSweep,
  type TemperatureSweep,
} from '../../config/scaffold/sweep';
import { workloadOf, workloadText } from '../../runs/workload';
import { prepare } from '../../runs/prepare';
import type { Host } from '../host';
import { askTargetFile, rewriteConfig, writeNewExperiment } from './changeExperiment';
import { askInTurn, enterText, pick, storeAnswer, type Answer, type StepPosition } from './steps';
import { run } from './run';
import { resolveExperiment } from './resolveTarget';

/** Writes a sweep over T and α into the experiment file, after showing the number of trainings and their time. */
export async function sweep(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (!view) return;
  if (view.experiment && !hasTemperature(view.experiment.config))
    throw new UserError(
      l10n.t('No arm of {0} has a temperature: add one with the method "hinton" first.', view.name),
    );
  // Before the values: what is left to train depends on the file.
  const where = await askTargetFile(view, 'sweep');
  if (!where) return;
  const before = (await workspace.openTextDocument(view.key)).getText();
  const values = { ...sweptValues(before) };
  let begin = false;
  const list =
    (key: keyof TemperatureSweep, title: string, prompt: string) =>
    async (position: StepPosition): Promise<Answer<void>> => {
      const check = (text: string) => Promise.resolve(problemIn(key, text));
      const question = { title, placeholder: '', prompt, value: values[key].join(', '), check };
      const keep = (text: string) => (values[key] = numbersIn(text) ?? values[key]);
      return storeAnswer(await enterText(question, position, keep), keep);
    };
  const last = async (position: StepPosition) => {
    const size = await sizeOf(host, where.file, withSweep(before, values));
    const choices = [
      { label: l10n.t('Write and Run'), description: size, value: true },
      { label: l10n.t('Write Only'), description: size, value: false },
    ];
    const question = { title: l10n.t('Sweep T × α'), placeholder: size, choices };
    return storeAnswer(await pick(question, position), (answer) => (begin = answer));
  };
  const left = await askInTurn([
    list('temperature', l10n.t('Temperatures'), l10n.t('Numbers above 0, e.g. 1, 2, 4, 8, 20.')),
    list(
      'alpha',
      l10n.t('Values of α'),
      l10n.t('Weights of the teacher, e.g. 0.5, 0.9, 1. A share is from 0 to 1.'),
    ),
    last,
  ]);
  if (left !== undefined) return;
  if (where.isNew) await writeNewExperiment(host, where.file, withSweep(before, values));
  else await rewriteConfig(host, view.key, (text) => withSweep(text, values));
  if (begin) await run(host, { experiment: where.file });
}

/** Adds the arm that separates the effect of soft targets from that of the teacher's additional labels. */
export async function addAllLabels(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (!view) return;
  if (view.experiment?.config.sweep)
    throw new UserError(
      l10n.t('{0} already has a sweep: add data.labels.fraction to it, with the value 1.', view.name),
    );
  if (view.experiment?.config.data.labels === undefined)
    throw new UserError(
      l10n.t('{0} does not hide any labels: scratch already trains on all of them.', view.name),
    );
  const where = await askTargetFile(view, 'all-labels');
  if (!where) return;
  if (!where.isNew) await rewriteConfig(host, view.key, withAllLabels);
  else
    await writeNewExperiment(
      host,
      where.file,
      withAllLabels((await workspace.openTextDocument(view.key)).getText()),
    );
}

function problemIn(key: keyof TemperatureSweep, text: string): string | null {
  const numbers = numbersIn(text);
  if (numbers === null) return l10n.t('Expected different numbers, separated by commas.');
  const fits = key === 'temperature' ? (n: number) => n > 0 : (n: number) => n >= 0;
  if (numbers.every(fits)) return null;
  return key === 'temperature' ? l10n.t('A temperature is above 0.') : l10n.t('α is 0 or above.');
}

/** "95 trainings, about 6 min", or the first error of the file. */
async function sizeOf({ reader }: Host, experimentFile: string, text: string): Promise<string> {
  const readText = (file: string) => (file === experimentFile ? text : undefined);
  const prepared = await prepare(experimentFile, reader.now, readText);
  const error = prepared.diagnostics.find(({ severity }) => severity === 'error');
  if (error || prepared.experiment === null || prepared.plan === null) return error?.message ?? '';
  return workloadText(await workloadOf(prepared));
}
