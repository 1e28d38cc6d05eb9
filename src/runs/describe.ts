import { plural } from '../results/format';
import type { RunFile } from './files';
import { own } from '../own';

/** Every value that a run is made of, resolved, with where it came from: [key, value, origin]. */
export function configurationRows(run: RunFile): [string, string, string][] {
  const { method, origins } = run;
  const weights = Object.entries(method.weights)
    .map(([term, weight]): Row => [`${term}Weight`, weight])
    .filter(([key]) => !Object.hasOwn(method.parameters, key));
  const rows: Row[] = [
    ['method', method.id],
    ...Object.entries(method.parameters),
    ...weights,
    ['transferSet', run.transferSet],
    ...(run.transferClasses ? [['transferClasses', run.transferClasses] as Row] : []),
    ['softTargets', run.softTargets],
    ...(run.teacher ? [['teacher', run.teacher.name] as Row] : []),
    ...flatten('ensemble.average', run.ensemble?.average),
    ...flatten(
      'ensemble.members',
      run.ensemble?.members.map(({ name, seed }) => `${name}, seed ${seed}`),
    ),
    ...flatten('network', run.network),
    ...flatten('training', run.training),
    ['steps', run.steps],
    ['seed', run.seed],
    ...flatten('data', run.data.config),
    ...flatten('preprocessing', run.data.preprocessing),
  ];
  return rows.map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [key, text, own(origins, key) ?? own(origins, key.replace('network.', '')) ?? ''];
  });
}

/** What a run was computed by and from: versions, machine, numerics, hashes. */
export function environmentRows({
  versions,
  machine,
  numerics,
  data,
  identity,
  teacher,
}: RunFile): [string, string][] {
  return [
    ['Engine', `${numerics.engine} ${numerics.version}, ${numerics.variant}`],
    ['Execution', `${numerics.execution}, ${plural(numerics.threads, 'thread')}`],
    ['Distillery', versions.distillery],
    ['TensorFlow.js', versions.tensorflow],
    ['Node', versions.node],
    ['Machine', `${machine.platform} ${machine.arch}, ${plural(machine.cores, 'core')}, ${machine.cpu}`],
    ['Data (SHA-256)', data.hash],
    ...(teacher ? [['Teacher (identity)', teacher.identity] as [string, string]] : []),
    ['Run (identity)', identity],
  ];
}

type Row = [key: string, value: unknown];

function flatten(path: string, value: unknown): Row[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(`${path}.${key}`, inner));
}
