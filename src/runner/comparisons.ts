import type { PlanItem } from '../runs/files';
import type { Unit } from '../runs/groups';
import type { Plan } from '../runs/plan';
import type { Item } from './schedule';

/**
 * The units, with those that a unit of scratch runs is compared with. One of whose comparisons some are done already, or
 * that is compared with nothing, is needed anyway.
 */
export function withComparisons(
  units: readonly Unit[],
  { arms, items }: Pick<Plan, 'arms' | 'items'>,
): (Unit & Item)[] {
  const unitOf = new Map(units.flatMap((unit) => unit.items.map((item) => [item.id, unit.id] as const)));
  const comparedWith = ({ arm, seed }: PlanItem): (string | undefined)[] => {
    const others = arms.filter(({ pairedWith }) => pairedWith === arm).map(({ slug }) => slug);
    return items
      .filter((item) => item.kind === 'run' && item.seed === seed && item.ended === undefined)
      .filter((item) => others.includes(item.arm ?? ''))
      .map((item) => unitOf.get(item.id));
  };
  return units.map((unit) => {
    if (!unit.items.every((item) => item.kind === 'run' && isScratch(item, arms))) return unit;
    const others = unit.items.map(comparedWith);
    const isOwn = others.some((list) => list.length === 0 || list.includes(undefined));
    return isOwn ? unit : { ...unit, comparedWith: [...new Set(others.flat() as string[])] };
  });
}

const isScratch = ({ arm }: PlanItem, arms: Plan['arms']) =>
  arms.some(({ slug, scratch }) => scratch && slug === arm);
