import type { TeacherConfig } from './network';
import type { TeacherFile } from './resolved';

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
