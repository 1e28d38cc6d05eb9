import type { LayersModel } from '@tensorflow/tfjs-layers';

type Layer = LayersModel['layers'][number];

/** Each weight of a kernel is used once at every place of the output. */
const SLIDING = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'DepthwiseConv2D', 'SeparableConv2D'];
/** A scale and a shift, which whoever deploys a network folds into the layer before. */
const NORMALIZING = ['BatchNormalization', 'LayerNormalization'];

/**
 * Multiply–adds of one example forward, from the layers that a model has when it is loaded; those that have no weights
 * count nothing.
 *
 * @returns null where a layer with weights is of a kind for which it is not known, or is used in several places
 */
export function multiplyAdds({ layers }: Pick<LayersModel, 'layers'>): number | null {
  const each = layers.map(ofLayer);
  return each.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function ofLayer(layer: Layer): number | null {
  const kind = layer.getClassName();
  if (layer.weights.length === 0 || NORMALIZING.includes(kind)) return 0;
  if (!SLIDING.includes(kind) || layer.inboundNodes.length !== 1) return null;
  const places = product((layer.outputShape as number[]).slice(1, -1));
  const kernels = layer.weights.filter(({ originalName }) => originalName.endsWith('kernel'));
  return places * kernels.reduce((sum, { shape }) => sum + product(shape as number[]), 0);
}

const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
