// Takes a lease as another host would, and then computes without a pause, until it is killed.
import os from 'node:os';

const [file, host, ahead] = process.argv.slice(2);
os.hostname = () => host!;
const now = Date.now;
Date.now = () => now() + Number(ahead);

void import('../../../../src/runs/lease').then(async ({ acquireLease }) => {
  await acquireLease(file!, 1, { every: 50, silence: 500 });
  process.send!('ready', () => {
    for (;;) Math.sqrt(now());
  });
});
