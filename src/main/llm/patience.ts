/** Milliseconds without progress that count as a hang. */
export interface Patience {
  readonly loading: (sizeBytes: number, gpu: boolean) => number
  readonly working: (sizeBytes: number) => number
}

/** Time for any step, even on a busy computer. */
const stepMs = 60_000
/** A slow disk's speed: if memory is short, a step may have to read every weight from the disk. */
const diskBytesPerMs = 50_000
/** Setting up a graphics card compiles shaders, which takes minutes with some drivers. */
const gpuSetupMs = 120_000

function working(sizeBytes: number): number {
  return stepMs + Math.ceil(sizeBytes / diskBytesPerMs)
}

export const defaultPatience: Patience = {
  working,
  loading: (sizeBytes, gpu) => working(sizeBytes) + (gpu ? gpuSetupMs : 0),
}
