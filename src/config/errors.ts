/** A value that mends the config: where it belongs in the file, and what it is. */
export interface SuggestedSetting {
  path: (string | number)[];
  value: unknown;
}

/** A sentence for a person: what is wrong, where, what was expected, what to do. Everything else that is thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What an editor can offer to write into the experiment file. */
  readonly setting: SuggestedSetting | undefined;

  constructor(message: string, options: ErrorOptions & { setting?: SuggestedSetting | undefined } = {}) {
    super(message, options);
    this.setting = options.setting;
  }
}
