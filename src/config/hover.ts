import { findNodeAtOffset, getNodePath, getNodeValue, type Node } from 'jsonc-parser';
import type { Weighting } from '../methods/method';
import { methodOf, resolvedParameters } from './arms';
import { armSchema } from './experiment';
import { parse } from './parse';
import { plainNumber } from './wording';

/**
 * Markdown that explains the temperature or the weights of an arm at a position in an experiment file; null elsewhere. With
 * beta, alpha weights the other loss, so all resolved weights are shown.
 */
export function hoverText(text: string, offset: number): string | null {
  const { tree } = parse('', text).document;
  const node = tree && findNodeAtOffset(tree, offset);
  const property = node?.parent?.type === 'property' ? node.parent : null;
  const armNode = property?.parent;
  const key = property?.children?.[0]?.value as unknown;
  if (!armNode || !isArm(armNode)) return null;
  const arm = armSchema.safeParse(getNodeValue(armNode));
  if (!arm.success) return null;
  const method = methodOf(arm.data);
  const parameters = resolvedParameters(method, arm.data);
  const weighting = method.weighting(parameters);
  if (Object.values(weighting.from).includes(String(key))) return weightsText(weighting);
  if (key === 'temperature') return temperatureText(parameters);
  return null;
}

const isArm = (node: Node) => {
  const path = getNodePath(node);
  return path.length === 2 && path[0] === 'arms';
};

function weightsText({ weights, formula }: Weighting): string {
  const numbers = Object.entries(weights).map(([term, weight]) => `**${term}Weight ${plainNumber(weight)}**`);
  return `${numbers.join(' · ')}\n\nThe loss is ${formula}.`;
}

function temperatureText(parameters: Record<string, unknown>): string | null {
  const { temperature, scaleByT2 } = parameters;
  if (typeof temperature !== 'number') return null;
  const squared = plainNumber(temperature ** 2);
  const scale =
    scaleByT2 === false
      ? `T² scaling is off: the distillation gradient shrinks with 1/T², here to 1/${squared}.`
      : `The distillation loss is multiplied by T² = ${squared}, so that its gradient keeps its size.`;
  return `**T ${plainNumber(temperature)}** divides the logits of both teacher and student.\n\n${scale}`;
}
