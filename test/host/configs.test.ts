import { strict as assert } from 'node:assert';
import {
  commands,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type CodeAction,
  type CodeLens,
  type Hover,
  type TextDocument,
} from 'vscode';
import { plantExperiment } from '../fixtures/runFolders';
import { activated, cleanWorkspace, folder, until } from './support';

/** Diagnostics of Distillery, without those of the editor’s schema check. */
const ours = (uri: Uri) => languages.getDiagnostics(uri).filter(({ source }) => source === 'Distillery');

function placeOf(document: TextDocument, text: string): Range {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in ${document.fileName}`);
  return new Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, placeOf(document, before), after);
  assert.ok(await workspace.applyEdit(edit));
}

describe('config files in the editor', () => {
  let document: TextDocument;
  beforeEach(async () => {
    await cleanWorkspace();
    const file = plantExperiment(folder());
    const { store } = await activated();
    await store.refresh();
    document = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(document);
  });

  it('underline a misspelt key before the file is saved, and the fix corrects it', async () => {
    await replace(document, '"temperature": 4', '"temperatur": 4');
    const found = await until('the key is underlined', () =>
      ours(document.uri).find(({ message }) => message.includes('temperatur')),
    );
    assert.equal(document.getText(found.range), '"temperatur"');
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const fix = actions.find(({ edit, title }) => edit && title.includes('temperature'));
    assert.ok(fix?.edit, `no fix among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes('"temperature": 4'));
    await until('the underline is gone', () => ours(document.uri).length === 0);
  });

  it('underline an invalid value in the file that has it', async () => {
    await replace(document, '"temperature": 4', '"temperature": 0');
    const found = await until('the value is underlined', () =>
      ours(document.uri).find(({ message }) => message.includes('temperature above 0')),
    );
    assert.equal(document.getText(found.range), '0');
  });

  it('show the number of trainings above the experiment', async () => {
    const titles = await until('the lens counts', async () => {
      const lenses = await commands.executeCommand<CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      const all = lenses.map(({ command }) => command?.title ?? '');
      return all.some((title) => /Run · \d+ trainings/.test(title)) && all;
    });
    assert.ok(
      titles.some((title) => title.includes('about')),
      titles.join(),
    );
  });

  it('show the parameters above the student', async () => {
    const student = Uri.joinPath(document.uri, '..', 'mlp-16.student.json');
    await workspace.openTextDocument(student);
    await until('the lens says 1,210 parameters', async () => {
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', student);
      return lenses.some(({ command }) => command?.title.includes('1,210'));
    });
  });

  it('show in a hover the weights that alpha gives', async () => {
    const at = placeOf(document, '"alpha": 0.9').start.translate(0, 2);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const text = hovers
      .flatMap(({ contents }) => contents.map((c) => (typeof c === 'string' ? c : c.value)))
      .join();
    assert.match(text, /distillationWeight 0\.9/);
    assert.match(text, /studentWeight 0\.1/);
  });

  it('complete with the packaged schema', async () => {
    const at = placeOf(document, '"seeds"').start;
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(at.line, 0), '  "min": 1,\n');
    assert.ok(await workspace.applyEdit(edit));
    await until('ours speaks of it', () => ours(document.uri).some(({ message }) => message.includes('min')));
    await until('the editor’s own check knows the schema too', () =>
      languages.getDiagnostics(document.uri).some(({ source }) => source !== 'Distillery'),
    );
  });
});
