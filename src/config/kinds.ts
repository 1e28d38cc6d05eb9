import { basename } from 'node:path';
import { experimentSchema, type ExperimentConfig } from './experiment';
import { studentSchema, teacherSchema, type StudentConfig, type TeacherConfig } from './network';
import { settingsSchema, type Settings } from './settings';

/** The value of each kind of config file. */
export interface ConfigValues {
  teacher: TeacherConfig;
  student: StudentConfig;
  experiment: ExperimentConfig;
  settings: Settings;
}
export type ConfigKind = keyof ConfigValues;

/** File name endings of each kind; for `settings` the whole name. */
export const endings = {
  teacher: '.teacher.json',
  student: '.student.json',
  experiment: '.distill.json',
  settings: 'distillery.json',
} as const satisfies Record<ConfigKind, string>;

export const schemas = {
  teacher: teacherSchema,
  student: studentSchema,
  experiment: experimentSchema,
  settings: settingsSchema,
} as const;

/** The kind of a config file by its name; null for other files. */
export function configKind(file: string): ConfigKind | null {
  const name = basename(file);
  if (name === endings.settings) return 'settings';
  return (['teacher', 'student', 'experiment'] as const).find((kind) => name.endsWith(endings[kind])) ?? null;
}

/** A config file's name without folder and ending, as shown on screen and used in the runs folder. */
export function configName(file: string): string {
  const kind = configKind(file);
  return kind === null || kind === 'settings' ? basename(file) : basename(file, endings[kind]);
}
