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
import type { ExperimentView } from '../store/views';
import { askWhere, writeBeside } from './afterLook';
import { askInTurn, enterText, pick, type Answer, type Place } from './steps';
import { rewrite } from './rewrite';
import { run } from './run';
import { experimentOf } from './target';

/** Writes a sweep over T and α into the experiment file; how many trainings and how long is said before. */
export async function sweep(host: Host, argument: unknown): Promise<void> {
  const view = await experimentOf(host, argument, (one) => one.runnable);
  if (!view) return;
  if (view.experiment && !hasTemperature(view.experiment.config))
    throw new UserError(
      l10n.t('No arm of {0} has a temperature: add one with the method "hinton" first.', view.name),
    );
  const before = (await workspace.openTextDocument(view.key)).getText();
  const values = { ...sweptValues(before) };
  let begin = false;
  const list =
    (key: keyof TemperatureSweep, title: string, prompt: string) =>
    async (place: Place): Promise<Answer<void>> => {
      const check = (text: string) => Promise.resolve(complaint(key, text));
      const question = { title, placeholder: '', prompt, value: values[key].join(', '), check };
      const keep = (text: string) => (values[key] = numbersIn(text) ?? values[key]);
      return taken(await enterText(question, place, keep), keep);
    };
  const last = async (place: Place) => {
    const size = await sizeOf(host, view, withSweep(before, values));
    const choices = [
      { label: l10n.t('Write and Run'), description: size, value: true },
      { label: l10n.t('Write Only'), description: size, value: false },
    ];
    const question = { title: l10n.t('Sweep T × α'), placeholder: size, choices };
    return taken(await pick(question, place), (answer) => (begin = answer));
  };
  const done = await askInTurn([
    list('temperature', l10n.t('Temperatures'), l10n.t('Numbers above 0, e.g. 1, 2, 4, 8, 20.')),
    list('alpha', l10n.t('Values of α'), l10n.t('Weights of the teacher from 0 to 1, e.g. 0.5, 0.9, 1.')),
    last,
  ]);
  const where = done && (await askWhere(view, 'sweep'));
  if (!where) return;
  if (where.isNew) await writeBeside(host, where.file, withSweep(before, values));
  else await rewrite(host, view.key, (text) => withSweep(text, values));
  if (begin) await run(host, { experiment: where.file });
}

/** Adds the arm that tells what soft targets add to labels, where the teacher had labels that scratch had not. */
export async function addAllLabels(host: Host, argument: unknown): Promise<void> {
  const view = await experimentOf(host, argument, (one) => one.runnable);
  if (!view) return;
  if (view.experiment?.config.sweep)
    throw new UserError(
      l10n.t('{0} has a sweep already: add data.labels.fraction to it, with the value 1.', view.name),
    );
  if (view.experiment?.config.data.labels === undefined)
    throw new UserError(l10n.t('{0} hides no labels: scratch has all of them already.', view.name));
  const where = await askWhere(view, 'all-labels');
  if (!where) return;
  if (!where.isNew) await rewrite(host, view.key, withAllLabels);
  else
    await writeBeside(
      host,
      where.file,
      withAllLabels((await workspace.openTextDocument(view.key)).getText()),
    );
}

function complaint(key: keyof TemperatureSweep, text: string): string | null {
  const numbers = numbersIn(text);
  if (numbers === null) return l10n.t('Expected different numbers with commas between them.');
  const fits = key === 'temperature' ? (n: number) => n > 0 : (n: number) => n >= 0 && n <= 1;
  if (numbers.every(fits)) return null;
  return key === 'temperature' ? l10n.t('A temperature is above 0.') : l10n.t('α is from 0 to 1.');
}

/** "95 trainings, about 6 min", or what is wrong with the file. */
async function sizeOf({ reader }: Host, view: ExperimentView, text: string): Promise<string> {
  const prepared = await prepare(view.key, reader.now, (file) => (file === view.key ? text : undefined));
  const error = prepared.diagnostics.find(({ severity }) => severity === 'error');
  if (error || prepared.experiment === null || prepared.plan === null) return error?.message ?? '';
  return workloadText(await workloadOf(prepared));
}

/** Stores an answer; going back and away are passed on. */
function taken<T extends string | boolean>(answer: Answer<T>, store: (value: T) => unknown): Answer<void> {
  if (typeof answer === 'symbol') return answer;
  store(answer);
}
