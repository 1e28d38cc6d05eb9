// docs/methods.md: every method of the catalogue, from its description.
import { table, typeOf, usual } from './config.mjs';

export function methodsPage({ methods, scratchMethod, toJSONSchema }) {
  const section = (method) => methodSection(method, toJSONSchema(method.parameters, { io: 'input' }));
  return `# Methods

Written by \`node scripts/docs.mjs\` from the descriptions in \`src/methods/\`; schema, hovers and \`distillery methods\` say the same.

z_t and z_s are the logits of teacher and student for one example, y its label (one-hot), C the number of classes, T the temperature.
The loss of a batch is L = Σ_term weight·mean(term), the mean being over its B examples; an example without a label counts 0 in a
term on the labels. A term over the batch relates its examples and is one number. Temperature of teacher and student is one number.

${[
  '| method | terms | needs of the teacher |',
  '| --- | --- | --- |',
  ...methods.map(
    (m) =>
      `| [\`${m.id}\`](#${m.id.toLowerCase()}) ${m.title} | ${Object.keys(termsOf(m)).join(', ')} | ${m.teacher} |`,
  ),
].join('\n')}

${methods.map(section).join('\n\n')}

${section(scratchMethod)}

Scratch is what every arm is compared with: the plan adds it to each experiment, and no file names it.
`;
}

/** With the parameters where nothing is given. */
const termsOf = ({ terms, parameters }) => terms(parameters.parse({}));

function methodSection(method, schema) {
  const { id, title, summary, citation, weighting, parameters } = method;
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    `\`${key}\``,
    typeOf(value),
    usual(value),
    value.description ?? '',
  ]);
  const { weights, formula: total } = weighting(parameters.parse({}));
  const formulas = Object.entries(termsOf(method)).map(
    ([term, { formula, unit, over }]) =>
      `- **${term}**${over === 'batch' ? ' (over the batch)' : ''}: ${formula}${unit === 'nats' ? ', in nats' : ''}; weight ${Number(weights[term].toPrecision(6))} where nothing is given`,
  );
  return [
    `## ${id}`,
    `${title}. ${summary}`,
    formulas.join('\n'),
    `Loss: ${total}.`,
    ...(rows.length > 0 ? [table(rows)] : []),
    `${citation}.`,
  ].join('\n\n');
}
