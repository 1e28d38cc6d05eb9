import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { loadData } from '../../../src/data/load';
import { formatNpy } from '../../../src/data/npy';
import { splitRows } from '../../../src/data/split';
import type { BiasSummary } from '../../../src/results/summary';
import { collectClasses, collectPictures } from '../../../src/runs/classes';
import { collectSummary } from '../../../src/runs/collect';
import { absoluteFolder } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { prepare } from '../../../src/runs/prepare';
import { plantEngine, plantExperiment, plantResult, plantRun } from '../../fixtures/runFolders';
import { temporaryFolder } from './fixtures';
import { inProcess } from '../../fixtures/inProcess';

/** Answers that name the right class, but for every so many examples the next one. */
function plantAnswers(folder: string, labels: Int32Array, wrongEvery: number): void {
  const logits = new Float32Array(labels.length * 10);
  labels.forEach((label, i) => (logits[i * 10 + ((label + (i % wrongEvery === 0 ? 1 : 0)) % 10)] = 6));
  const files = runFiles(folder);
  mkdirSync(dirname(files.predictions('validation')), { recursive: true });
  writeFileSync(files.predictions('validation'), formatNpy(logits, [labels.length, 10]));
  writeFileSync(files.labels('validation'), formatNpy(labels, [labels.length]));
}

it('shows an arm beside its scratch, with the inputs of what they disagree on', async () => {
  const file = plantExperiment(temporaryFolder());
  await plantEngine(file);
  const prepared = await prepare(file, inProcess);
  const { config, root } = prepared.experiment!;
  const data = await loadData(config.data, dirname(file));
  const rows = splitRows(data.labels, 10, config.data.split).validation;
  const labels = Int32Array.from(rows, (row) => data.labels[row]!);
  for (const item of prepared.plan!.items.filter(({ kind, seed }) => kind === 'run' && seed === 0)) {
    plantResult(await plantRun(file, item.id), 0.9);
    plantAnswers(absoluteFolder(root, item), labels, item.arm === 'scratch' ? 5 : 10);
  }
  const summary = await collectSummary(prepared);
  const slug = summary.arms[0]!.slug;
  const bias = { missing: [3] } as BiasSummary;
  const lacking = { ...summary, arms: summary.arms.map((arm) => ({ ...arm, bias })) };
  const view = (await collectClasses(lacking, slug))!;
  expect(view).toMatchObject({ arm: slug, part: 'validation', seeds: [0], examples: labels.length });
  expect(view.bias?.missing).toEqual([3]);
  // Where scratch errs and distilled does not: every fifth example but not every tenth.
  const differing = Math.floor((labels.length + 4) / 5) - Math.floor((labels.length + 9) / 10);
  expect(view.disagreements?.counts).toEqual({ distilledRight: differing, scratchRight: 0, neither: 0 });

  const pictures = (await collectPictures(summary, view, inProcess))!;
  expect(pictures.shape).toEqual([8, 8, 1]);
  const [first] = view.disagreements!.shown;
  expect(pictures.inputs[0]).toEqual([...data.inputs.take([rows[first!.example]!])]);
  expect(await collectClasses(summary, 'gone')).toBeNull();
});

it('is nothing before a run has kept its answers', async () => {
  const file = plantExperiment(temporaryFolder());
  const summary = await collectSummary(await prepare(file, inProcess));
  expect(await collectClasses(summary, summary.arms[0]!.slug)).toBeNull();
});
