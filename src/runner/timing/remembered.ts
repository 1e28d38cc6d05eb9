import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Numerics } from '../../config/numerics';
import { storageFolder } from '../../engines/storage';
import { writeJson } from '../../runs/atomic';
import { sha256 } from '../../runs/identity';
import { own } from '../../own';

const timesSchema = z.record(z.string(), z.object({ startSeconds: z.number(), stepSeconds: z.number() }));
export type StepTimes = z.output<typeof timesSchema>[string];

/** Earlier timings of this machine, in the storage folder; an unreadable file is ignored. */
export class RememberedTimes {
  private readonly file: string;
  private times: z.output<typeof timesSchema>;

  constructor(storage = storageFolder()) {
    this.file = join(storage, 'times.json');
    this.times = read(this.file);
  }

  /** @param load key of a load */
  get(numerics: Numerics, load: string): StepTimes | undefined {
    return own(this.times, keyOf(numerics, load));
  }

  /** @throws UserError where the folder cannot be written */
  add(numerics: Numerics, load: string, times: StepTimes): void {
    this.times = { ...this.times, [keyOf(numerics, load)]: times };
    writeJson(this.file, { ...read(this.file), ...this.times });
  }
}

function keyOf(numerics: Numerics, load: string): string {
  const [cpu] = cpus();
  return sha256({ cpu: cpu?.model ?? 'unknown', cores: cpus().length, numerics, load });
}

function read(file: string): z.output<typeof timesSchema> {
  try {
    return existsSync(file) ? timesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  } catch {
    return {};
  }
}
