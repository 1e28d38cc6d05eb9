import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the settings that VS Code reads from the folder itself. */
export function writeSettings(folder: string, settings: Record<string, unknown>): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
}

export interface ExperimentOptions {
  name?: string;
  /** Budget of each student. */
  steps?: number;
  seeds?: number;
  temperature?: number;
}

/** A small experiment on the digits: seconds, where the quickstart takes most of a minute. Returns its file. */
export function writeExperiment(folder: string, options: ExperimentOptions = {}): string {
  const { name = 'small', steps = 200, seeds = 1, temperature = 4 } = options;
  mkdirSync(folder, { recursive: true });
  const write = (file: string, value: unknown) => {
    const path = join(folder, file);
    writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
    return path;
  };
  const network = (units: number, training: object) => ({
    layers: [
      { type: 'dense', units, activation: 'relu' },
      { type: 'dense', units: 10 },
    ],
    training,
  });
  write('distillery.json', {});
  write(`${name}.teacher.json`, network(64, { steps: 150 }));
  write(`${name}.student.json`, network(16, { steps }));
  return write(`${name}.distill.json`, {
    data: {
      source: 'digits',
      split: { train: 1000, validation: 297, test: 500 },
      labels: { count: 100 },
    },
    teacher: `${name}.teacher.json`,
    student: `${name}.student.json`,
    arms: [{ name: 'distilled', method: 'hinton', temperature, alpha: 0.9 }],
    seeds,
  });
}
