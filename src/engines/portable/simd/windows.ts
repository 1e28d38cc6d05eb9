import type { backend_util } from '@tensorflow/tfjs-core';
import type { Address, Module } from '../module';

type Conv2DInfo = backend_util.Conv2DInfo;

/** Encodes the geometry of sliding windows for module/windows.h. */
export function writeWindows(module: Module, info: Conv2DInfo): Address {
  return write(module, 'windows', [
    ...[info.batchSize, info.inHeight, info.inWidth, info.inChannels],
    ...[info.filterHeight, info.filterWidth],
    ...[info.strideHeight, info.strideWidth],
    ...[info.dilationHeight, info.dilationWidth],
    ...[info.padInfo.top, info.padInfo.left],
    ...[info.outHeight, info.outWidth],
  ]);
}

/**
 * The windows of the convolution that propagates the outputs' gradient to the images, for strides of 1. Its padding
 * complements the forward padding to a full overlap.
 */
export function writeBackWindows(module: Module, info: Conv2DInfo): Address {
  return write(module, 'back windows', [
    ...[info.batchSize, info.outHeight, info.outWidth, info.outChannels],
    ...[info.filterHeight, info.filterWidth],
    ...[1, 1],
    ...[info.dilationHeight, info.dilationWidth],
    ...[info.effectiveFilterHeight - 1 - info.padInfo.top, info.effectiveFilterWidth - 1 - info.padInfo.left],
    ...[info.inHeight, info.inWidth],
  ]);
}

function write(module: Module, room: string, fields: readonly number[]): Address {
  const address = module.room(room, fields.length);
  module.integers(address, fields.length).set(fields);
  return address;
}
