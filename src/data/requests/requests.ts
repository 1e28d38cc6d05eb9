import { describe } from './describe';
import { hashFiles } from './hashFiles';
import { pictures } from './pictures';
import { row } from './row';

/** Requests about files of a workspace. Question and answer are sent between processes as JSON. */
export const requests = { describe, hashFiles, pictures, row };
