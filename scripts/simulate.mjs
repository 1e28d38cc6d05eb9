// `npm run simulate`: how often the intervals contain a known gain, in simulated populations of seeds and test examples
// (test/simulation/), written into docs/statistics.md. `-- --draws 1000` is faster and less precise.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importTypeScript, pretty } from './lib/derived.mjs';
import { root } from './lib/setup.mjs';

const { coverage, worlds, trueAccuracy, trueGain } = await importTypeScript(`
  export { coverage } from './test/simulation/coverage';
  export { worlds, trueAccuracy, trueGain } from './test/simulation/world';
`);
const { values } = parseArgs({ options: { draws: { type: 'string', default: '10000' } } });
const draws = Number(values.draws);
const bootstraps = Math.ceil(draws / 10);
const RESAMPLES = 1000;
const PAGE = 'docs/statistics.md';

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`;
/** @param {(string | number)[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |`;

/** @param {string} name @param {string[]} lines */
const block =
  (name, lines) =>
  /** @param {string} page */
  (page) =>
    page.replace(new RegExp(`(<!-- ${name}: npm run simulate -->)[^]*?(<!-- end -->)`), (_, start, end) =>
      [start, '', ...lines, '', end].join('\n'),
    );

const heads = [
  'population',
  'seeds',
  'examples',
  'two-way (the rule)',
  't over seeds',
  'bootstrap',
  'width, pp',
];
const main = [row(heads), row(heads.map(() => '---'))];
const twoWay = [];
for (const world of worlds)
  for (const examples of [300, 3000])
    for (const seeds of [5, 10]) {
      const of = coverage(world, { seeds, examples }, { draws, bootstraps, resamples: RESAMPLES });
      twoWay.push(of.twoWay);
      const shares = [of.twoWay, of.seedsAlone, of.bootstrap].map(percent);
      main.push(row([world.title, seeds, examples, ...shares, (100 * of.width).toFixed(1)]));
      console.log(main.at(-1));
    }
const inside = twoWay.filter((share) => share >= 0.94 && share <= 0.96).length;
const error = percent(Math.sqrt((0.95 * 0.05) / draws));
main.push(
  '',
  `The rule’s interval is within 94–96 % in ${inside} of ${twoWay.length}; from ${percent(Math.min(...twoWay))} to ${percent(Math.max(...twoWay))}. ` +
    `${draws.toLocaleString('en')} experiments a row (a standard error of ${error}); the bootstrap’s share is of the first ` +
    `${bootstraps.toLocaleString('en')}, with ${RESAMPLES.toLocaleString('en')} resamples. True accuracies of scratch and gains: ` +
    `${worlds.map((world) => `${world.title}, ${percent(trueAccuracy(world, world.scratch))} and ${(100 * trueGain(world)).toFixed(1)} pp`).join('; ')}.`,
);

const sizes = [10, 20, 30, 50, 100];
const small = [
  row(['population', 'seeds', ...sizes.map((n) => `${n} examples`)]),
  row(['---', '---', ...sizes.map(() => '---')]),
];
for (const world of [worlds[1], worlds[3]])
  for (const seeds of [5, 10]) {
    const of = sizes.map((examples) =>
      coverage(world, { seeds, examples }, { draws, bootstraps: 0, resamples: 0 }),
    );
    small.push(row([world.title, seeds, ...of.map((one) => percent(one.twoWay))]));
    console.log(small.at(-1));
  }

const page = await readFile(join(root, PAGE), 'utf8');
const written = [block('coverage', main), block('small test sets', small)].reduce(
  (text, put) => put(text),
  page,
);
await writeFile(join(root, PAGE), await pretty(PAGE, written));
console.log(`wrote ${PAGE}`);
