import { count, plural } from './format';
import type { ArmInput, SummaryInput } from './input';
import type { Offer } from './summary';

/**
 * Labels that the teacher learned from and scratch did not: then a gain is not the soft targets’ alone, since what those labels
 * say reached the student through the teacher. 0 where there are none, nobody knows, or the arm asks no teacher.
 */
export function otherLabels(teacher: ArmInput | null, scratch: ArmInput | null, arm: ArmInput): number {
  const [taught, own] = [teacher?.labelled ?? null, scratch?.labelled ?? null];
  return arm.softTargets === 'none' || taught === null || own === null ? 0 : Math.max(0, taught - own);
}

/** What a verdict’s sentence says of them. */
export const otherLabelsReached = (labels: number): string =>
  `the teacher’s other ${plural(labels, 'label')} reached the student`;

/** The arm that tells the teacher’s labels from its soft targets; null where scratch has every label that the teacher had. */
export function offerAllLabels({ teacher, scratch, arms }: SummaryInput): Offer | null {
  const asking = arms.find((arm) => otherLabels(teacher, scratch, arm) > 0);
  if (asking === undefined || !teacher?.labelled) return null;
  const all = count(teacher.labelled);
  return {
    id: 'allLabels',
    text: `Scratch had ${count(scratch?.labelled ?? 0)} of the ${all} labels that the teacher learned from. The same student with all ${all}, alone and distilled, tells what the soft targets add to the labels.`,
  };
}
