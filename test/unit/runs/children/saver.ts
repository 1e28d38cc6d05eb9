// Writes a file whole again and again, in three ways, until it is killed.
import { join } from 'node:path';
import { writeAtomic, writeParts } from '../../../../src/runs/atomic';
import { acquireLease } from '../../../../src/runs/lease';
import { runFiles } from '../../../../src/runs/layout';

const folder = process.argv[2]!;
const block = new Uint8Array(1 << 16);

async function* blocks() {
  for (let i = 0; i < 64; i++) {
    yield block;
    await new Promise(setImmediate);
  }
}

void acquireLease(runFiles(folder).lease, 1).then(async () => {
  process.send!('ready');
  for (;;) {
    writeAtomic(join(folder, 'checkpoints', '1.ckpt'), block);
    await writeParts(join(folder, 'cache', 'targets.npy'), blocks());
  }
});
