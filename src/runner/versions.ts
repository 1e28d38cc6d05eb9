import { dependencies, version } from '../../package.json';

/** What stands as versions in every run.json. */
export const versions = { distillery: version, tensorflow: dependencies['@tensorflow/tfjs-core'] };
