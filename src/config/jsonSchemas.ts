import { z } from 'zod';
import { methods } from '../methods/catalogue';
import { schemas, type ConfigKind } from './kinds';

export type JsonSchema = Record<string, unknown>;

const titles: Record<ConfigKind, string> = {
  teacher: 'Distillery: a teacher',
  student: 'Distillery: a student',
  experiment: 'Distillery: an experiment',
  settings: 'Distillery: what editor and command line share',
};

/**
 * The schema of a config file as somebody writes it: what has a default may be left out. `allowComments`,
 * `allowTrailingCommas` and `defaultSnippets` are what VS Code understands beyond JSON schema.
 */
export function configSchema(kind: ConfigKind): JsonSchema {
  const { $schema, properties, ...rest } = z.toJSONSchema(schemas[kind], {
    io: 'input',
    override: unbounded,
  });
  const all = { ...properties } as Record<string, JsonSchema>;
  if (all['arms'])
    all['arms'] = { ...all['arms'], items: { ...(all['arms']['items'] as object), ...armSnippets() } };
  return {
    $schema,
    title: titles[kind],
    allowComments: true,
    allowTrailingCommas: true,
    ...rest,
    properties: all,
  };
}

/** The schema of a file that programs write and read, as one writes it: what has a default may be left out. */
export function recordSchema(schema: z.ZodType, title: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', override: unbounded });
  return { $schema, title, ...rest };
}

/** What completion offers for a new arm: each method with its numbers. */
const armSnippets = () => ({
  defaultSnippets: methods.map((method) => {
    const usual = method.parameters.parse({}) as Record<string, unknown>;
    const numbers = Object.entries(usual).filter(([, value]) => typeof value === 'number');
    const weight = 'alpha' in method.parameters.shape ? { alpha: 0.9 } : {};
    const body = { method: method.id, ...Object.fromEntries(numbers), ...weight };
    return { label: method.title, description: method.summary, body };
  }),
});

/** That a whole number is one a computer can hold need not be said. */
function unbounded({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
