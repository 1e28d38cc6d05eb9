import { count, plural } from './format';
import type { ArmInput, SummaryInput } from './input';
import type { Offer } from './summary';

/**
 * Labels that the teacher learned from and scratch did not: then a gain is not the soft targets’ alone, since what those labels
 * say also influenced the student through the teacher. 0 where there are none, the numbers are unknown, or the arm uses no teacher.
 */
export function otherLabels(teacher: ArmInput | null, scratch: ArmInput | null, arm: ArmInput): number {
  const [taught, own] = [teacher?.labelled ?? null, scratch?.labelled ?? null];
  return arm.softTargets === 'none' || taught === null || own === null ? 0 : Math.max(0, taught - own);
}

/** What a verdict’s sentence says of them. */
export const otherLabelsReached = (labels: number): string =>
  `the teacher’s other ${plural(labels, 'label')} also influenced the student`;

/**
 * The arm that tells what soft targets add to the labels; null where the headline’s scratch lacks none that the teacher had,
 * or another scratch of the experiment has them all.
 */
export function offerAllLabels({ teacher, scratches }: SummaryInput, headline: ArmInput): Offer | null {
  const scratch = scratches.find(({ slug }) => slug === headline.scratch) ?? null;
  if (!teacher?.labelled || !scratch?.labelled || otherLabels(teacher, scratch, headline) === 0) return null;
  if (scratches.some((one) => otherLabels(teacher, one, headline) === 0)) return null;
  const [own, all] = [count(scratch.labelled), count(teacher.labelled)];
  return {
    id: 'allLabels',
    text: `Scratch had ${own} of the ${all} labels that the teacher learned from. The same student with all ${all} labels, alone and distilled, shows what soft targets add to labels.`,
  };
}
