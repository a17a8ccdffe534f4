import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { describeProcessor } from './processor.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { derivedJsonCheck } from '../disk/jsonFault.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../disk/jsonFile.ts'
import {
  attentionMeasurement,
  reading,
  threadCounts,
  threadMeasurement,
} from './host/llmContract.ts'

/**
 * Weights of the logarithm of a model's probability and of the search's score, when they choose among
 * sentences together.
 */
const choiceWeights = z
  .object({ model: z.number().nonnegative(), score: z.number().nonnegative() })
  .readonly()
export type ChoiceWeights = z.infer<typeof choiceWeights>

const entry = z.object({
  threads: threadCounts,
  measured: z.array(threadMeasurement),
  /** Absent if it hasn't been measured yet; null on a graphics card. */
  reading: reading.nullable().optional(),
  attention: z.array(attentionMeasurement).optional(),
  /** How much the model's choice of a quote counts, and the search's score; null: not known. */
  choice: choiceWeights.nullable().optional(),
  /** ISO date. */
  measuredAt: z.string(),
})
const storedCalibration = z.object({ version: z.literal(1), models: z.record(z.string(), entry) })
export type CalibrationEntry = z.infer<typeof entry>

/** Stores the measured speed and the fastest configuration of model files on this computer. */
export interface Calibration {
  /**
   * @param gpu whether the graphics card may be used. Whether there is one is only known once a
   * model is loaded, so measurements on the card are looked up first, then those without.
   * @returns null if nothing was measured.
   */
  find(file: string, gpu: boolean): Promise<CalibrationEntry | null>
  /** @param gpu whether the graphics card was used. */
  set(file: string, gpu: boolean, entry: Omit<CalibrationEntry, 'measuredAt'>): Promise<void>
  /** Adds to what was measured before, if anything was. */
  setChoice(file: string, gpu: boolean, choice: ChoiceWeights | null): Promise<void>
  /** The check of its file. */
  check(name: string): CheckTask
}

export function createCalibration(calibrationFile: string, notice: Notice): Calibration {
  async function read(): Promise<z.infer<typeof storedCalibration>['models']> {
    return (await readJsonFile(calibrationFile, storedCalibration, notice))?.models ?? {}
  }
  async function write(key: string, measured: CalibrationEntry): Promise<void> {
    const models = { ...(await read()), [key]: measured }
    await writeJsonFile(calibrationFile, { version: 1, models })
  }
  return {
    async find(file, gpu) {
      const models = await read()
      const withGpu = gpu ? models[await keyOf(file, true)] : undefined
      return withGpu ?? models[await keyOf(file, false)] ?? null
    },
    async set(file, gpu, entry) {
      await write(await keyOf(file, gpu), { ...entry, measuredAt: new Date().toISOString() })
    },
    async setChoice(file, gpu, choice) {
      const key = await keyOf(file, gpu)
      const known = (await read())[key]
      if (known !== undefined) await write(key, { ...known, choice })
    },
    check: (name) => derivedJsonCheck(name, calibrationFile, storedCalibration),
  }
}

/**
 * The key includes the file's size and time, the processor, and whether the graphics card was used.
 */
async function keyOf(file: string, gpu: boolean): Promise<string> {
  const { size, mtimeMs } = await stat(file)
  const machine = await describeProcessor()
  const where = createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16)
  return [where, size, Math.round(mtimeMs), machine, ...(gpu ? ['gpu'] : [])].join(' ')
}
