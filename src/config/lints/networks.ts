import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { finding, nodeAt, replaceValue, type Document, type Path } from '../document';
import { UserError } from '../errors';
import type { Layer } from '../layers';
import type { Experiment } from '../resolved';
import { describeSavedModel } from '../savedModel';
import { describeNetwork, ShapeError } from '../shapes';
import type { Inspected } from './inspected';

type Kind = 'teacher' | 'student';
const titles = { teacher: 'The teacher', student: 'The student' };

export function lintNetworks(inspected: Inspected): Diagnostic[] {
  return [
    ...(['teacher', 'student'] as const).flatMap((kind) => [
      ...lastActivation(inspected, kind),
      ...outputs(inspected, kind),
    ]),
    ...differentOutputs(inspected),
    ...notSmaller(inspected),
  ];
}

/** Size and outputs of a network, or what its layers cannot take. */
interface Measured {
  parameters: number | null;
  /** Values a network gives for an example: one for each class. */
  outputs: number[] | null;
  problem: { at: Path; message: string; wants?: 'flatten' | null } | null;
}

function measure(experiment: Experiment, kind: Kind, inputShape: readonly number[] | undefined): Measured {
  const { layers, model } = experiment[kind].config;
  const unknown = { parameters: null, outputs: null, problem: null };
  if (model !== undefined) return measureSaved(resolve(experiment.root, model), inputShape);
  if (layers === undefined) return unknown;
  if (!inputShape) return { ...unknown, outputs: unitsAtTheEnd(layers) };
  try {
    const { total, outputShape } = describeNetwork(layers, inputShape);
    return { parameters: total, outputs: outputShape, problem: null };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return {
      ...unknown,
      problem: { at: ['layers', error.layer, 'type'], message: error.message, wants: error.wants },
    };
  }
}

function measureSaved(file: string, dataShape: readonly number[] | undefined): Measured {
  try {
    const { parameters, inputShape, outputs } = describeSavedModel(file);
    const differs = dataShape && inputShape && inputShape.join() !== dataShape.join();
    const message = `The saved model takes inputs of [${inputShape?.join(', ')}], the data have [${dataShape?.join(', ')}].`;
    return {
      parameters,
      outputs: outputs === null ? null : [outputs],
      problem: differs ? { at: ['model'], message } : null,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { parameters: null, outputs: null, problem: { at: ['model'], message: error.message } };
  }
}

/** Without knowing the data: the units where the network ends in a dense layer. */
function unitsAtTheEnd(layers: readonly Layer[]): number[] | null {
  const last = layers.at(-1);
  return last?.type === 'dense' ? [last.units] : null;
}

/** Shapes that do not fit, and outputs that are not one for each class of the data. */
function outputs({ experiment, facts, documents }: Inspected, kind: Kind): Diagnostic[] {
  const document = documents[kind];
  if (!facts.data) return [];
  const { inputShape, classes } = facts.data;
  const { problem, outputs: given } = measure(experiment, kind, inputShape);
  if (problem)
    return [
      finding(document, problem.at, {
        code: 'shape',
        message: problem.message,
        fixes: insertFix(document, problem),
      }),
    ];
  if (given === null || (given.length === 1 && given[0] === classes.length)) return [];
  const place = outputPlace(experiment, kind);
  const message =
    given.length === 1
      ? `${titles[kind]} has ${given[0]} classes, the data have ${classes.length}.`
      : `${titles[kind]} ends with [${given.join(', ')}] for an example: expected ${classes.length} logits, one for each class.`;
  const fixes = place.at(-1) === 'units' ? replaceValue(document, place, classes.length) : [];
  return [finding(document, place, { code: 'class-count', message, fixes })];
}

function insertFix(document: Document, { at, wants }: NonNullable<Measured['problem']>): Diagnostic['fixes'] {
  const layer = wants && nodeAt(document, at.slice(0, -1));
  if (!layer) return [];
  const edits = [{ offset: layer.offset, length: 0, text: `{ "type": "${wants}" },\n    ` }];
  return [{ title: `Insert a ${wants} layer`, edits }];
}

/** Where a network says how many outputs it has. */
function outputPlace(experiment: Experiment, kind: Kind): Path {
  const { layers } = experiment[kind].config;
  if (!layers) return ['model'];
  const dense = layers.findLastIndex((layer) => layer.type === 'dense');
  const shapesOnly = layers.slice(dense + 1).every((l) => l.type === 'activation' || l.type === 'dropout');
  return dense >= 0 && shapesOnly ? ['layers', dense, 'units'] : ['layers', layers.length - 1, 'type'];
}

/** Said of the pair only where the data are unknown: otherwise each is compared with the data. */
function differentOutputs({ experiment, facts, documents }: Inspected): Diagnostic[] {
  if (facts.data) return [];
  const teacher = measure(experiment, 'teacher', undefined).outputs;
  const student = measure(experiment, 'student', undefined).outputs;
  if (!teacher || !student || teacher.join() === student.join()) return [];
  const message = `The teacher has ${teacher[0]} classes, the student ${student[0]}: they must be the same.`;
  return [finding(documents.student, outputPlace(experiment, 'student'), { code: 'class-count', message })];
}

function notSmaller({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const shape = facts.data?.inputShape;
  const teacher = measure(experiment, 'teacher', shape).parameters;
  const student = measure(experiment, 'student', shape).parameters;
  if (teacher === null || student === null || student < teacher) return [];
  const count = (n: number) => n.toLocaleString('en-GB');
  const message = `The student is not smaller than its teacher: ${count(student)} parameters against ${count(teacher)}.`;
  return [
    finding(documents.experiment, ['student'], { severity: 'warning', code: 'student-not-smaller', message }),
  ];
}

/** The losses take logits: a function at the end bends or bounds them. */
function lastActivation({ experiment, documents }: Inspected, kind: Kind): Diagnostic[] {
  const layers = experiment[kind].config.layers ?? [];
  const last = layers.at(-1);
  if (!last || !('activation' in last) || last.activation === 'linear' || last.type === 'residual') return [];
  const place = ['layers', layers.length - 1, 'activation'];
  const message = `The last layer has the activation ${last.activation}: the losses expect logits, which are not bounded. Make it linear.`;
  const fixes = replaceValue(documents[kind], place, 'linear');
  return [finding(documents[kind], place, { severity: 'warning', code: 'bent-logits', message, fixes })];
}
