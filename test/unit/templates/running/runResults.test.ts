import { appendFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { judgeResults } from '../../../../src/main/templates/running/judgeResults.ts'
import { figuresAtRest } from '../../../../src/main/templates/running/keptFigures.ts'
import {
  countResults,
  findResultLines,
  readLine,
} from '../../../../src/main/templates/running/resultLines.ts'
import type { RowResult } from '../../../../src/shared/domain/testRun/run.ts'
import { madeArm, madeResult, scoredResult } from '../../../helpers/runResults.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { moodTemplate } from '../../../helpers/runMaterial.ts'

const lineOf = (result: RowResult): string => `${JSON.stringify(result)}\n`

async function written(text: string) {
  const file = path.join(await createTempDir(), 'results.jsonl')
  await writeFile(file, text)
  return file
}

describe('the lines of a run', () => {
  it('are found by arm and row, whatever their ids are; the later of two counts', async () => {
    const results = [
      madeResult(0, { reply: 'earlier' }),
      madeResult(1, { arm: 'both' }),
      madeResult(0, { row: 'a "quoted" row \\ Ö', reply: '{"arm":"none","row":"none"' }),
      madeResult(0, { reply: 'later ✓' }),
    ]
    const lines = await findResultLines(await written(results.map(lineOf).join('')))
    expect([...lines.keys()]).toEqual(['few-shot', 'both'])
    const read = [...(lines.get('few-shot') ?? [])].map(([row, line]) => [row, readLine(line)])
    expect(read).toEqual([
      ['row-0', results[3]],
      ['a "quoted" row \\ Ö', results[2]],
    ])
  })

  it('are skipped if they are torn or were edited by hand; the others are read', async () => {
    const good = madeResult(1, { error: { code: 'host-crashed', message: 'It died.' } })
    const torn = lineOf(madeResult(2)).slice(0, 60)
    const file = await written(
      `nothing\n\n${lineOf(madeResult(0))}{"row":1}\n${lineOf(good)}${torn}`,
    )
    expect(await countResults(file)).toEqual({ done: 2, failed: 1 })
    const own = (await findResultLines(file)).get('few-shot')
    expect(readLine(own?.get('row-2') ?? Buffer.from(''))).toBeUndefined()
  })

  it('are empty without a file', async () => {
    const nowhere = path.join(await createTempDir(), 'results.jsonl')
    expect(await countResults(nowhere)).toEqual({ done: 0, failed: 0 })
  })
})

describe('the figures of a finished run', () => {
  async function atRest() {
    const directory = path.dirname(await written(lineOf(scoredResult(0, true))))
    const judge = vi.fn(() =>
      judgeResults({
        plan: { kind: 'test', versions: [1], method: 'generate' },
        arms: [madeArm('few-shot')],
        templates: new Map([[1, moodTemplate]]),
        rows: 1,
        unjudged: { rows: [], fields: [] },
        notRun: [],
        results: new Map([['few-shot', [scoredResult(0, true)]]]),
      }),
    )
    const onNotKept = vi.fn()
    return {
      directory,
      judge,
      onNotKept,
      read: () => figuresAtRest({ directory }, judge, onNotKept),
    }
  }

  it('are computed once and then read', async () => {
    const { read, judge } = await atRest()
    const first = await read()
    expect(first.arms['few-shot']).toMatchObject({ n: 1, scored: 1 })
    expect(await read()).toEqual(first)
    expect(judge).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['a result has come', (text: string) => text, lineOf(scoredResult(1, false))],
    ['another version judged', (text: string) => text.replace(/"judging":\d+/u, '"judging":0'), ''],
    ['the file is torn', (text: string) => text.slice(0, 20), ''],
  ])('are judged anew when %s', async (_, change, added) => {
    const { read, judge, directory } = await atRest()
    const first = await read()
    const file = path.join(directory, 'figures.json')
    await writeFile(file, change(await readFile(file, 'utf8')))
    await appendFile(path.join(directory, 'results.jsonl'), added)
    expect(await read()).toEqual(first)
    expect(judge).toHaveBeenCalledTimes(2)
    await read()
    expect(judge).toHaveBeenCalledTimes(2)
  })

  it('are returned even if they could not be saved, and that is reported', async () => {
    const { judge, onNotKept } = await atRest()
    const directory = path.join(await createTempDir(), 'gone')
    expect((await figuresAtRest({ directory }, judge, onNotKept)).verdict.headline).not.toBe('')
    expect(onNotKept).toHaveBeenCalledTimes(1)
  })
})
