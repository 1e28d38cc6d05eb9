import type { DataConfig } from '../../config/data';
import type { DataFacts } from '../../config/facts';
import { describeData } from '../load';

/** The facts about a data set that checks and plans need. Paths in `config` are relative to `folder`. */
export const describe = ({ config, folder }: { config: DataConfig; folder: string }): Promise<DataFacts> =>
  describeData(config, folder);
