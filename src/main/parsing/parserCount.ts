/** Enough for one slow file and others beside it; embedding needs the other cores. */
const most = 3
const coresForMost = 6
/** Memory of the machine per process, in MiB: what one may take, and some for everything else. */
const mebibytesEach = 3_500

/**
 * How many files are read at once.
 *
 * @param cores processors of the machine.
 * @param memoryMiB memory of the machine.
 */
export function parserCount(cores: number, memoryMiB: number): number {
  const byCores = cores >= coresForMost ? most : Math.min(2, cores)
  return Math.max(1, Math.min(byCores, Math.floor(memoryMiB / mebibytesEach)))
}
