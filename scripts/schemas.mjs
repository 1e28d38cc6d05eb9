// Writes schemas/*.schema.json: for completion and hovers in the editor, and for other programs that write run folders.
import { importTypeScript, writeOrCheck } from './lib/derived.mjs';

const { publishedSchemas } = await importTypeScript(`export { publishedSchemas } from './src/runs/schemas';`);
const files = Object.entries(publishedSchemas()).map(([name, schema]) => [
  `schemas/${name}.schema.json`,
  `${JSON.stringify(schema, null, 2)}\n`,
]);
await writeOrCheck(Object.fromEntries(files), 'node scripts/schemas.mjs');
