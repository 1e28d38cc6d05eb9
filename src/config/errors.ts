/** A sentence for a person: what is wrong, where, what was expected, what to do. Everything else that is thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
