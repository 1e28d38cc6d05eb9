// Writes events and checkpoints as fast as it can, until it is killed.
import { pruneCheckpoints, writeCheckpoint } from '../../../../src/runs/checkpoint';
import { openEvents } from '../../../../src/runs/events';

const folder = process.argv[2]!;
const events = openEvents(folder);
const time = Date.now();
process.send!('ready');
for (let step = 1; ; step++) {
  const losses = { student: step / 3, distillation: step / 7 };
  events.write({
    event: 'step',
    time,
    step,
    epoch: step / 10,
    learningRate: 0.1,
    raw: losses,
    weighted: losses,
    total: step,
  });
  if (step % 20 !== 0) continue;
  const file = writeCheckpoint(folder, {
    step,
    selected: step % 40 === 0,
    state: { step },
    arrays: [{ name: 'w', shape: [100, 50], data: new Float32Array(5000).fill(step) }],
  });
  events.write({ event: 'checkpoint', time, step, file, selected: step % 40 === 0 });
  pruneCheckpoints(folder);
}
