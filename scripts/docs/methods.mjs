// docs/methods.md: every method of the catalogue, from its description.
import { table, typeOf, usual } from './config.mjs';

export function methodsPage({ methods, scratchMethod, toJSONSchema }) {
  const section = (method) => methodSection(method, toJSONSchema(method.parameters, { io: 'input' }));
  return `# Methods

Written by \`node scripts/docs.mjs\` from the descriptions in \`src/methods/\`; schema, hovers and \`distillery methods\` say the same.

z_t and z_s are the logits of teacher and student for one example, y its label (one-hot), C the number of classes, T the temperature.
The loss of a batch of B examples is L = (1/B) Σ_i Σ_term weight·term_i, in nats; an example without a label has no student term.
Temperature of teacher and student is one number.

${[
  '| method | terms | needs of the teacher |',
  '| --- | --- | --- |',
  ...methods.map(
    (m) =>
      `| [\`${m.id}\`](#${m.id.toLowerCase()}) ${m.title} | ${Object.keys(m.terms).join(', ')} | ${m.teacher} |`,
  ),
].join('\n')}

${methods.map(section).join('\n\n')}

${section(scratchMethod)}

Scratch is what every arm is compared with: the plan adds it to each experiment, and no file names it.
`;
}

function methodSection({ id, title, summary, citation, terms, weights, parameters }, schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    `\`${key}\``,
    typeOf(value),
    usual(value),
    value.description ?? '',
  ]);
  const usually = weights(parameters.parse({}));
  const formulas = Object.entries(terms).map(
    ([term, formula]) =>
      `- **${term}**: ${formula}; weight ${Number(usually[term].toPrecision(6))} where nothing is given`,
  );
  return [
    `## ${id}`,
    `${title}. ${summary}`,
    formulas.join('\n'),
    ...(rows.length > 0 ? [table(rows)] : []),
    `${citation}.`,
  ].join('\n\n');
}
