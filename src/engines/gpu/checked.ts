import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import type { TensorFlow } from '../../methods/method';
import { cases } from '../gradients/cases';
import { wrongOperations } from '../gradients/check';
import { engineFolder } from '../storage';

/**
 * Runs the gradient suite once per driver, version and suite; the result is kept in the storage folder.
 *
 * @throws UserError if the driver computes an operation wrongly
 */
export async function checkGradients(tf: TensorFlow, numerics: Numerics): Promise<void> {
  const suite = Object.keys(cases);
  const key = createHash('sha256')
    .update(JSON.stringify([numerics, suite]))
    .digest('hex');
  const file = join(engineFolder('gpu'), 'checked', `${key}.json`);
  let wrong = remembered(file);
  if (wrong === null) {
    wrong = await wrongOperations(tf, cases);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ numerics, wrong }, null, 2));
  }
  if (wrong.length > 0)
    throw new UserError(
      `${numerics.variant} computes ${wrong.length} of ${suite.length} operations wrongly (${wrong.slice(0, 3).join('; ')}), so it is not used. All of them stand in ${file}; after an update of the driver, distillery setup gpu tries again.`,
    );
}

function remembered(file: string): string[] | null {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { wrong: string[] }).wrong : null;
  } catch {
    return null;
  }
}
