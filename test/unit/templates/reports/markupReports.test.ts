import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '../../../../src/main/templates/reports/htmlReport.ts'
import { junitReport } from '../../../../src/main/templates/reports/junitReport.ts'
import { madeReport } from '../../../helpers/madeReport.ts'
import { labelScore, madeResult } from '../../../helpers/runResults.ts'
import { labelTemplate } from '../../../helpers/templates.ts'

const { window } = new JSDOM()

/** @throws if a text is not well-formed XML. */
function readXml(text: string): Document {
  const document = new window.DOMParser().parseFromString(text, 'application/xml')
  const fault = document.querySelector('parsererror')
  if (fault !== null) throw new Error(fault.textContent)
  return document
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '\0',
    '\u001B[31m',
    ']]>',
    '<!--',
    '&#0;',
    '"><script>',
    '\uFFFE',
    '\uD800',
    '\r\n',
  ),
)

function reportOf(name: string, input: string, reply: string) {
  const row = { id: 'row-1', values: { INPUT: input }, expected: reply, included: null }
  const result = madeResult(1, { reply, score: labelScore('yes', 'no') })
  return madeReport([result], [row], { armName: name, template: { ...labelTemplate(), name } })
}

describe('JUnit', () => {
  it('is well-formed for any text', () => {
    fc.assert(
      fc.property(texts, texts, texts, (name, input, reply) => {
        const document = readXml(junitReport(reportOf(name, input, reply)))
        expect(document.querySelectorAll('testcase > failure')).toHaveLength(1)
        expect(document.querySelectorAll('*')).toHaveLength(4)
      }),
    )
  })

  it('has a failure for a row that is wrong, an error for one not judged, and the guards as cases', () => {
    const results = [
      madeResult(1, { reply: 'no', score: labelScore('yes', 'no') }),
      madeResult(2, { reply: 'yes', score: labelScore('yes', 'yes') }),
      madeResult(3, { reply: 'yes' }),
    ]
    const rows = [1, 2, 3].map((id) => ({
      id: `row-${String(id)}`,
      values: { INPUT: `text ${String(id)}` },
      expected: id === 3 ? null : 'yes',
      included: null,
    }))
    const guards = [
      { name: 'Rows are tested', problem: null },
      { name: 'At least 0.9', problem: 'Only 0.5.' },
    ]
    const document = readXml(junitReport(madeReport(results, rows, { guards })))
    const found = [...document.querySelectorAll('testcase')].map((one) => [
      one.getAttribute('name'),
      one.firstElementChild?.tagName ?? null,
      one.firstElementChild?.getAttribute('message') ?? null,
    ])
    expect(found).toEqual([
      ['Row row-1: text 1', 'failure', 'Expected: yes; given: no'],
      ['Row row-2: text 2', null, null],
      ['Row row-3: text 3', 'error', expect.stringMatching(/^Not judged/u)],
      ['Rows are tested', null, null],
      ['At least 0.9', 'failure', 'Only 0.5.'],
    ])
    const whole = document.documentElement
    expect(['tests', 'failures', 'errors'].map((name) => whole.getAttribute(name))).toEqual([
      '5',
      '2',
      '1',
    ])
    const accepted = junitReport(madeReport(results, rows, { guards, allowUnjudged: true }))
    expect(readXml(accepted).querySelectorAll('skipped')).toHaveLength(1)
    expect(readXml(accepted).querySelectorAll('error')).toHaveLength(0)
  })
})

describe('HTML', () => {
  it('shows any text as text, and has nothing that runs or loads', () => {
    fc.assert(
      fc.property(texts, texts, texts, (name, input, reply) => {
        const { document } = new JSDOM(htmlReport(reportOf(name, input, reply))).window
        expect(document.querySelectorAll('script, link, img, iframe, base')).toHaveLength(0)
        expect(document.querySelectorAll('[src], [href], [style], [onerror]')).toHaveLength(0)
        expect(document.querySelectorAll('tr[data-is]')).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  })

  it('allows nothing but its own style, and follows the theme of the system', () => {
    const { document } = new JSDOM(htmlReport(reportOf('Mood', 'in', 'out'))).window
    const style = document.querySelector('style')?.textContent ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')
    expect(policy?.getAttribute('content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(style).toContain('prefers-color-scheme: dark')
    expect(style).not.toMatch(/url\(|@import/u)
  })

  it('says the verdict, the figures with their intervals, and each answer with its outcome', () => {
    const report = reportOf('Mood', 'A <b>bold</b> text', 'no')
    const { document } = new JSDOM(htmlReport(report)).window
    const text = document.body.textContent
    expect(text).toContain(report.judged.verdict.headline)
    expect(text).toContain('0 of 1 judged')
    const cells = [...document.querySelectorAll('tr[data-is="wrong"] td')]
    expect(cells.map((one) => one.textContent).slice(0, 5)).toEqual([
      'row-1',
      'A <b>bold</b> text',
      'no',
      'no',
      'Wrong',
    ])
  })
})
