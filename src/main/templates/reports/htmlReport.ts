import { createHash } from 'node:crypto'
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDecimal,
  plural,
} from '../../../shared/domain/localFormat.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import { testSetInWords } from '../../../shared/domain/testRun/testSet.ts'
import type { ArmFigures } from '../../../shared/domain/testRun/figures.ts'
import { modelNames, modelOfArm, type RowResult } from '../../../shared/domain/testRun/run.ts'
import { speedOf } from '../../../shared/domain/testRun/speed.ts'
import { verdictGroups } from '../../../shared/domain/testRun/verdictGroups.ts'
import { percent, seconds } from '../../../shared/domain/testRun/words.ts'
import { asCell } from './answerTable.ts'
import { htmlStyle } from './htmlStyle.ts'
import { intervalPicture } from './intervalPicture.ts'
import { markupText } from './markup.ts'
import { outcomeOf, templateName, type Report } from './report.ts'
import { problemInWords } from '../../../shared/domain/template/replyPlace.ts'

type Estimate = ArmFigures['exactMatch']

/** A page in one file. It asks nothing of any network, and a browser would refuse if it did. */
export function htmlReport(report: Report): string {
  const title = markupText(`Test of ${templateName(report)}`)
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    `<p class="dim">${markupText(facts(report))}</p>`,
    ...verdict(report),
    ...figures(report),
    ...answers(report),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Nothing but the style of the page itself. */
function policy(): string {
  const hash = createHash('sha256').update(htmlStyle).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}

function facts({ record }: Report): string {
  return [
    testSetInWords(record.testSet),
    plural(record.rows.length, 'row'),
    modelNames(record),
    `temperature ${String(record.decoding.temperature)}`,
    formatDay(new Date(record.startedAt)),
    `Penknife ${record.appVersion}`,
  ].join(' · ')
}

function verdict({ judged, guards }: Report): readonly string[] {
  const { reasons, groups } = verdictGroups(judged.verdict)
  const failed = guards.flatMap(({ problem }) => problem ?? [])
  const compared = judged.comparisons.map(({ sentence }) => sentence)
  return [
    `<p class="headline">${markupText(judged.verdict.headline)}</p>`,
    ...list(reasons),
    ...section('Not met', failed),
    ...section('Comparisons', compared),
    ...groups.flatMap(({ title, sentences }) => section(title, sentences)),
  ]
}

function section(title: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : [`<h2>${markupText(title)}</h2>`, ...list(sentences)]
}

function list(sentences: readonly string[]): readonly string[] {
  if (sentences.length === 0) return []
  return ['<ul>', ...sentences.map((one) => `<li>${markupText(one)}</li>`), '</ul>']
}

function figures({ record, judged }: Report): readonly string[] {
  const lines = record.arms.flatMap((arm) => {
    const own = judged.arms[arm.id]
    return own === undefined ? [] : [figureLine(record, arm, own, judged.verdict.arm === arm.id)]
  })
  if (lines.length === 0) return []
  return [
    '<h2>Figures</h2>',
    '<table class="figures"><thead><tr><th>Arm</th><th>All right, with the 95 % interval</th><th class="num">Valid format</th><th class="num">Macro F1</th><th class="num">Tokens a row</th><th class="num">Time a row</th><th class="num">Rows a minute</th><th class="num">Tokens a second</th><th class="num">Memory</th></tr></thead><tbody>',
    ...lines,
    '</tbody></table>',
  ]
}

function figureLine(record: Report['record'], arm: Arm, own: ArmFigures, toUse: boolean): string {
  const { name } = arm
  const speed = speedOf(own)
  const memory = modelOfArm(record, arm)?.memoryBytes ?? null
  const { exactMatch, validFormat, macroF1, tokens, secondsPerRow } = own
  const cells = [
    `<th scope="row">${markupText(name)}${toUse ? ' <span class="dim">to use</span>' : ''}</th>`,
    `<td>${intervalPicture(exactMatch)} ${markupText(range(exactMatch))} <span class="dim">${markupText(rightOf(own))}</span></td>`,
    ...[
      range(validFormat),
      range(macroF1),
      formatCount(Math.round(tokens.promptPerRow)),
      seconds(secondsPerRow),
      speed === null ? '–' : formatDecimal(speed.rowsPerMinute, 0),
      speed === null ? '–' : formatDecimal(speed.tokensPerSecond, 1),
      memory === null ? '–' : formatBytes(memory),
    ].map((text) => `<td class="num">${markupText(text)}</td>`),
  ]
  return `<tr>${cells.join('')}</tr>`
}

function rightOf({ exactMatch, scored }: ArmFigures): string {
  const right = Math.round((exactMatch?.value ?? 0) * scored)
  return `${formatCount(right)} of ${formatCount(scored)} judged`
}

function range(one: Estimate): string {
  return one === null ? '–' : `${percent(one.value)} (${percent(one.low)} to ${percent(one.high)})`
}

const filters = [
  ['all', 'All'],
  ['right', 'Right'],
  ['wrong', 'Wrong'],
  ['not-judged', 'Not judged'],
] as const

function answers(report: Report): readonly string[] {
  const { record, results } = report
  const choices = filters.map(
    ([id, label]) =>
      `<label><input type="radio" name="show" id="show-${id}"${id === 'all' ? ' checked' : ''}> ${label}</label>`,
  )
  return [
    '<h2>Answers</h2>',
    `<fieldset><legend class="dim">Show</legend>${choices.join('')}</fieldset>`,
    ...record.arms.flatMap((arm, index) => {
      const own = results.filter((result) => result.arm === arm.id)
      return armAnswers(report, arm, own, index === 0)
    }),
  ]
}

function armAnswers(
  report: Report,
  { id, name }: Arm,
  results: readonly RowResult[],
  open: boolean,
): readonly string[] {
  const figures = report.judged.arms[id]
  const summary = figures === undefined ? name : `${name}: right ${rightOf(figures)}`
  return [
    `<details${open ? ' open' : ''}><summary>${markupText(summary)}</summary>`,
    '<table><thead><tr><th>Row</th><th>Input</th><th>Expected</th><th>Given</th><th>Result</th><th>Notes</th></tr></thead><tbody>',
    ...results.map((result) => answerLine(report, result)),
    '</tbody></table></details>',
  ]
}

const outcomeWords = { right: 'Right', wrong: 'Wrong', 'not-judged': 'Not judged' } as const

function answerLine({ rows }: Report, result: RowResult): string {
  const row = rows.get(result.row)
  const outcome = outcomeOf(result)
  const entries = Object.entries(row?.values ?? {})
  const input = entries.map(([name, text]) => (entries.length === 1 ? text : `${name}: ${text}`))
  const { error, check } = result
  const notes = [
    ...(error === null ? check.problems.map(problemInWords) : [error.message]),
    ...check.repairs.map((repair) => `Repaired: ${repair}`),
  ]
  const cells = [result.row, input.join('\n'), asCell(row?.expected ?? null), result.reply].map(
    (text) => `<td>${markupText(text)}</td>`,
  )
  return `<tr data-is="${outcome}">${cells.join('')}<td class="${outcome}">${outcomeWords[outcome]}</td><td class="dim">${markupText(notes.join('\n'))}</td></tr>`
}
