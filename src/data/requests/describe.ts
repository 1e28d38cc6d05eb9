import type { DataConfig } from '../../config/data';
import type { DataFacts } from '../../config/facts';
import { describeData } from '../load';

/** What checks and plans need to know of a data set. Paths in `config` are relative to `folder`. */
export const describe = ({ config, folder }: { config: DataConfig; folder: string }): Promise<DataFacts> =>
  describeData(config, folder);
