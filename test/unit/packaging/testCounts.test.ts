import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { add, countVitest, failedTests, summaryLine } from '../../../scripts/testCounts.mjs'

let directory: string
let file: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-counts-'))
  file = path.join(directory, 'report.json')
})

afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

interface TestFile {
  readonly status: string
  readonly assertionResults: readonly { readonly status: string }[]
}

const report = (passed: number, failed: number, pending = 0, files: readonly TestFile[] = []) => {
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: pending,
      numTodoTests: 0,
      testResults: files,
    }),
  )
}

test('counts what passed, failed and was skipped', () => {
  report(5, 2, 1, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }])
  expect(countVitest(file, false)).toEqual({ passed: 5, failed: 2, skipped: 1 })
})

test('a file that could not be loaded is a failure', () => {
  report(5, 0, 0, [{ status: 'failed', assertionResults: [] }])
  expect(countVitest(file, false)).toEqual({ passed: 5, failed: 1, skipped: 0 })
})

test('a run that fails outside of any test is a failure', () => {
  report(5, 0)
  expect(countVitest(file, false)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  expect(countVitest(file, true)).toEqual({ passed: 5, failed: 0, skipped: 0 })
})

test('a run without tests or without a report is a failure', () => {
  report(0, 0)
  expect(countVitest(file, true).failed).toBe(1)
  expect(countVitest(path.join(directory, 'none.json'), true).failed).toBe(1)
})

test('a run in which everything was skipped is not a failure', () => {
  report(0, 0, 3)
  expect(countVitest(file, true)).toEqual({ passed: 0, failed: 0, skipped: 3 })
})

test('summarises counts in one line', () => {
  const sum = add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })
  expect(summaryLine(sum)).toBe('11 passed, 22 failed, 33 skipped')
})

test('names what failed, with its reason', () => {
  const name = path.resolve('test/unit/one.test.ts')
  const testResults = [
    {
      name,
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'a b' },
        { status: 'failed', fullName: 'a c', failureMessages: ['Error: no\n    at x'] },
      ],
    },
    { name, status: 'failed', message: 'Cannot load\nx', assertionResults: [] },
  ]
  writeFileSync(file, JSON.stringify({ testResults }))
  expect(failedTests(file)).toEqual([
    `${path.join('test', 'unit', 'one.test.ts')} > a c: Error: no`,
    `${path.join('test', 'unit', 'one.test.ts')}: Cannot load`,
  ])
  expect(failedTests(path.join(directory, 'none.json'))).toEqual([])
})
