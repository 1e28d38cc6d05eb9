import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n } from 'vscode';
import { tableLines } from '../../config/table';
import type { RunDetails } from '../../messages';
import { count, plain, plural } from '../../results/format';
import { configurationRows, environmentRows } from '../../runs/describe';
import { experimentFiles, runFiles } from '../../runs/layout';
import type { ExperimentView, RunView } from '../store/views';
import { sourceName } from './snapshot';

const LOG_LINES = 200;
const LOG_BYTES = 1 << 16;

/** The content of the Run page; null before run.json exists. */
export async function readDetails(view: ExperimentView, run: RunView): Promise<RunDetails | null> {
  const { file } = run;
  if (!file) return null;
  const { engine } = view;
  const { numerics } = file;
  const perStep = run.history.pace.perStep;
  return {
    folder: run.folder,
    configuration: configurationRows(file),
    engine: {
      used: l10n.t(
        '{0}: {1}, {2}, {3} execution',
        numerics.engine,
        numerics.variant,
        plural(numerics.threads, 'thread'),
        numerics.execution,
      ),
      why: engine?.why ?? l10n.t('not recorded'),
      tried: engine?.tried ?? [],
    },
    speed:
      perStep === null
        ? null
        : l10n.t(
            '{0} examples/s, {1} ms per step',
            count((1000 / perStep) * file.training.batchSize),
            plain(perStep, 2),
          ),
    environment: [...environmentRows(file), [l10n.t('Created'), file.created]],
    data: dataRows(run),
    table: run.file?.data.table ? tableLines(run.file.data.table) : [],
    log: await lastLines(runFiles(run.folder).log(run.state.attempt ?? 1)),
    files: await filesOf(view, run),
  };
}

function dataRows({ file }: RunView): RunDetails['data'] {
  if (!file) return [];
  const { config, counts, hash } = file.data;
  const name = sourceName(config);
  const row = (part: string, rows: number) => ({ name: `${name}, ${part}`, count: rows, hash });
  return [
    row(l10n.t('training'), counts.train),
    ...(counts.labelled < counts.train ? [row(l10n.t('labelled'), counts.labelled)] : []),
    row(l10n.t('validation'), counts.validation),
    row(l10n.t('test'), counts.test),
  ];
}

async function lastLines(file: string): Promise<string[]> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - LOG_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n');
    // The first line may be cut; a single line longer than the part that was read is shown cut.
    return lines.slice(from > 0 && lines.length > 1 ? 1 : 0).slice(-LOG_LINES);
  } finally {
    await handle.close();
  }
}

async function filesOf(view: ExperimentView, run: RunView): Promise<RunDetails['files']> {
  const files = runFiles(run.folder);
  const attempt = run.state.attempt ?? 1;
  const inModel = (await readdir(files.model).catch(() => [])).sort();
  const listed: [path: string, name: string, note: string, how: 'open' | 'reveal'][] = [
    ...inModel.map((name): [string, string, string, 'open' | 'reveal'] => [
      join(files.model, name),
      `model/${name}`,
      name.endsWith('.json') ? l10n.t('TensorFlow.js Layers model') : l10n.t('weights, float32'),
      name.endsWith('.json') ? 'open' : 'reveal',
    ]),
    [files.run, 'run.json', l10n.t('resolved configuration, hashes, versions'), 'open'],
    [files.result, 'result.json', l10n.t('results'), 'open'],
    [files.events(attempt), `events.${attempt}.jsonl`, l10n.t('every step and evaluation'), 'open'],
    [files.log(attempt), `log.${attempt}.txt`, l10n.t('trainer log'), 'open'],
    [files.checkpoints, 'checkpoints/', l10n.t('weights, optimizer, counters, random state'), 'reveal'],
    [
      experimentFiles(view.runsFolder).report,
      'report.html',
      l10n.t('report of the experiment, works offline'),
      'open',
    ],
  ];
  const rows = await Promise.all(
    listed.map(async ([path, name, note, how]) => {
      const bytes = await sizeOf(path);
      return bytes === null ? [] : [{ path, name, note, open: how, bytes }];
    }),
  );
  return rows.flat();
}

/** Bytes of a file or of all files in a folder; null if it does not exist. */
async function sizeOf(path: string): Promise<number | null> {
  const there = await stat(path).catch(() => null);
  if (!there?.isDirectory()) return there?.size ?? null;
  const names = await readdir(path);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(path, name))));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
