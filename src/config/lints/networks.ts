import { resolve } from 'node:path';
import { type Diagnostic, finding, nodeAt, replaceValue, type Document, type Path } from '../document';
import { UserError } from '../errors';
import type { LintFacts } from '../facts';
import type { Layer } from '../layers';
import type { StudentConfig, TeacherConfig } from '../network';
import { misfit, teacherShape } from '../preprocessing';
import { membersOf, type TeacherFile } from '../resolved';
import { describeSavedModel } from '../savedModel';
import type { Ending } from '../savedModel/ending';
import { describeNetwork, ShapeError } from '../shapes';
import type { Inspected } from './inspected';

/** A network of the experiment with its document. */
interface Part {
  title: string;
  config: TeacherConfig | StudentConfig;
  document: Document;
  /** Of one example as the network gets it; undefined before the data are known. */
  inputShape: readonly number[] | undefined;
}

export function lintNetworks(inspected: Inspected): Diagnostic[] {
  const parts = [...teachers(inspected), student(inspected)];
  return [
    ...parts.flatMap((part) => [
      ...lastActivation(part),
      ...misfits(inspected, part),
      ...outputs(inspected, part),
    ]),
    ...differentOutputs(inspected),
    ...notSmaller(inspected),
  ];
}

/** The teacher, or the files of an ensemble; members from the same file count once. */
function teachers({ experiment, facts, documents }: Inspected): Part[] {
  const { teacher } = experiment;
  const members = membersOf(teacher);
  const files = members.map(({ file }) => file);
  return members.flatMap(({ file, name, config }, i) => {
    const title = file === teacher.file ? 'The teacher' : `The teacher ${name}`;
    const inputShape = shapeFor(config, experiment, facts.data?.inputShape);
    return files.indexOf(file) < i ? [] : [{ title, config, document: documents.members[i]!, inputShape }];
  });
}

const shapeFor = (
  config: TeacherFile['config'],
  experiment: Inspected['experiment'],
  dataShape: readonly number[] | undefined,
) => dataShape && teacherShape(config, experiment.config.data, dataShape);

const student = ({ experiment, facts, documents }: Inspected): Part => ({
  title: 'The student',
  config: experiment.student.config,
  document: documents.student,
  inputShape: facts.data?.inputShape,
});

/** Size and outputs of a network, or why its layers do not fit. */
interface Measured {
  parameters: number | null;
  /** Shape of the output for one example: one value for each class. */
  outputs: number[] | null;
  problem: { at: Path; message: string; wants?: 'flatten' | null } | null;
}

function measure(
  config: Part['config'],
  root: string,
  facts: LintFacts,
  inputShape: readonly number[] | undefined,
): Measured {
  const { layers, model } = config;
  const unknown = { parameters: null, outputs: null, problem: null };
  if (model !== undefined) {
    if (facts.savedModels === false) return unknown;
    const told = 'inputs' in config && config.inputs !== undefined;
    return measureSaved(
      resolve(root, model),
      inputShape,
      told ? 'but its “inputs” produce' : 'but the data have',
    );
  }
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

function measureSaved(file: string, given: readonly number[] | undefined, from: string): Measured {
  try {
    const { parameters, inputShape, outputs, outputShape, ending } = describeSavedModel(file);
    const differs = given && inputShape && inputShape.join() !== given.join();
    const canHave = inputShape?.length === 3 && given?.length === 3;
    const hint = canHave
      ? ` In a teacher file you can set "inputs": { "resize": [${inputShape.slice(0, 2).join(', ')}], "channels": ${inputShape[2]} }.`
      : '';
    const message = `The saved model expects inputs of shape [${inputShape?.join(', ')}], ${from} [${given?.join(', ')}].${hint}`;
    return {
      parameters,
      outputs: answersIn(ending.kind, outputShape ?? (outputs === null ? null : [outputs])),
      problem: differs ? { at: ['model'], message } : null,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { parameters: null, outputs: null, problem: { at: ['model'], message: error.message } };
  }
}

/** One sigmoid distinguishes two classes. */
const answersIn = (ending: Ending['kind'], shape: number[] | null): number[] | null =>
  ending === 'sigmoid' && shape?.join() === '1' ? [2] : shape;

/** The units of the last layer, if it is dense; for use before the data are known. */
function unitsAtTheEnd(layers: readonly Layer[]): number[] | null {
  const last = layers.at(-1);
  return last?.type === 'dense' ? [last.units] : null;
}

/** Preprocessing in a teacher file that does not fit the data. */
function misfits({ experiment, facts }: Inspected, { config, document }: Part): Diagnostic[] {
  if (!facts.data || !('inputs' in config) || !config.inputs) return [];
  const found = misfit(config.inputs, experiment.config.data, facts.data.inputShape);
  return found ? [finding(document, ['inputs', found.key], { code: 'inputs', message: found.message })] : [];
}

/** Shapes that do not fit, and numbers of outputs other than the number of classes. */
function outputs(
  { experiment, facts }: Inspected,
  { title, config, document, inputShape }: Part,
): Diagnostic[] {
  if (!facts.data) return [];
  const { classes } = facts.data;
  const { problem, outputs: given } = measure(config, experiment.root, facts, inputShape);
  if (problem)
    return [
      finding(document, problem.at, {
        code: 'shape',
        message: problem.message,
        fixes: insertFix(document, problem),
      }),
    ];
  if (given === null || (given.length === 1 && given[0] === classes.length)) return [];
  const place = outputPlace(config);
  const message =
    given.length === 1
      ? `${title} has ${given[0]} outputs, but the data have ${classes.length} classes.`
      : `${title} has outputs of shape [${given.join(', ')}] for one example: expected ${classes.length} logits, one for each class.`;
  const fixes = place.at(-1) === 'units' ? replaceValue(document, place, classes.length) : [];
  return [finding(document, place, { code: 'class-count', message, fixes })];
}

function insertFix(document: Document, { at, wants }: NonNullable<Measured['problem']>): Diagnostic['fixes'] {
  const layer = wants && nodeAt(document, at.slice(0, -1));
  if (!layer) return [];
  const edits = [{ offset: layer.offset, length: 0, text: `{ "type": "${wants}" },\n    ` }];
  return [{ title: `Insert a ${wants} layer`, edits }];
}

/** The path of the number of outputs. */
function outputPlace({ layers }: Part['config']): Path {
  if (!layers) return ['model'];
  const dense = layers.findLastIndex((layer) => layer.type === 'dense');
  const shapesOnly = layers.slice(dense + 1).every((l) => l.type === 'activation' || l.type === 'dropout');
  return dense >= 0 && shapesOnly ? ['layers', dense, 'units'] : ['layers', layers.length - 1, 'type'];
}

/** Compares the networks with each other if the data are unknown; otherwise each is compared with the data. */
function differentOutputs(inspected: Inspected): Diagnostic[] {
  const { experiment, facts, documents } = inspected;
  if (facts.data) return [];
  const small = experiment.student.config;
  const own = measure(small, experiment.root, facts, undefined).outputs;
  return teachers(inspected).flatMap(({ title, config }) => {
    const theirs = measure(config, experiment.root, facts, undefined).outputs;
    if (!theirs || !own || theirs.join() === own.join()) return [];
    const message = `${title} has ${theirs[0]} outputs, but the student has ${own[0]}: the numbers must be the same.`;
    return [finding(documents.student, outputPlace(small), { code: 'class-count', message })];
  });
}

function notSmaller({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const dataShape = facts.data?.inputShape;
  const sizeOf = (config: Part['config'], inputShape: readonly number[] | undefined) =>
    measure(config, experiment.root, facts, inputShape).parameters ?? NaN;
  const theirs = membersOf(experiment.teacher).reduce(
    (sum, { config }) => sum + sizeOf(config, shapeFor(config, experiment, dataShape)),
    0,
  );
  const own = sizeOf(experiment.student.config, dataShape);
  if (!(own >= theirs)) return [];
  const count = (n: number) => n.toLocaleString('en-GB');
  const message = `The student is not smaller than its teacher: it has ${count(own)} parameters, the teacher ${count(theirs)}.`;
  return [
    finding(documents.experiment, ['student'], { severity: 'warning', code: 'student-not-smaller', message }),
  ];
}

/** The losses expect logits, so the last layer must be linear. */
function lastActivation({ config, document }: Part): Diagnostic[] {
  const layers = config.layers ?? [];
  const last = layers.at(-1);
  if (!last || !('activation' in last) || last.activation === 'linear' || last.type === 'residual') return [];
  const place = ['layers', layers.length - 1, 'activation'];
  const message = `The last layer has the activation ${last.activation}, but the losses expect logits. Use “linear”.`;
  const fixes = replaceValue(document, place, 'linear');
  return [finding(document, place, { severity: 'warning', code: 'bent-logits', message, fixes })];
}
