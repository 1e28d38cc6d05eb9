// docs/config.md: every key of the config files, from their JSON schemas.

const pages = [
  {
    kind: 'experiment',
    title: '`*.distill.json`: an experiment',
    text: 'What is learned from which data, by which student, from which teacher, in which settings. Paths are relative to the file.',
  },
  {
    kind: 'teacher',
    title: '`*.teacher.json`: a teacher',
    text: 'A network with its training, or a saved model.',
  },
  {
    kind: 'student',
    title: '`*.student.json`: a student',
    text: 'The network that is to be shipped, and how scratch and every distilled arm train it.',
  },
  {
    kind: 'settings',
    title: '`distillery.json`: what editor and command line share',
    text: 'Its folder is the root: the runs folder stands there. Without one, the root is the experiment file’s own folder.',
  },
];

export function configPage({ configSchema }) {
  const told = new Map();
  const sections = pages.map(({ kind, title, text }) => {
    const ending = title.split(':')[0];
    return `## ${title}\n\n${text}\n\n${tables(configSchema(kind), { told, ending }).join('\n\n')}`;
  });
  return `# Config files

Written by \`node scripts/docs.mjs\` from the schemas in \`src/config/\`; the same schemas check the files, and complete and explain
them in the editor. All are JSON with comments and trailing commas. A key in **bold** must be given.

${sections.join('\n\n')}
`;
}

/** The table of an object, and below it the forms of every value in it that has several. */
function tables(schema, page) {
  const rows = [];
  const further = [];
  collect(schema, '', rows, further, page);
  return [...(rows.length > 0 ? [table(rows)] : []), ...further];
}

function collect(schema, prefix, rows, further, page) {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (key === '$schema') continue;
    const path = `${prefix}${key}`;
    const required = (schema.required ?? []).includes(key) && value.default === undefined;
    const forms = value.oneOf ?? value.items?.oneOf;
    rows.push([
      required ? `**\`${path}\`**` : `\`${path}\``,
      typeOf(value),
      usual(value),
      value.description ?? '',
    ]);
    if (forms) further.push(formsOf(path, value, forms, page));
    else if (value.properties) collect(value, `${path}.`, rows, further, page);
  }
}

/** What all forms have in common once, then each form with the rest; what another file has too is told there. */
function formsOf(path, value, forms, page) {
  const one = value.items ? `each entry of \`${path}\`` : `\`${path}\``;
  const heading = `### ${page.ending}, ${one}`;
  const text = JSON.stringify(forms);
  const before = page.told.get(text);
  page.told.set(text, before ?? page.ending);
  if (before) return `${heading}\n\nAs in ${before}.`;

  const kind = Object.keys(forms[0].properties).find((key) => forms[0].properties[key].const !== undefined);
  const same = (key) =>
    forms.every((f) => JSON.stringify(f.properties[key]) === JSON.stringify(forms[0].properties[key]));
  const [common, own] = [(key) => key !== kind && same(key), (key) => key !== kind && !same(key)];
  const each = forms.map((form) => {
    const { const: name, description } = form.properties[kind];
    const title = `**\`"${kind}": "${name}"\`** ${description ?? ''}`;
    return [title, ...tables(only(form, own), page)].join('\n\n');
  });
  const shared = tables(only(forms[0], common), page);
  return [heading, ...shared, `\`${kind}\` says which form it has.`, ...each].join('\n\n');
}

const only = (schema, wanted) => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties).filter(([key]) => wanted(key))),
});

export function table(rows) {
  const lines = rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return ['| key | type | default | meaning |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

export function usual({ default: value }) {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text === '{}' ? 'see below' : `\`${text}\``;
}

export function typeOf(schema) {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((v) => `\`${JSON.stringify(v)}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.oneOf) return 'an object, below';
  if (Array.isArray(schema.type)) return schema.type.map((type) => words[type] ?? type).join(' or ');
  if (schema.type === 'array') {
    if (schema.items?.oneOf) return 'a list of objects, below';
    if (schema.prefixItems)
      return `a list of ${schema.prefixItems.length} (${typeOf(schema.prefixItems[0])})`;
    return `a list (${typeOf(schema.items ?? {})})`;
  }
  return `${words[schema.type] ?? schema.type}${range(schema)}`;
}

const words = { integer: 'whole number', string: 'text', boolean: 'true or false' };

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }) {
  const bounds = [
    minimum === undefined ? null : `≥ ${minimum}`,
    exclusiveMinimum === undefined ? null : `> ${exclusiveMinimum}`,
    maximum === undefined ? null : `≤ ${maximum}`,
    exclusiveMaximum === undefined ? null : `< ${exclusiveMaximum}`,
  ].filter((bound) => bound !== null);
  return bounds.length > 0 ? `, ${bounds.join(', ')}` : '';
}
