import type { LayersModel } from '@tensorflow/tfjs-layers';

type Layer = LayersModel['layers'][number];

/** Each kernel weight is used once per output position. */
const SLIDING = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'DepthwiseConv2D', 'SeparableConv2D'];
/** A scale and a shift, which are merged into the previous layer for deployment. */
const NORMALIZING = ['BatchNormalization', 'LayerNormalization'];

/**
 * Multiply–adds of a forward pass of one example, from the layers of a loaded model; layers without weights count 0.
 *
 * @returns null if a layer with weights is of an unknown type or is shared
 */
export function multiplyAdds({ layers }: Pick<LayersModel, 'layers'>): number | null {
  const each = layers.map(ofLayer);
  return each.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function ofLayer(layer: Layer): number | null {
  const kind = layer.getClassName();
  if (layer.weights.length === 0 || NORMALIZING.includes(kind)) return 0;
  if (!SLIDING.includes(kind) || layer.inboundNodes.length !== 1) return null;
  const positions = product((layer.outputShape as number[]).slice(1, -1));
  const kernels = layer.weights.filter(({ originalName }) => originalName.endsWith('kernel'));
  return positions * kernels.reduce((sum, { shape }) => sum + product(shape as number[]), 0);
}

const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
