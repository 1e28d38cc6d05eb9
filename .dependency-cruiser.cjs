/**
 * The layers of docs/architecture.md, lowest first: a module imports modules of lower layers only. Modules on one line share a
 * layer and do not import each other.
 */
const layers = [
  ['methods', 'tasks'],
  ['config'],
  ['engines', 'data', 'results'],
  ['models', 'runs'],
  ['trainer', 'runner'],
  ['host', 'cli'],
];

const downwardOnly = layers.flatMap((modules, layer) =>
  modules.map((module) => ({
    name: `${module}-imports-downward`,
    comment: `src/${module} is on layer ${layer + 1}: it may import lower layers only.`,
    severity: 'error',
    from: { path: `^src/${module}/` },
    to: {
      path: `^(webview/|src/(${layers
        .slice(layer)
        .flat()
        .filter((other) => other !== module)
        .join('|')})/)`,
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downwardOnly,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'vscode-only-in-host',
      comment: 'Everything else also runs without VS Code.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/host/' },
      to: { path: '^(vscode$|node_modules/@types/vscode/)' },
    },
    {
      name: 'tensorflow-values-only-in-tensor-modules',
      comment: 'The extension host never loads TensorFlow.js; types may be imported anywhere.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/(engines|models|trainer)/' },
      to: { path: '^(@tensorflow/|node_modules/@tensorflow/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tensors-in-the-editor',
      comment: 'Host, command line and runner start trainers; they do not load training code.',
      severity: 'error',
      from: { path: '^src/(host|cli|runner|runs)/' },
      to: {
        path: '^src/(models|trainer|engines)/',
        pathNot: '^src/engines/(engine|select|storage|nativePlace|gpuPlace|threads)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'messages-import-results-only',
      severity: 'error',
      from: { path: '^src/messages\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(results/|own\\.ts$)' },
    },
    {
      name: 'messages-are-for-the-panel',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(host/|messages\\.ts$)' },
      to: { path: '^src/messages\\.ts$' },
    },
    {
      name: 'webview-imports-messages-and-pure-code',
      comment:
        'The page imports pure code only: messages, formats, the temperature formulas, and the types of the Classes page.',
      severity: 'error',
      from: { path: '^webview/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(messages|own|escapeMarkup|sampleStatistics|results/(summary|format|plots|resultColumns|sweepText|temperature|(laboratory|classes)/[a-zA-Z]+))\\.ts$',
      },
    },
    {
      name: 'webview-is-a-browser',
      severity: 'error',
      from: { path: '^webview/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '@types/vscode',
      },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
    cache: false,
  },
};
