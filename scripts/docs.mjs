// Writes the derived pages of docs/: one module per page in scripts/docs/.
import { configPage } from './docs/config.mjs';
import { methodsPage } from './docs/methods.mjs';
import { importTypeScript, pretty, writeOrCheck } from './lib/derived.mjs';

/** The sources of the pages. */
const source = await importTypeScript(`
  export { configSchema } from './src/config/jsonSchemas';
  export { methods, scratchMethod } from './src/methods/catalogue';
  export { toJSONSchema } from 'zod';
`);

const pages = {
  'docs/config.md': configPage,
  'docs/methods.md': methodsPage,
};

const texts = {};
for (const [path, page] of Object.entries(pages)) texts[path] = await pretty(path, page(source));
await writeOrCheck(texts, 'node scripts/docs.mjs');
