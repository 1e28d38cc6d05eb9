/**
 * The floors of docs/architecture.md: a room may import the floors below it, never its own floor or one above.
 * Rooms on one line share a floor and do not know each other.
 */
const floors = [
  ['methods', 'tasks'],
  ['config'],
  ['engines', 'data', 'results'],
  ['models', 'runs'],
  ['trainer', 'runner'],
  ['host', 'cli'],
];

const downwardOnly = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `${room}-imports-downward`,
    comment: `src/${room} is on floor ${floor + 1}: it may import lower floors only.`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: `^(webview/|src/(${floors
        .slice(floor)
        .flat()
        .filter((other) => other !== room)
        .join('|')})/)`,
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downwardOnly,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'vscode-only-in-host',
      comment: 'Everything else runs without an editor too.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/host/' },
      to: { path: '^(vscode$|node_modules/@types/vscode/)' },
    },
    {
      name: 'tensorflow-values-only-where-tensors-live',
      comment: 'The extension host never loads TensorFlow.js; a type may be imported anywhere.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/(engines|models|trainer)/' },
      to: { path: '^(@tensorflow/|node_modules/@tensorflow/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tensors-in-the-editor',
      comment: 'Host, command line and runner start trainers; they do not load what trains.',
      severity: 'error',
      from: { path: '^src/(host|cli|runner|runs)/' },
      to: {
        path: '^src/(models|trainer|engines)/',
        pathNot: '^src/engines/(engine|select|storage|nativePlace|gpuPlace|threads)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'messages-know-results-only',
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
      name: 'webview-knows-messages-and-numbers',
      comment:
        'What the page may share with the rest is pure: messages, formats, the mathematics of temperature, the types of what is known by class.',
      severity: 'error',
      from: { path: '^webview/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(messages|own|escapeMarkup|sampleStatistics|results/(summary|format|sweepText|temperature|(laboratory|classes)/[a-zA-Z]+))\\.ts$',
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
