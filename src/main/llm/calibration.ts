import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { readJsonFile, writeJsonFile, type Notice } from '../config/jsonFile.ts'
import { threadCounts, threadMeasurement, type ThreadCounts } from '../hosts/llm/llmContract.ts'

const entry = z.object({
  threads: threadCounts,
  measured: z.array(threadMeasurement),
  /** ISO date. */
  measuredAt: z.string(),
})
const calibrationFile = z.object({ version: z.literal(1), models: z.record(z.string(), entry) })
export type CalibrationEntry = z.infer<typeof entry>

/** Remembers how many threads are best for a model on this machine. */
export interface Calibration {
  get(key: string): Promise<ThreadCounts | null>
  /** All that was measured. */
  entry(key: string): Promise<CalibrationEntry | null>
  set(key: string, entry: Omit<CalibrationEntry, 'measuredAt'>): Promise<void>
}

export function createCalibration(file: string, notice: Notice): Calibration {
  async function read() {
    return (
      (await readJsonFile(file, calibrationFile, notice)) ?? { version: 1 as const, models: {} }
    )
  }
  return {
    async get(key) {
      return (await read()).models[key]?.threads ?? null
    },
    async entry(key) {
      return (await read()).models[key] ?? null
    },
    async set(key, { threads, measured }) {
      const { models } = await read()
      const measuredAt = new Date().toISOString()
      const all = { ...models, [key]: { threads, measured, measuredAt } }
      await writeJsonFile(file, { version: 1, models: all })
    },
  }
}

/**
 * Another file under the same name, or another machine, is another key; so is the graphics card.
 *
 * @param gpu whether the model ran on the graphics card.
 */
export async function calibrationKey(file: string, gpu = false): Promise<string> {
  const { size, mtimeMs } = await stat(file)
  const machine = `${os.cpus()[0]?.model ?? ''} × ${String(os.availableParallelism())}`
  const where = createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16)
  return [where, size, Math.round(mtimeMs), machine, ...(gpu ? ['gpu'] : [])].join(' ')
}
