// Takes a lease and keeps it until it is killed.
import { acquireLease } from '../../../../src/runs/lease';

void acquireLease(process.argv[2]!, 1).then(() => {
  process.send!('ready');
  setInterval(() => undefined, 1000);
});
