import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import { finding, nodeAt, replaceValue, type Document, type Path } from '../document';
import { UserError } from '../errors';
import type { Layer } from '../layers';
import type { StudentConfig, TeacherConfig } from '../network';
import { misfit, teacherShape } from '../preprocessing';
import { membersOf, type TeacherFile } from '../resolved';
import { describeSavedModel } from '../savedModel';
import { describeNetwork, ShapeError } from '../shapes';
import type { Inspected } from './inspected';

/** A network of the experiment and the file that it stands in. */
interface Part {
  title: string;
  config: TeacherConfig | StudentConfig;
  document: Document;
  /** Of an example as it sees it; undefined before the data are known. */
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

/** One, or the files of an ensemble; seeds of one file count once. */
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

/** Size and outputs of a network, or what its layers cannot take. */
interface Measured {
  parameters: number | null;
  /** Values a network gives for an example: one for each class. */
  outputs: number[] | null;
  problem: { at: Path; message: string; wants?: 'flatten' | null } | null;
}

function measure(config: Part['config'], root: string, inputShape: readonly number[] | undefined): Measured {
  const { layers, model } = config;
  const unknown = { parameters: null, outputs: null, problem: null };
  if (model !== undefined) {
    const told = 'inputs' in config && config.inputs !== undefined;
    return measureSaved(resolve(root, model), inputShape, told ? 'its “inputs” give it' : 'the data have');
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
    const { parameters, inputShape, outputs } = describeSavedModel(file);
    const differs = given && inputShape && inputShape.join() !== given.join();
    const canHave = inputShape?.length === 3 && given?.length === 3;
    const hint = canHave
      ? ` A teacher’s file can ask for them: "inputs": { "resize": [${inputShape.slice(0, 2).join(', ')}], "channels": ${inputShape[2]} }.`
      : '';
    const message = `The saved model takes inputs of [${inputShape?.join(', ')}], ${from} [${given?.join(', ')}].${hint}`;
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

/** Inputs of a teacher's file that these data cannot be brought to. */
function misfits({ experiment, facts }: Inspected, { config, document }: Part): Diagnostic[] {
  if (!facts.data || !('inputs' in config) || !config.inputs) return [];
  const found = misfit(config.inputs, experiment.config.data, facts.data.inputShape);
  return found ? [finding(document, ['inputs', found.key], { code: 'inputs', message: found.message })] : [];
}

/** Shapes that do not fit, and outputs that are not one for each class of the data. */
function outputs(
  { experiment, facts }: Inspected,
  { title, config, document, inputShape }: Part,
): Diagnostic[] {
  if (!facts.data) return [];
  const { classes } = facts.data;
  const { problem, outputs: given } = measure(config, experiment.root, inputShape);
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
      ? `${title} has ${given[0]} classes, the data have ${classes.length}.`
      : `${title} ends with [${given.join(', ')}] for an example: expected ${classes.length} logits, one for each class.`;
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
function outputPlace({ layers }: Part['config']): Path {
  if (!layers) return ['model'];
  const dense = layers.findLastIndex((layer) => layer.type === 'dense');
  const shapesOnly = layers.slice(dense + 1).every((l) => l.type === 'activation' || l.type === 'dropout');
  return dense >= 0 && shapesOnly ? ['layers', dense, 'units'] : ['layers', layers.length - 1, 'type'];
}

/** Said of the pair only where the data are unknown: otherwise each is compared with the data. */
function differentOutputs(inspected: Inspected): Diagnostic[] {
  const { experiment, facts, documents } = inspected;
  if (facts.data) return [];
  const small = experiment.student.config;
  const own = measure(small, experiment.root, undefined).outputs;
  return teachers(inspected).flatMap(({ title, config }) => {
    const theirs = measure(config, experiment.root, undefined).outputs;
    if (!theirs || !own || theirs.join() === own.join()) return [];
    const message = `${title} has ${theirs[0]} classes, the student ${own[0]}: they must be the same.`;
    return [finding(documents.student, outputPlace(small), { code: 'class-count', message })];
  });
}

function notSmaller({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const dataShape = facts.data?.inputShape;
  const sizeOf = (config: Part['config'], inputShape: readonly number[] | undefined) =>
    measure(config, experiment.root, inputShape).parameters ?? NaN;
  const theirs = membersOf(experiment.teacher).reduce(
    (sum, { config }) => sum + sizeOf(config, shapeFor(config, experiment, dataShape)),
    0,
  );
  const own = sizeOf(experiment.student.config, dataShape);
  if (!(own >= theirs)) return [];
  const count = (n: number) => n.toLocaleString('en-GB');
  const message = `The student is not smaller than its teacher: ${count(own)} parameters against ${count(theirs)}.`;
  return [
    finding(documents.experiment, ['student'], { severity: 'warning', code: 'student-not-smaller', message }),
  ];
}

/** The losses take logits: a function at the end bends or bounds them. */
function lastActivation({ config, document }: Part): Diagnostic[] {
  const layers = config.layers ?? [];
  const last = layers.at(-1);
  if (!last || !('activation' in last) || last.activation === 'linear' || last.type === 'residual') return [];
  const place = ['layers', layers.length - 1, 'activation'];
  const message = `The last layer has the activation ${last.activation}: the losses expect logits, which are not bounded. Make it linear.`;
  const fixes = replaceValue(document, place, 'linear');
  return [finding(document, place, { severity: 'warning', code: 'bent-logits', message, fixes })];
}
