import { z } from 'zod';
import { methods } from '../../methods/catalogue';
import type { Method } from '../../methods/method';
import { EXIT, type RegisterCommand } from '../command';
import { print, printJson } from '../output';

export const methodsCommand: RegisterCommand = (program, end) => {
  program
    .command('methods')
    .description('Lists the distillation methods that an arm of an experiment can use.')
    .option('--json', 'a list with id, title, summary, citation and parameters')
    .addHelpText('after', '\nExample:\n  distillery methods --json | jq ".[].id"')
    .action(({ json }: { json?: true }) => {
      if (json) printJson(methods.map(describe));
      else print(...methods.flatMap(lines));
      end(EXIT.done);
    });
};

interface Parameter {
  name: string;
  description: string;
  /** Absent if the method has none; then the description explains its absence. */
  default?: unknown;
  schema: Record<string, unknown>;
}

function describe({ id, title, summary, citation, parameters }: Method) {
  return { id, title, summary, citation, parameters: parametersOf(parameters) };
}

/** Derived from the schema of the method. */
function parametersOf(parameters: Method['parameters']): Parameter[] {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', default: value, ...schema } = typeof property === 'object' ? property : {};
    return { name, description, ...(value === undefined ? {} : { default: value }), schema };
  });
}

function lines(method: Method): string[] {
  const parameters = parametersOf(method.parameters).map(({ name, description, default: value }) => {
    const usual = value === undefined ? '' : ` [${JSON.stringify(value)}]`;
    return `    ${name}${usual}: ${description}`;
  });
  return [`${method.id}: ${method.title}`, `  ${method.summary}`, `  ${method.citation}`, ...parameters, ''];
}
