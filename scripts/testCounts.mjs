import { readFileSync } from 'node:fs'
import path from 'node:path'

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/** @type {Counts} */
export const nothingCounted = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {Counts} left
 * @param {Counts} right
 * @returns {Counts}
 */
export function add(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }
}

/** @param {Counts} counts */
export function summaryLine({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`
}

/**
 * Counts the tests of a Vitest JSON report. It is also a failure if tests could not be counted: no
 * report, no test in it, a file that could not be loaded, an error outside of any test.
 *
 * @param {string} file
 * @param {boolean} ok Whether Vitest itself succeeded.
 * @returns {Counts}
 */
export function countVitest(file, ok) {
  const report = readReport(file)
  if (report === null) return { ...nothingCounted, failed: 1 }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  const silent = counts.failed === 0 && (!ok || counts.passed + counts.skipped === 0)
  return silent ? { ...counts, failed: 1 } : counts
}

/**
 * What failed, for the end of the output: the whole of it is long, and often only the end is kept.
 *
 * @param {string} file A Vitest JSON report.
 * @returns {readonly string[]} A line each: the file, the test, and the first line of the reason.
 */
export function failedTests(file) {
  return (readReport(file)?.testResults ?? []).flatMap(
    ({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed')
      const where = path.relative('.', name)
      if (failed.length === 0) return status === 'failed' ? [`${where}: ${firstLine(message)}`] : []
      return failed.map(
        ({ fullName, failureMessages }) =>
          `${where} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
      )
    },
  )
}

/** @param {string | undefined} text */
function firstLine(text = '') {
  return text.split('\n', 1)[0] ?? ''
}

/** @typedef {Pick<import('vitest/reporters').JsonTestResults, 'testResults' | 'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests'>} Report */

/**
 * @param {string} file
 * @returns {Report | null} null where there is none, or half of one.
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
