import { methodOf, primaryIndex, resolvedParameters, titleOf } from '../arms';
import { type Diagnostic, finding, nodeAt, replaceValue, type Document, type Path } from '../document';
import { parametersOf, type ArmConfig } from '../experiment';
import { own } from '../../own';
import { didYouMean, listOf, plainNumber } from '../wording';
import type { Inspected } from './inspected';

export function lintArms({
  experiment,
  facts,
  documents: { experiment: document },
}: Inspected): Diagnostic[] {
  const arms = experiment.config.arms as ArmConfig[];
  return [
    ...arms.flatMap((arm, index) => [
      ...weights(document, arm, ['arms', index]),
      ...tooFewClasses(document, arm, ['arms', index], facts.data?.classes.length),
      ...softTerm(document, arm, ['arms', index]),
      ...withoutTeacher(document, arm, ['arms', index]),
    ]),
    ...twins(document, arms),
    ...unknownPrimary(document, arms, experiment.config.primary),
  ];
}

/** The key itself, or the arm's method if the file does not have the key. */
const placeOf = (document: Document, arm: Path, key: string): Path =>
  nodeAt(document, [...arm, key]) ? [...arm, key] : [...arm, 'method'];

function weights(document: Document, arm: ArmConfig, at: Path): Diagnostic[] {
  const method = methodOf(arm);
  const parameters = resolvedParameters(method, arm);
  const { weights: resolved, from } = method.weighting(parameters);
  const placeOfWeight = (term: string) => placeOf(document, at, own(from, term) ?? 'method');
  const terms = Object.entries(method.terms(parameters));
  const [first] = terms[0]!;
  if (Object.values(resolved).every((weight) => weight === 0)) {
    const names = terms.map(([term]) => `${term}Weight`);
    const message = `${listOf(names)} are ${names.length === 2 ? 'both' : 'all'} 0, so nothing would be learned: set one of them.`;
    return [finding(document, placeOfWeight(first), { code: 'nothing-to-learn', message })];
  }
  const taught = terms.filter(([, { source }]) => source === 'teacher');
  if (taught.length > 0 && taught.every(([term]) => own(resolved, term) === 0)) {
    const names = [...new Set(taught.map(([term]) => own(from, term) ?? term))];
    const message = `${listOf(names)} ${names.length === 1 ? 'is' : 'are'} 0, so the teacher has no influence: this arm is the same as scratch, which is always added.`;
    const code = 'no-influence';
    return [finding(document, placeOfWeight(first), { severity: 'warning', code, message })];
  }
  return [];
}

/** Terms that have no gradient with so few classes. @param classes unknown until the data have been read */
function tooFewClasses(document: Document, arm: ArmConfig, at: Path, classes = Infinity): Diagnostic[] {
  const method = methodOf(arm);
  const parameters = resolvedParameters(method, arm);
  const { weights: resolved } = method.weighting(parameters);
  const without = Object.entries(method.terms(parameters)).filter(
    ([term, { fewestClasses = 0 }]) => classes < fewestClasses && own(resolved, term) !== 0,
  );
  if (without.length === 0) return [];
  const names = without.map(([term]) => `“${term}”`);
  const message = `With ${classes} classes ${listOf(names)} of ${method.title} ${names.length === 1 ? 'has' : 'have'} no gradient, so the student does not learn from ${names.length === 1 ? 'it' : 'them'}: use the method "hinton".`;
  return [finding(document, [...at, 'method'], { severity: 'warning', code: 'too-few-classes', message })];
}

/** Options of the soft term that change the comparison. */
function softTerm(document: Document, arm: ArmConfig, at: Path): Diagnostic[] {
  const { temperature, scaleByT2, softLoss } = resolvedParameters(methodOf(arm), arm);
  const found: Diagnostic[] = [];
  if (scaleByT2 === false && typeof temperature === 'number' && temperature !== 1) {
    const weaker = temperature > 1;
    const factor = plainNumber(weaker ? temperature ** 2 : temperature ** -2);
    const message = `T² scaling is off: at T ${plainNumber(temperature)} the distillation gradient is ${factor}× ${weaker ? 'weaker' : 'stronger'}.`;
    const place = [...at, 'scaleByT2'];
    const fixes = replaceValue(document, place, true);
    found.push(finding(document, place, { severity: 'warning', code: 't2-off', message, fixes }));
  }
  if (softLoss === 'crossEntropy') {
    const message =
      'The gradient is the same as for “kl”, but the loss curve falls to the entropy of the soft targets, not to 0.';
    found.push(
      finding(document, [...at, 'softLoss'], { severity: 'info', code: 'soft-cross-entropy', message }),
    );
  }
  return found;
}

function withoutTeacher(document: Document, arm: ArmConfig, at: Path): Diagnostic[] {
  const method = methodOf(arm);
  if (method.teacher !== 'none' || arm.transferSet !== 'all') return [];
  const place = [...at, 'transferSet'];
  const message = `${method.title} does not use a teacher, so it cannot learn from unlabelled examples.`;
  const fixes = replaceValue(document, place, 'labelled');
  return [finding(document, place, { severity: 'warning', code: 'nothing-from-unlabelled', message, fixes })];
}

/** Arms with the same name cannot be distinguished; arms with the same setting would be the same run. */
function twins(document: Document, arms: ArmConfig[]): Diagnostic[] {
  const settings = arms.map((arm) =>
    JSON.stringify([arm.method, arm.transferSet, arm.transferClasses, parametersOf(methodOf(arm), arm)]),
  );
  const titles = arms.map(titleOf);
  return arms.flatMap((arm, index) => {
    const sameSetting = settings.indexOf(settings[index] as string);
    const sameTitle = titles.indexOf(titles[index] as string);
    if (sameSetting < index) {
      const message = `Arms ${sameSetting + 1} and ${index + 1} have the same setting: remove one of them. Seeds already repeat each arm.`;
      return [finding(document, ['arms', index, 'method'], { code: 'same-arm', message })];
    }
    if (sameTitle < index) {
      const place = ['arms', index, arm.name === undefined ? 'method' : 'name'];
      const message = `Arms ${sameTitle + 1} and ${index + 1} have the same name “${titles[index]}”: give each a different name.`;
      return [finding(document, place, { code: 'same-name', message })];
    }
    return [];
  });
}

function unknownPrimary(document: Document, arms: ArmConfig[], primary: string | undefined): Diagnostic[] {
  if (primary === undefined || primaryIndex(arms, primary) >= 0) return [];
  const titles = arms.map(titleOf);
  const near = titles.length === 1 ? (titles[0] as string) : didYouMean(primary, titles);
  const fixes = near === null ? [] : replaceValue(document, ['primary'], near);
  const message = `No arm is called “${primary}”. The arms are ${titles.map((t) => `“${t}”`).join(', ')}.`;
  return [finding(document, ['primary'], { code: 'unknown-primary', message, fixes })];
}
