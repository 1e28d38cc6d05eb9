import { parseArgs } from 'node:util';
import { workloads } from './workloads';

/** What else is measured than steps side by side. */
export const SECTIONS = [
  'start',
  'training',
  'population',
  'sweep',
  'cache',
  'simd',
  'package',
  'growth',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Options {
  workloads: string[];
  sections: Section[];
  /** Contenders; null for the usual ones. */
  contenders: string[] | null;
  repeats: number;
  blockMs: number;
  quick: boolean;
  write: boolean;
  /** Keep the figures of the last time for what is not measured now. */
  add: boolean;
  setup: boolean;
  /** The page from what was measured before. */
  page: boolean;
  help: boolean;
}

export const HELP = `npm run bench                 everything: steps side by side, start, memory, growth
npm run bench -- page         docs/performance.md from the figures of the last time
npm run bench -- setup        brings PyTorch, Keras and torchdistill (Python 3 with pip; 7 GB on Linux)

  --only <list>     of ${workloads.map(({ id }) => id).join(', ')};
                    and of ${SECTIONS.join(', ')}
  --with <list>     of native, native-2x, native-xla, portable, portable-1x, native-eager, plain, stock-node, stock-wasm,
                    torch-fused, torch, keras, torchdistill
  --repeats <n>     blocks of each contender, at least 5 for figures that are to be shown (7)
  --quick           2 short repeats and no curves: does it work?
  --write           docs/performance.md from what was measured
  --add             keep the figures of the last time for what is not measured now
Figures go to test-results/bench.json as well.
`;

/** @throws Error with a sentence */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      with: { type: 'string' },
      repeats: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      add: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const strange = positionals.find((word) => word !== 'setup' && word !== 'page');
  if (strange !== undefined) throw new Error(`"${strange}" is nothing that the bench does. See --help.`);
  const ids = workloads.map(({ id }) => id);
  const asked = listOf(values.only, [...ids, ...SECTIONS], 'only');
  const { quick } = values;
  const sections = SECTIONS.filter((section) => (asked ? asked.includes(section) : !quick));
  const repeats = Number(values.repeats ?? (quick ? 2 : 7));
  if (!Number.isInteger(repeats) || repeats < 1) throw new Error('--repeats is a whole number, e.g. 7.');
  return {
    workloads: ids.filter((id) => asked?.includes(id) ?? true),
    sections,
    contenders: listOf(values.with, null, 'with'),
    repeats,
    blockMs: quick ? 200 : 1000,
    quick,
    write: values.write,
    add: values.add,
    setup: positionals.includes('setup'),
    page: positionals.includes('page'),
    help: values.help,
  };
}

function listOf(text: string | undefined, known: string[] | null, option: string): string[] | null {
  const words = text?.split(',').map((word) => word.trim()) ?? null;
  const unknown = known && words?.find((word) => !known.includes(word));
  if (unknown) throw new Error(`--${option} knows no "${unknown}". There are ${known.join(', ')}.`);
  return words;
}
