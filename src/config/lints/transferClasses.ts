import { type Diagnostic, finding, replaceValue } from '../document';
import { keptClasses, type TransferClasses } from '../transferClasses';
import { didYouMean } from '../wording';
import type { Inspected } from './inspected';

/** Classes that the data do not have, and empty transfer sets. */
export function lintTransferClasses({ experiment, facts, documents }: Inspected): Diagnostic[] {
  if (!facts.data) return [];
  const { classes, perClass } = facts.data;
  const document = documents.experiment;
  return experiment.config.arms.flatMap((arm, index): Diagnostic[] => {
    if (arm.transferClasses === undefined) return [];
    const at = ['arms', index, 'transferClasses'];
    const unknown = namesOf(arm.transferClasses).filter(({ name }) => !classes.includes(name));
    if (unknown.length > 0)
      return unknown.map(({ key, name, position }) => {
        const near = didYouMean(name, classes);
        const hint = near === null ? `The classes are ${list(classes)}.` : `Did you mean “${near}”?`;
        const place = [...at, key, position];
        const fixes = near === null ? [] : replaceValue(document, place, near);
        return finding(document, place, {
          code: 'unknown-class',
          message: `The data have no class “${name}”. ${hint}`,
          fixes,
        });
      });
    const kept = keptClasses(arm.transferClasses, classes);
    if (kept.some((name) => perClass[classes.indexOf(name)] !== 0)) return [];
    const message =
      kept.length === 0
        ? 'All classes are excluded, so there is nothing to train on. Keep at least one class.'
        : `The data have no example of ${list(kept)}, so there is nothing to train on.`;
    return [finding(document, at, { code: 'empty-transfer-set', message })];
  });
}

const namesOf = (written: TransferClasses) =>
  (['only', 'without'] as const).flatMap((key) =>
    (written[key] ?? []).map((name, position) => ({ key, name, position })),
  );

/** “a”, “b”, “c”; no more than a dozen. */
const list = (names: readonly string[]) =>
  names
    .slice(0, 12)
    .map((name) => `“${name}”`)
    .join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
