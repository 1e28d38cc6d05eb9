import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Laboratory, LaboratoryExample } from '../../../src/results/laboratory/laboratory';
import { collectSummary } from '../../../src/runs/collect';
import { LaboratoryReader } from '../../../src/runs/laboratory/reader';
import { prepare } from '../../../src/runs/prepare';
import { buildPrograms, Stage } from '../runner/stage';
import { type } from './terminal';
import { inProcess } from '../../fixtures/inProcess';

let programs: string;
let stage: Stage;
beforeAll(async () => {
  programs = await buildPrograms({ cli: 'src/cli/main.ts' });
  stage = new Stage(programs);
  const hinton = (temperature: number) => ({ method: 'hinton', temperature, alpha: 0.9 });
  stage.experiment('lab', {
    arms: [hinton(2), hinton(8), { method: 'logitMatching', alpha: 0.9 }],
    seeds: 4,
  });
  await stage.run({}, 'lab');
});
afterAll(async () => {
  await stage.close();
  rmSync(programs, { recursive: true });
});
const temperature = (...args: string[]) =>
  type(programs, stage, 'temperature', 'lab.distill.json', ...args).ended;

describe('temperature', () => {
  it('says what to take, what T does, and every setting that was tried', async () => {
    const { code, stdout } = await temperature();
    expect(code).toBe(0);
    expect(stdout).toMatch(/T \d, α 0\.9: [+−]?\d/);
    expect(stdout).toContain('on validation data');
    expect(stdout).toMatch(/^ *100 +\S+ \(/m);
    expect(stdout).toMatch(/^T 2, α 0\.9 +9\d/m);
    expect(stdout).toContain('Agreement with the student of logit matching: T 2 100.0');
  });

  it('prints as JSON what the page and the report are made of', async () => {
    const printed = JSON.parse((await temperature('--json')).stdout) as Laboratory;
    const summary = await collectSummary(await prepare(`${stage.root}/lab.distill.json`, inProcess));
    const read = await new LaboratoryReader().read(summary);
    expect(printed).toEqual({ ...(JSON.parse(JSON.stringify(read)) as Laboratory), example: null });
    expect(printed.cells.cells.map(({ values }) => values['temperature'])).toEqual([2, 8]);
    expect(printed.measured?.examples.used).toBe(printed.measured?.examples.of);
  });

  it('looks at another arm and seed where it is asked to', async () => {
    const { stdout } = await temperature('--arm', 'scratch', '--seed', '2');
    expect(stdout).toContain('Scratch, seed 2, on validation data');
    const { code, stderr } = await temperature('--arm', 'nobody');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no arm nobody. There are: scratch, ');
    expect((await temperature('--seed', '9')).stderr).toContain('has finished seeds 0, 1, 2, 3, not 9');
  });

  it('softens the answers to a row, and says where none were kept', async () => {
    const { stderr } = await temperature('--row', '99999');
    expect(stderr).toContain('There is no row 99999. The data have rows 0 to 1,796.');
    const rows = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((row) => temperature('--row', String(row), '--json')),
    );
    const kept = rows
      .filter(({ code }) => code === 0)
      .map(({ stdout }) => (JSON.parse(stdout) as { example: LaboratoryExample }).example);
    const refused = rows.filter(({ code }) => code !== 0);
    expect(kept.length * refused.length).toBeGreaterThan(0);
    for (const { stderr: why } of refused)
      expect(why).toMatch(/Row \d is in the training part.*nearest validation example is row \d/);
    const [{ row, student, part } = { row: 0, student: [], part: '' }] = kept;
    expect(['validation', 'test']).toContain(part);
    const { stdout } = await temperature('--row', String(row), '--at', '4');
    expect(stdout).toContain(`Row ${row}, a ${part} example of class`);
    const powers = student.map((z) => Math.exp(z / 4));
    const most = (100 * Math.max(...powers)) / powers.reduce((a, b) => a + b);
    expect(stdout).toContain(`${most.toFixed(1)}\u202f%`);
  });

  it.each([
    [['--at', '0'], 'Expected a number above 0'],
    [['--row', '-1'], 'Expected a whole number'],
  ])('%j is refused', async (args, why) => {
    const { code, stderr } = await temperature(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  it('says what to do before anything has finished', async () => {
    stage.experiment('fresh');
    const { code, stderr } = await type(programs, stage, 'temperature', 'fresh.distill.json').ended;
    expect(code).toBe(1);
    expect(stderr).toContain(
      'No student of fresh has finished yet. Run the experiment first: distillery run fresh.distill.json',
    );
  });
});
