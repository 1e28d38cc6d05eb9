import { describe } from './describe';
import { hashFiles } from './hashFiles';
import { pictures } from './pictures';
import { row } from './row';

/** What can be asked of files that a workspace names. Question and answer travel between processes as JSON. */
export const requests = { describe, hashFiles, pictures, row };
