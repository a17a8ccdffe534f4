/** Milliseconds without a sign of life that are taken for a hang. */
export interface Patience {
  readonly loading: (sizeBytes: number, gpu: boolean) => number
  readonly working: (sizeBytes: number) => number
}

/** Any step may take so long, however busy the machine is. */
const stepMs = 60_000
/** A step may have to read every weight from the disk, if memory is short; slow disks do so much. */
const diskBytesPerMs = 50_000
/** Setting up a graphics card compiles programs for it, which some drivers do for minutes. */
const gpuSetupMs = 120_000

function working(sizeBytes: number): number {
  return stepMs + Math.ceil(sizeBytes / diskBytesPerMs)
}

export const defaultPatience: Patience = {
  working,
  loading: (sizeBytes, gpu) => working(sizeBytes) + (gpu ? gpuSetupMs : 0),
}
