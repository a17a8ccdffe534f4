import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { explainWrite } from '../../src/main/disk/writeErrors.ts'
import { AppError } from '../../src/shared/errors.ts'
import { armDisk, repairDisk, type CallKind, type Fault } from './faultyDisk.ts'

/** A store, opened as a start of the app opens it. */
export interface TriedStore {
  /** The change that meets the fault. */
  readonly change: () => Promise<unknown>
  /** Another change, once the disk is repaired. */
  readonly next: () => Promise<unknown>
  /** What the store shows; equal for equal contents, whenever it was opened. */
  readonly shown: () => unknown
  readonly close?: () => Promise<unknown>
}

export interface FaultScenario {
  /** Makes what was acknowledged before. */
  readonly prepare?: (root: string) => Promise<unknown>
  readonly open: (root: string) => Promise<TriedStore>
  /**
   * What memory shows after a failure. `disk`: what a start would find. `change`: the change is kept,
   * to be written with the next one. `closed`: nothing, since the change ends with closing the store.
   */
  readonly memory?: 'disk' | 'change' | 'closed'
  /** Whole states on the way, as `shown` returns them. */
  readonly between?: readonly unknown[]
}

interface TriedFault {
  readonly name: string
  readonly fault: Fault
  /** The calls that it is tried at. */
  readonly kinds: readonly CallKind[]
}

/** The faults of a disk, each tried at every call that a change makes. */
const faults: readonly TriedFault[] = [
  {
    name: 'a disk that is full for a moment',
    fault: { code: 'ENOSPC', until: 'once', write: 'torn' },
    kinds: ['change'],
  },
  {
    name: 'a disk that stays full',
    fault: { code: 'ENOSPC', until: 'lasting', write: 'torn' },
    kinds: ['change'],
  },
  {
    name: 'one call that fails',
    fault: { code: 'EIO', until: 'once', write: 'torn' },
    kinds: ['change', 'flush', 'read'],
  },
  {
    name: 'a disk that fails',
    fault: { code: 'EIO', until: 'lasting' },
    kinds: ['change', 'flush'],
  },
  {
    name: 'one call that is not allowed',
    fault: { code: 'EACCES', until: 'once' },
    kinds: ['change'],
  },
  {
    name: 'a disk that becomes read-only',
    fault: { code: 'EROFS', until: 'lasting' },
    kinds: ['change'],
  },
  {
    name: 'a write that takes half',
    fault: { code: 'EIO', until: 'once', write: 'short' },
    kinds: ['change'],
  },
  {
    name: 'a kill',
    fault: { code: 'EIO', until: 'dead', write: 'torn' },
    kinds: ['change', 'flush'],
  },
]

/** Whether a fault is tried at a call: at each in a campaign, else at a part that differs by fault. */
export function isDrawn(at: number, turn: number, every: number): boolean {
  return process.env.PENKNIFE_FAULTS === 'all' || at % every === turn % every
}

/**
 * Defines a test for each fault: whatever call it meets, the change is done or refused with a
 * sentence, memory shows what is on the disk, nothing older is lost, nothing is there by half, and
 * the next change succeeds.
 *
 * @param atLeast number of calls that have to fail in all, so that no test is empty unnoticed.
 * @param every a fault is tried at one call in so many, where each would take too long.
 */
export function testFaults(
  scenarios: Readonly<Record<string, FaultScenario>>,
  atLeast: number,
  every = 1,
): void {
  let injected = 0
  describe.each(Object.entries(scenarios))('%s', (_, scenario) => {
    afterEach(repairDisk)
    test.each(faults)('$name', async (tried) => {
      const turn = faults.indexOf(tried)
      injected += await tryFault(scenario, tried, (at) => isDrawn(at, turn, every))
    })
  })
  test(`at least ${String(atLeast)} faults`, () => {
    expect(injected).toBeGreaterThanOrEqual(atLeast)
  })
}

/** @returns how many calls have failed. */
async function tryFault(
  scenario: FaultScenario,
  { fault, kinds }: TriedFault,
  isTried: (at: number) => boolean,
): Promise<number> {
  const made = mkdtempSync(path.join(tmpdir(), 'penknife-faults-'))
  try {
    await scenario.prepare?.(made)
    const { calls, before, after } = await withoutFault(scenario, made)
    let injected = 0
    for (const [at, kind] of calls.entries()) {
      if (!kinds.includes(kind) || !isTried(at)) continue
      const trial = { at, kind, fault, before, after }
      injected += await inCopy(made, (root) => tryAt(scenario, root, trial))
    }
    return injected
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

async function inCopy<T>(made: string, use: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), 'penknife-faults-'))
  try {
    cpSync(made, root, { recursive: true })
    return await use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function withoutFault(scenario: FaultScenario, made: string) {
  return inCopy(made, async (root) => {
    const store = await scenario.open(root)
    const before = await store.shown()
    armDisk()
    await store.change()
    const { calls } = repairDisk()
    await store.close?.()
    const after = await shownAtStart(scenario, root)
    expect(after).not.toEqual(before)
    return { calls, before, after }
  })
}

interface Trial {
  readonly at: number
  readonly kind: CallKind
  readonly fault: Fault
  readonly before: unknown
  readonly after: unknown
}

async function tryAt(scenario: FaultScenario, root: string, trial: Trial): Promise<number> {
  const { at, kind, fault, before, after } = trial
  const how = `${fault.code} ${fault.until} ${fault.write ?? ''} at call ${String(at)}`
  const store = await scenario.open(root)
  await store.shown()
  armDisk({ at, fault })
  const [outcome] = await Promise.allSettled([store.change()])
  // A process that is killed closes its files, and writes nothing more.
  if (fault.until === 'dead') await store.close?.().catch(() => undefined)
  const { failed } = repairDisk()
  const onDisk = await shownAtStart(scenario, root)
  expect([before, after, ...(scenario.between ?? [])], how).toContainEqual(onDisk)
  if (fault.until === 'dead') {
    await expectNext(scenario, await scenario.open(root), root, how)
    return failed
  }
  if (outcome.status === 'fulfilled') expect(onDisk, how).toEqual(after)
  else if (kind !== 'read') expectSentence(outcome.reason, fault, how)
  if (scenario.memory === 'closed') {
    await store.close?.().catch(() => undefined)
    await expectNext(scenario, await scenario.open(root), root, how)
    return failed
  }
  expect(await store.shown(), how).toEqual(scenario.memory === 'change' ? after : onDisk)
  await expectNext(scenario, store, root, how)
  return failed
}

/** Another change succeeds, and a start finds what is shown then. */
async function expectNext(
  scenario: FaultScenario,
  store: TriedStore,
  root: string,
  how: string,
): Promise<void> {
  const before = await store.shown()
  await store.next()
  const shown = await store.shown()
  expect(shown, how).not.toEqual(before)
  await store.close?.()
  expect(await shownAtStart(scenario, root), how).toEqual(shown)
}

async function shownAtStart({ open }: FaultScenario, root: string): Promise<unknown> {
  const store = await open(root)
  const shown = await store.shown()
  await store.close?.()
  return shown
}

function expectSentence(error: unknown, { code }: Fault, how: string): void {
  const expected = explainWrite(Object.assign(new Error(code), { code }))
  if (!(expected instanceof AppError)) throw new Error(`There is no sentence for ${code}.`)
  const { message } = expected
  expect(error, `${how}: ${String(error)}`).toMatchObject({ code: expected.code, message })
}
