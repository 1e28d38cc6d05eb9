import type { Diagnostic } from './document';
import type { LintFacts } from './facts';
import type { ReadText } from './files';
import { lintArms } from './lints/arms';
import { documentsOf, type Inspected } from './lints/inspected';
import { lintData } from './lints/data';
import { lintNetworks } from './lints/networks';
import { lintOutcome } from './lints/outcome';
import { lintSavedModels } from './lints/savedModels';
import { lintTable } from './lints/table';
import { lintTransferClasses } from './lints/transferClasses';
import type { Experiment } from './resolved';

/**
 * Errors and warnings about an experiment whose files are valid, each at its place in its file. `readText` as for
 * `readExperiment`.
 */
export function lint(experiment: Experiment, facts: LintFacts, readText?: ReadText): Diagnostic[] {
  const inspected: Inspected = { experiment, facts, documents: documentsOf(experiment, readText) };
  return [
    lintArms,
    lintTransferClasses,
    lintData,
    lintTable,
    lintNetworks,
    lintSavedModels,
    lintOutcome,
  ].flatMap((rule) => rule(inspected));
}
