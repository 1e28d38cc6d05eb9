import { EXIT, explainError } from './command';
import { exitOnClosedPipe, printMessage } from './output';
import { buildProgram } from './program';

exitOnClosedPipe();
buildProgram((code) => (process.exitCode = code))
  .parseAsync()
  .catch((error: unknown) => {
    const { code, text } = explainError(error);
    if (text !== null) printMessage(text);
    process.exitCode = code;
  })
  // An open handle must not keep a finished command alive; stdout is flushed first.
  .finally(() => process.stdout.write('', () => process.exit(process.exitCode ?? EXIT.done)));
