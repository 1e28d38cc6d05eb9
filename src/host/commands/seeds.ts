import { applyEdits, modify, parse } from 'jsonc-parser';
import { l10n, window } from 'vscode';
import { UserError } from '../../config/errors';
import type { Host } from '../host';
import { confirmSecondLook, rewriteConfig } from './changeExperiment';
import { resolveExperiment } from './resolveTarget';

const MOST = 1000;
const DEFAULT_SEEDS = 5;

/** Adds seeds to the experiment file; Run then trains the new ones only. */
export async function addSeeds(host: Host, argument: unknown, wanted?: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (!view) return;
  const count = typeof wanted === 'number' ? wanted : await askHowMany(view.name);
  if (count === undefined || !(await confirmSecondLook(view))) return;
  await rewriteConfig(host, view.key, (text) => withMoreSeeds(text, count));
}

async function askHowMany(name: string): Promise<number | undefined> {
  const text = await window.showInputBox({
    title: l10n.t('Add seeds to {0}', name),
    prompt: l10n.t('Number of paired trainings to add to each arm.'),
    value: '5',
    validateInput: (value) =>
      /^[1-9]\d*$/.test(value.trim()) && Number(value) <= MOST
        ? undefined
        : l10n.t('Expected a whole number from 1 to {0}.', MOST),
  });
  return text === undefined ? undefined : Number(text);
}

/** The text with `count` more seeds: a number is increased, a list is continued after its largest; comments are kept. */
export function withMoreSeeds(text: string, count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new UserError(`Expected 1 to ${MOST} more seeds, not ${count}.`);
  const { seeds = DEFAULT_SEEDS } = (parse(text) ?? {}) as { seeds?: number | number[] };
  const more = Array.isArray(seeds)
    ? [...seeds, ...Array.from({ length: count }, (_, i) => Math.max(-1, ...seeds) + 1 + i)]
    : seeds + count;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, ['seeds'], more, { formattingOptions }));
}
