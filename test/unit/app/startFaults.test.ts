import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { AppError } from '../../../src/shared/errors.ts'
import {
  contentsOf,
  endProcess,
  makeDataFolder,
  startOn,
  type Contents,
} from '../../helpers/dataFolder.ts'
import { armDisk, repairDisk, type CallKind, type Fault } from '../../helpers/faultyDisk.ts'
import { isDrawn } from '../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const faults: readonly Fault[] = [
  { code: 'ENOSPC', until: 'lasting', write: 'torn' },
  { code: 'EIO', until: 'once', write: 'torn' },
  { code: 'EACCES', until: 'once' },
  { code: 'EROFS', until: 'lasting' },
]
/** In the suite, a fault is tried at one call in so many. */
const every = 20

let made: string
let whole: Contents
let calls: readonly CallKind[]

beforeAll(async () => {
  made = mkdtempSync(path.join(tmpdir(), 'penknife-start-'))
  await makeDataFolder(made)
  const app = await startOn(made)
  whole = await contentsOf(app)
  await app.dispose()
  endProcess(made)
  calls = await inCopy(async (dataDir) => {
    armDisk()
    const counted = await startOn(dataDir)
    await counted.library.idle()
    const seen = repairDisk().calls
    await counted.dispose()
    return seen
  })
})
afterEach(repairDisk)
afterAll(() => rmSync(made, { recursive: true, force: true }))

async function inCopy<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-start-'))
  try {
    cpSync(made, dataDir, { recursive: true, preserveTimestamps: true })
    return await use(dataDir)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The start ends with a sentence, or the app runs; the next one, on a good disk, finds everything. */
async function tryStart(dataDir: string, at: number, fault: Fault): Promise<number> {
  const how = `${fault.code} ${fault.until} at call ${String(at)} of ${String(calls.length)}`
  armDisk({ at, fault })
  const [outcome] = await Promise.allSettled([startOn(dataDir)])
  if (outcome.status === 'fulfilled') await outcome.value.library.idle()
  const { failed } = repairDisk()
  if (outcome.status === 'fulfilled') await outcome.value.dispose()
  else expect(outcome.reason, `${how}: ${String(outcome.reason)}`).toBeInstanceOf(AppError)
  endProcess(dataDir)
  const app = await startOn(dataDir)
  await app.library.idle()
  const found = await contentsOf(app)
  await app.dispose()
  expect(found, how).toEqual(whole)
  return failed
}

test.each(faults)(
  'a start on a disk with $code $until says so or runs, and loses nothing',
  async (fault) => {
    const turn = faults.indexOf(fault)
    let failed = 0
    for (const at of calls.keys()) {
      if (!isDrawn(at, turn, every)) continue
      failed += await inCopy((dataDir) => tryStart(dataDir, at, fault))
    }
    expect(calls.length).toBeGreaterThan(every)
    expect(failed).toBeGreaterThan(0)
  },
  // A campaign tries every call, and each takes two starts.
  process.env.PENKNIFE_FAULTS === 'all' ? 600_000 : undefined,
)
