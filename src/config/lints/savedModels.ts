import { resolve } from 'node:path';
import { type Diagnostic, finding, replaceValue, type Document } from '../document';
import { UserError } from '../errors';
import { membersOf } from '../resolved';
import { describeSavedModel } from '../savedModel';
import type { Ending } from '../savedModel/ending';
import { didYouMean, oneOf } from '../wording';
import type { Inspected } from './inspected';

/** The activation at the end of a saved model, and whether its `classes` are those of the data. */
export function lintSavedModels(inspected: Inspected): Diagnostic[] {
  const { experiment, documents, facts } = inspected;
  const teachers = membersOf(experiment.teacher).map(({ config }, i) => {
    return { config, document: documents.members[i]! };
  });
  const student = { config: experiment.student.config, document: documents.student };
  return [
    ...[...teachers, student].flatMap(({ config, document }) =>
      config.model === undefined || facts.savedModels === false
        ? []
        : ending(document, resolve(experiment.root, config.model)),
    ),
    ...teachers.flatMap(({ config, document }) =>
      config.classes && facts.data ? classOrder(document, config.classes, facts.data.classes) : [],
    ),
  ];
}

function ending(document: Document, file: string): Diagnostic[] {
  let found: Ending;
  try {
    found = describeSavedModel(file).ending;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
  if (found.kind === 'logits') return [];
  if (found.kind === 'unknown') {
    const message =
      'The last layers of the saved model do not show whether it outputs logits or probabilities. Its outputs are checked before training; if they are probabilities, their logarithms are used.';
    return found.probabilities
      ? [finding(document, ['model'], { severity: 'info', code: 'output-unknown', message })]
      : [];
  }
  if (found.kind === 'other') {
    const message = `The saved model ends in ${found.what} (its layer “${found.layer}”), but the losses expect logits. Save it without this activation.`;
    return [finding(document, ['model'], { severity: 'warning', code: 'bent-logits', message })];
  }
  return [
    finding(document, ['model'], {
      severity: 'info',
      code: 'taken-off',
      message: sentenceOf(found.kind, found.layer),
    }),
  ];
}

/** The message for an activation that is removed from the end of a saved model. */
function sentenceOf(kind: 'softmax' | 'log_softmax' | 'sigmoid', layer: string): string {
  const gives = {
    softmax: 'probabilities',
    log_softmax: 'logarithms of probabilities',
    sigmoid: 'a separate probability for each class',
  }[kind];
  return `The saved model ends in ${kind} (its layer “${layer}”), so it outputs ${gives}. The losses expect logits: the ${kind} is removed when the model is loaded, which gives the exact logits.`;
}

/** `classes` must contain each class of the data once. */
function classOrder(document: Document, named: readonly string[], classes: readonly string[]): Diagnostic[] {
  const bad = named.flatMap((name, i) => {
    const at = ['classes', i];
    if (!classes.includes(name)) {
      const guess = didYouMean(name, classes);
      const hint = guess === null ? `they are ${oneOf(classes.slice(0, 12))}` : `did you mean “${guess}”?`;
      const fixes = guess === null ? [] : replaceValue(document, at, guess);
      const message = `The data have no class “${name}”: ${hint}`;
      return [finding(document, at, { code: 'class-order', message, fixes })];
    }
    const first = named.indexOf(name);
    if (first === i) return [];
    const message = `Outputs ${first + 1} and ${i + 1} are both called “${name}”: list each class once.`;
    return [finding(document, at, { code: 'class-order', message })];
  });
  if (bad.length > 0 || named.length === classes.length) return bad;
  const missing = classes.filter((name) => !named.includes(name));
  const message = `classes lists ${named.length} of the ${classes.length} classes of the data: ${missing.slice(0, 12).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`;
  return [finding(document, ['classes'], { code: 'class-order', message })];
}
