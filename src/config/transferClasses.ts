import { z } from 'zod';

const names = (what: string) => z.array(z.string()).min(1).optional().describe(what);

/** Which classes a transfer set holds (Hinton, Vinyals, Dean 2015, §3: a transfer set without 3s, one of 7s and 8s). */
export const transferClassesSchema = z
  .strictObject({
    only: names('Classes whose examples are kept.'),
    without: names('Classes whose examples are left out.'),
  })
  .refine(({ only, without }) => (only === undefined) !== (without === undefined), {
    message: 'Give exactly one of only and without.',
  });

export type TransferClasses = z.output<typeof transferClassesSchema>;

/** Names of the classes that are kept, in the data's order. */
export function keptClasses({ only, without = [] }: TransferClasses, classes: readonly string[]): string[] {
  return classes.filter((name) => (only === undefined ? !without.includes(name) : only.includes(name)));
}

/** As shown in the title of an arm: "without 3", "only 7, 8". */
export const transferClassesTitle = ({ only, without }: TransferClasses): string =>
  only === undefined ? `without ${(without ?? []).join(', ')}` : `only ${only.join(', ')}`;
