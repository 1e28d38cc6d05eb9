import type { Document } from '../document';
import type { LintFacts } from '../facts';
import type { ReadText } from '../files';
import { readDocument } from '../readConfig';
import type { Experiment } from '../resolved';

/** What a lint looks at: the experiment, what is known of its data and results, and the texts to point into. */
export interface Inspected {
  experiment: Experiment;
  facts: LintFacts;
  documents: { experiment: Document; teacher: Document; student: Document };
}

export function documentsOf(experiment: Experiment, readText?: ReadText): Inspected['documents'] {
  const { file, teacher, student } = experiment;
  return {
    experiment: readDocument(file, readText?.(file)).document,
    teacher: readDocument(teacher.file, readText?.(teacher.file)).document,
    student: readDocument(student.file, readText?.(student.file)).document,
  };
}
