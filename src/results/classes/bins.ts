/** Bins of confidence, as many as the calibration error has (Guo et al. 2017, “On Calibration of Modern Neural Networks”, §2). */
export const BINS = 15;
