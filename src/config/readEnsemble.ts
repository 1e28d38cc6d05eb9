import { basename, dirname, resolve } from 'node:path';
import { type Diagnostic, finding, type Document, type Path } from './document';
import type { TeacherFile } from './resolved';
import type { TeacherConfig } from './network';

type Follow = (
  written: string,
  at: Path,
  from: Document,
) => { network: TeacherFile | null; diagnostics: Diagnostic[] };

/**
 * Adds the members of an ensemble, or the generalist, to a teacher. The teacher is null if a member cannot be read or
 * cannot be a member.
 */
export function withMembers(
  teacher: TeacherFile,
  document: Document,
  follow: Follow,
): { teacher: TeacherFile | null; diagnostics: Diagnostic[] } {
  const { ensemble, specialists } = teacher.config;
  if (specialists) {
    const at = ['specialists', 'generalist'];
    const { network, diagnostics } = member(document, at, specialists.generalist, follow);
    if (network?.config.model !== undefined)
      return {
        ...refused(document, at, 'is a saved model, but specialists need a generalist with layers.'),
        teacher: null,
      };
    return { teacher: network && { ...teacher, generalist: network }, diagnostics };
  }
  const wanted = ensemble?.members;
  if (ensemble === undefined || !Array.isArray(wanted))
    return { teacher: withTeacherConfig(teacher, teacher.config), diagnostics: [] };
  const place = (i: number): Path => ['ensemble', 'members', i];
  const read = wanted.map((written, i) => {
    const repeated = wanted.findIndex((other) => samePath(document, other, written));
    if (repeated < i)
      return refused(document, place(i), `is the same as member ${repeated + 1}: list each once.`);
    return member(document, place(i), written, follow);
  });
  const diagnostics = read.flatMap((one) => one.diagnostics);
  const members = read.flatMap(({ network }) => network ?? []);
  if (members.length < wanted.length) return { teacher: null, diagnostics };
  return { teacher: { ...teacher, ensemble: { average: ensemble.average, members } }, diagnostics };
}

function member(document: Document, at: Path, written: string, follow: Follow): ReturnType<Follow> {
  const { network, diagnostics } = follow(written, at, document);
  const problem = network && problemOf(network);
  return problem ? refused(document, at, problem) : { network, diagnostics };
}

function problemOf({ config }: TeacherFile): string | null {
  if (config.ensemble) return 'is an ensemble itself: list its members here instead.';
  if (config.specialists) return 'has specialists: use a teacher that is a single network.';
  if (config.perSeed)
    return 'is trained once for each seed, but an ensemble is one teacher for all seeds: remove perSeed from it.';
  return null;
}

const refused = (document: Document, at: Path, why: string) => ({
  network: null,
  diagnostics: [
    finding(document, at, { code: 'bad-member', message: `${basename(document.file)}: this member ${why}` }),
  ],
});

const samePath = (document: Document, a: string, b: string) =>
  resolve(dirname(document.file), a) === resolve(dirname(document.file), b);

/**
 * A teacher with another config. If `members` is a number, the members get this config with consecutive seeds; members that
 * are files are kept.
 */
export function withTeacherConfig(teacher: TeacherFile, config: TeacherConfig): TeacherFile {
  const { ensemble: before, ...file } = teacher;
  const { ensemble, ...alone } = config;
  if (ensemble === undefined) return { ...file, config };
  const { average, members: wanted } = ensemble;
  const members =
    typeof wanted === 'number'
      ? Array.from({ length: wanted }, (_, i): TeacherFile => {
          return { ...file, config: { ...alone, seed: alone.seed + i } };
        })
      : (before?.members ?? []);
  return { ...file, config, ensemble: { average, members } };
}
