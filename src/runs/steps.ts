import { findNodeAtOffset, getNodePath } from 'jsonc-parser';
import { parse } from '../config/parse';
import { membersOf } from '../config/resolved';
import { count } from '../results/format';
import type { Plan } from './plan';
import type { Prepared } from './prepare';

/** The budgets of an experiment's students in steps, each with the titles of the arms that have it. */
export function stepsByArm({
  arms,
  items,
  drafts,
}: Pick<Plan, 'arms' | 'items' | 'drafts'>): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const arm of arms) {
    const item = items.find(({ kind, arm: slug }) => kind === 'run' && slug === arm.slug);
    const steps = item && drafts.get(item.id)?.steps;
    if (steps !== undefined) found.set(steps, [...(found.get(steps) ?? []), arm.title]);
  }
  return found;
}

/**
 * What `epochs` or `steps` of a teacher's or a student's file comes to in the experiments that name it, as Markdown, for the
 * place that the pointer is on; null elsewhere.
 */
export function stepsText(
  file: string,
  text: string,
  offset: number,
  experiments: readonly Prepared[],
): string | null {
  const { tree } = parse('', text).document;
  const node = tree && findNodeAtOffset(tree, offset);
  const path = node ? getNodePath(node).join('.') : '';
  if (path !== 'training.epochs' && path !== 'training.steps') return null;
  const lines = experiments.flatMap(({ experiment, plan }) => {
    if (!experiment || !plan) return [];
    const told = (steps: number, who: string) => `**${count(steps)} steps** in ${experiment.name}${who}`;
    if (experiment.student.file === file) {
      const found = [...stepsByArm(plan)];
      return found.map(([steps, titles]) => told(steps, found.length > 1 ? `: ${titles.join(', ')}` : ''));
    }
    if (!membersOf(experiment.teacher).some((teacher) => teacher.file === file)) return [];
    const teacher = plan.items.find(
      ({ kind, id }) => kind === 'teacher' && (plan.drafts.get(id)?.steps ?? 0) > 0,
    );
    return teacher ? [told(plan.drafts.get(teacher.id)!.steps, '')] : [];
  });
  return lines.length === 0 ? null : lines.join('\n\n');
}
