import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allContenders } from './contenders';
import { sideBySide } from './sideBySide';
import { workloads, writeWorkload } from './workloads';

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-bench-'));
  for (const w of workloads) writeWorkload(folder, w);
  const only = process.argv[2]?.split(',');
  const withs = process.argv[3]?.split(',');
  for (const w of workloads.filter((w) => !only || only.includes(w.id))) {
    process.stdout.write(w.title + '\n');
    const rows = await sideBySide(w, allContenders(folder).filter((c) => withs ? withs.includes(c.id) : c.usual), { repeats: 3, blockMs: 300 }, (s) => process.stdout.write(s + '\n'));
    for (const r of rows) process.stdout.write(`${r.contender} ${JSON.stringify(r)}\n`);
  }
  rmSync(folder, { recursive: true });
}
void main();
