import type { Document } from '../document';
import type { LintFacts } from '../facts';
import type { ReadText } from '../files';
import { readDocument } from '../readConfig';
import { membersOf, type Experiment } from '../resolved';

/** The input of a lint: the experiment, the facts about its data and results, and the documents for diagnostics. */
export interface Inspected {
  experiment: Experiment;
  facts: LintFacts;
  documents: { experiment: Document; teacher: Document; student: Document; members: Document[] };
}

export function documentsOf(experiment: Experiment, readText?: ReadText): Inspected['documents'] {
  const { file, teacher, student } = experiment;
  const read = (path: string) => readDocument(path, readText?.(path)).document;
  return {
    experiment: read(file),
    teacher: read(teacher.file),
    student: read(student.file),
    members: membersOf(teacher).map((member) => read(member.file)),
  };
}
