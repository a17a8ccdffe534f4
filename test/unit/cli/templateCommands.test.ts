import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import type { App } from '../../../src/main/app.ts'
import type { CommandContext } from '../../../src/main/cli/commandContext.ts'
import { addTemplateCommands } from '../../../src/main/cli/templateCommands.ts'
import { guardedOf, type TestOutcome } from '../../../src/main/cli/testOutcome.ts'
import type { Template } from '../../../src/shared/domain/template/template.ts'
import { createFakeLlm, fakeInfo, type FakeLlm } from '../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../helpers/fakeRunning.ts'
import { moodRows, moodTemplate } from '../../helpers/runMaterial.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

/** The commands, on an app that has only what they use. */
function appOf(llm: FakeLlm): App {
  const running = createFakeRunning(llm, (error) => expect.fail(String(error)))
  return {
    models: { ready: () => Promise.resolve(fakeInfo) },
    templates: {
      store: { list: () => [] },
      starters: [],
      running,
      hashes: { of: () => Promise.resolve('ab'.repeat(32)) },
    },
  } as unknown as App
}

/** What is sent to standard input. */
const sent = '- text: A day\n  mood: good\n- text: A night\n  mood: bad\n'

/** Runs a command; a model that always says `good` is right in four of six rows. */
function runCommand(...args: readonly string[]) {
  return runUntil(Infinity, ...args)
}

/** The same, interrupted when so many answers were given. */
async function runUntil(answers: number, ...args: readonly string[]) {
  const directory = await createTempDir()
  const file = path.join(directory, 'mood.json')
  const rows = path.join(directory, 'rows.csv')
  await writeFile(file, JSON.stringify(moodTemplate))
  const lines = moodRows(6).map(
    ({ values, expected }) => `${values.INPUT ?? ''},${JSON.stringify(expected)}`,
  )
  await writeFile(rows, ['input,expected', ...lines].join('\n'))
  const broken = path.join(directory, 'broken.json')
  const twice = { kind: 'label', labels: ['good', 'good', 'bad'] }
  await writeFile(broken, JSON.stringify({ ...moodTemplate, format: twice }))
  const leaked = path.join(directory, 'leaked.csv')
  await writeFile(leaked, 'input,expected\nThe soup was wonderful,good')
  const controller = new AbortController()
  let asked = 0
  const llm = createFakeLlm(() => {
    asked += 1
    if (asked > answers) controller.abort()
    return 'good'
  })
  const told = { results: [] as unknown[], texts: [] as string[], messages: [] as string[] }
  let failed = false
  const context: CommandContext = {
    output: {
      json: true,
      result(value, text) {
        told.results.push(value)
        told.texts.push(text)
      },
      message: (text) => void told.messages.push(text),
    },
    signal: controller.signal,
    readInput: () => Promise.resolve(Buffer.from(sent)),
    withApp: async (work) => work(appOf(llm)),
    appOptions: { resourcesDir: '', shell: 'browser', startHost: () => expect.fail('No host') },
    fail: () => {
      failed = true
    },
  }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  addTemplateCommands(program, () => context)
  const named = { FILE: file, ROWS: rows, LEAKED: leaked, BROKEN: broken, FOLDER: directory }
  const filled = args.map((arg) =>
    Object.entries(named).reduce((text, [name, path]) => text.replace(name, path), arg),
  )
  await program.parseAsync(['template', ...filled], { from: 'user' })
  return {
    ...told,
    failed,
    directory,
    options: llm.options,
    prompts: llm.prompts.map(({ user }) => user),
  }
}

async function written(template: Template): Promise<string> {
  const file = path.join(await createTempDir(), 'own.json')
  await writeFile(file, JSON.stringify(template))
  return file
}

describe('template export', () => {
  it('prints a template as its file, or for promptfoo with rows as tests', async () => {
    const own = await runCommand('export', 'FILE')
    expect(own.results).toMatchObject([{ name: moodTemplate.name }])
    const { results, texts } = await runCommand(
      'export',
      'FILE',
      '--as',
      'promptfoo',
      '--rows',
      'ROWS',
    )
    expect(results).toMatchObject([{ name: 'promptfooconfig.yaml' }])
    expect(texts[0]?.match(/^ {2}- vars:/gmu)).toHaveLength(6)
  })

  it('writes files into a folder, and replaces none', async () => {
    const args = ['export', 'FILE', '--as', 'chat-jsonl', '--to', 'FOLDER']
    const { directory, results } = await runCommand(...args)
    const files = ['train.jsonl', 'test.jsonl'].map((name) => path.join(directory, name))
    expect(results).toEqual([{ files }])
    expect(await readdir(directory)).toEqual(expect.arrayContaining(['train.jsonl', 'test.jsonl']))
    await writeFile(path.join(directory, 'Mood.json'), 'mine')
    await expect(runCommand('export', 'FILE', '--to', directory)).rejects.toThrow(
      /Mood\.json can't be written: it is there already/u,
    )
    expect(await readFile(path.join(directory, 'Mood.json'), 'utf8')).toBe('mine')
  })

  it.each([
    [['--as', 'chat-jsonl'], /Name a folder for them with --to/u],
    [['--rows', 'ROWS'], /has no rows/u],
    [['--to', 'FOLDER/none'], /its folder does not exist/u],
  ])('refuses %j', async (args, why) => {
    await expect(runCommand('export', 'FILE', ...args)).rejects.toThrow(why)
  })
})

describe('template test', () => {
  it('fails below the required accuracy, and says how many are right', async () => {
    const low = await runCommand('test', 'FILE', '--rows', 'ROWS', '--min-accuracy', '0.66')
    expect(low.failed).toBe(false)
    const high = await runCommand('test', 'FILE', '--rows', 'ROWS', '--min-accuracy', '0.67')
    expect(high.failed).toBe(true)
    expect(high.messages.at(-1)).toBe('0.667 of the rows are right; 0.67 was asked for.')
    expect(high.results).toHaveLength(1)
  })

  it('asks no model, and fails, where no row is left', async () => {
    const { results, failed, messages } = await runCommand('test', 'FILE', '--rows', 'LEAKED')
    expect(failed).toBe(true)
    expect(results).toMatchObject([{ rows: 0, leftOut: 1, model: null }])
    expect(messages.at(-1)).toMatch(/^No row was tested: 1 not judged/u)
  })

  it('writes reports of each kind, with the guard in that for build servers', async () => {
    const files = ['run.csv', 'run.xlsx', 'run.html', 'run.json', 'run.XML']
    const reports = files.flatMap((name) => ['--report', `FOLDER/${name}`])
    const args = ['--rows', 'ROWS', '--min-accuracy', '0.67', ...reports]
    const { directory, failed, results } = await runCommand('test', 'FILE', ...args)
    expect(failed).toBe(true)
    const read = (name: string) => readFile(path.join(directory, name), 'utf8')
    const json = JSON.parse(await read('run.json')) as Record<string, unknown>
    expect(json).toMatchObject({
      record: { testSet: { name: 'rows.csv' }, model: { sha256: 'ab'.repeat(32) } },
      arms: (results[0] as TestOutcome).arms,
      guards: [
        { problem: null },
        { problem: null },
        { problem: '0.667 of the rows are right; 0.67 was asked for.' },
      ],
    })
    expect((await read('run.csv')).trimEnd().split('\n')).toHaveLength(7)
    expect(await read('run.html')).toContain('0.667 of the rows are right')
    expect(await read('run.XML')).toMatch(/tests="9" failures="3" errors="0"/u)
    expect((await readFile(path.join(directory, 'run.xlsx'))).subarray(0, 2).toString()).toBe('PK')
  })

  it('writes the reports of an interrupted run, marked as incomplete', async () => {
    const directory = await createTempDir()
    const at = (name: string) => path.join(directory, name)
    const names = ['run.csv', 'run.json', 'run.xml', 'run.html']
    const reports = names.flatMap((name) => ['--report', at(name)])
    const run = runUntil(2, 'test', 'FILE', '--rows', 'ROWS', ...reports)
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    const read = (name: string) => readFile(at(name), 'utf8')
    const incomplete = 'Incomplete: 2 of 6 answers. The run was interrupted.'
    expect(JSON.parse(await read('run.json'))).toMatchObject({ guards: [{ problem: incomplete }] })
    expect(await read('run.html')).toContain(incomplete)
    expect(await read('run.xml')).toMatch(/tests="7" failures="2" errors="4"/u)
    expect((await read('run.csv')).match(/Not answered: the run ended before\./gu)).toHaveLength(4)
  })

  it('writes no report of a run that was interrupted before its first answer', async () => {
    const directory = await createTempDir()
    const report = ['--report', path.join(directory, 'run.csv')]
    const run = runUntil(0, 'test', 'FILE', '--rows', 'ROWS', ...report)
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(directory)).toEqual([])
  })

  it.each([
    ['run.txt', /must end with \.csv, \.xlsx, \.html, \.json or \.xml/u],
    ['missing/run.csv', /its folder does not exist/u],
    ['mood.json/run.csv', /its folder is a file/u],
  ])('refuses a report as %s before anything is asked', async (name, why) => {
    const args = ['test', 'FILE', '--rows', 'nowhere.csv', '--report', `FOLDER/${name}`]
    await expect(runCommand(...args)).rejects.toThrow(why)
  })

  it('leaves no file behind where the test itself is refused, and an old report as it was', async () => {
    const directory = await createTempDir()
    const before = path.join(directory, 'old.csv')
    await writeFile(before, 'old')
    const reports = ['--report', before, '--report', path.join(directory, 'new.csv')]
    await expect(runCommand('test', 'BROKEN', '--rows', 'ROWS', ...reports)).rejects.toThrow()
    expect(await readdir(directory)).toEqual(['old.csv'])
    expect(await readFile(before, 'utf8')).toBe('old')
  })

  it('refuses two reports in one file', async () => {
    const reports = ['--report', 'FOLDER/a.csv', '--report', 'FOLDER/./a.csv']
    await expect(runCommand('test', 'FILE', '--rows', 'ROWS', ...reports)).rejects.toThrow(
      /is named twice/u,
    )
  })

  it('asks with one setting as if it were the template’s', async () => {
    const { options, results } = await runCommand(
      ...['test', 'FILE', '--rows', 'ROWS', '--setting', 'temperature=0.5,top_k=7'],
    )
    expect(options[0]).toMatchObject({ temperature: 0.5, topK: 7 })
    expect(Object.keys((results[0] as TestOutcome).arms)).toEqual(['few-shot'])
  })

  it('chooses balanced and varied examples, as many as wanted', async () => {
    const args = ['--rows', 'ROWS', '--choice', 'varied:2', '--arms', 'few-shot']
    const { results, prompts } = await runCommand('test', 'FILE', ...args)
    expect(results).toMatchObject([{ names: { 'few-shot': 'Few-shot (2 examples)' } }])
    const shown = (prompts[0] ?? '').match(/Output: (good|bad)/gu)
    expect(shown?.toSorted()).toEqual(['Output: bad', 'Output: good'])
  })

  it('compares one thing at a time', async () => {
    const settings = ['--setting', 'as-written', '--setting', 'temperature=1']
    const args = ['test', 'FILE', '--rows', 'ROWS', ...settings]
    await expect(runCommand(...args, '--arms', 'zero-shot')).rejects.toThrow(/one model/u)
    await expect(runCommand(...args, '--nearest')).rejects.toThrow(/one model/u)
  })

  it('does not count the arm without a model for the template', async () => {
    const { results } = await runCommand('test', 'FILE', '--rows', 'ROWS', '--nearest')
    const outcome = results[0] as TestOutcome
    expect(Object.keys(outcome.arms)).toEqual(['few-shot', 'nearest'])
    expect(guardedOf(outcome).asking).toEqual([outcome.arms['few-shot']])
  })

  it('warns of more examples than there are', async () => {
    const args = ['--rows', 'ROWS', '--choice', 'random:50'] as const
    const { messages, results } = await runCommand('test', 'FILE', ...args)
    const message =
      '50 examples are asked for and only 4 are there. Add examples, or ask for fewer.'
    expect(messages).toContain(message)
    expect(results).toMatchObject([{ problems: [{ severity: 'warning', message }] }])
  })

  it('does not run a template with an error', async () => {
    const call = runCommand('test', 'BROKEN', '--rows', 'ROWS')
    await expect(call).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(call).rejects.toThrow('The label “good” stands twice.')
  })

  it('does not fail if no accuracy is required', async () => {
    expect((await runCommand('test', 'FILE', '--rows', 'ROWS')).failed).toBe(false)
  })

  it('runs the template as it is written, or the arms that are named', async () => {
    const own = await runCommand('test', 'FILE', '--rows', 'ROWS')
    expect(own.results[0]).toMatchObject({ rows: 6, arms: { 'few-shot': { n: 6 } } })
    const two = await runCommand('test', 'FILE', '--rows', 'ROWS', '--arms', 'zero-shot,few-shot')
    expect(Object.keys((two.results[0] as { arms: object }).arms)).toEqual([
      'zero-shot',
      'few-shot',
    ])
  })

  it.each(['1.5', '-1', 'most', ''])('refuses the share %j as bad usage', async (share) => {
    const call = runCommand('test', 'FILE', '--rows', 'ROWS', `--min-accuracy=${share}`)
    await expect(call).rejects.toMatchObject({ code: 'commander.invalidArgument' })
  })
})

describe('template run', () => {
  it('answers one input', async () => {
    const { results, failed } = await runCommand('run', 'FILE', '--input', 'What a day')
    expect(results).toMatchObject([{ output: 'good', inDomain: true }])
    expect(failed).toBe(false)
  })

  it('names a value that the template does not use', async () => {
    const asked = runCommand('run', 'FILE', '--input', 'What a day', '--value', 'INPTU=x')
    await expect(asked).rejects.toMatchObject({
      code: 'invalid-input',
      message:
        'The template does not use “INPTU” (did you mean “INPUT”?). Its placeholders: <INPUT>.',
    })
  })

  it('answers what is sent to standard input, without the last line break', async () => {
    const { results, prompts } = await runCommand('run', 'FILE', '--input', '-')
    expect(results).toMatchObject([{ output: 'good' }])
    expect(prompts.at(-1)).toContain(`Input: ${sent.trimEnd()}\nOutput:`)
  })

  it('answers the rows of a table one by one', async () => {
    const map = ['--map', 'input=text', '--map', 'expected=mood'] as const
    const { results, texts, messages } = await runCommand('run', 'FILE', '--rows', '-', ...map)
    expect(results).toMatchObject([
      { row: '1', output: 'good', correct: true },
      { row: '2', output: 'good', correct: false },
    ])
    expect(texts).toEqual(['Row 1\ngood', 'Row 2\ngood'])
    expect(messages).toEqual([
      'standard input: Columns: “text” → <INPUT>, “mood” → expected answer.',
    ])
  })

  it('names a row that lacks a value, and answers the others', async () => {
    const two = await written({ ...moodTemplate, input: '<INPUT> <PLACE>' })
    const file = path.join(path.dirname(two), 'rows.csv')
    await writeFile(file, 'input,place\nA day,here\nA night,\n')
    const { results, messages, failed } = await runCommand('run', two, '--rows', file)
    expect(results).toMatchObject([{ row: '2' }])
    expect(messages).toContain('Row 3 is not answered: there is nothing for <PLACE>.')
    expect(failed).toBe(true)
  })

  it.each([
    [['--map', 'INPUT=text'], '--map names columns of --rows. Give --rows too.'],
    [
      ['--rows', 'ROWS', '--input', 'A day'],
      'The rows have the text of the placeholders. Leave out --input and --value.',
    ],
  ])('refuses %j', async (args, message) => {
    const call = runCommand('run', 'FILE', ...args)
    await expect(call).rejects.toMatchObject({ code: 'invalid-input', message })
  })

  it.each(['INPUT', '=text', ''])('refuses the mapping %j as bad usage', async (pairs) => {
    const call = runCommand('run', 'FILE', '--rows', 'ROWS', `--map=${pairs}`)
    await expect(call).rejects.toMatchObject({ code: 'commander.invalidArgument' })
  })

  it.each(['utf16le', 'utf8'] as const)('reads a template in %s', async (encoding) => {
    const file = path.join(await createTempDir(), 'mood.json')
    await writeFile(file, Buffer.from(`\uFEFF${JSON.stringify(moodTemplate)}`, encoding))
    const { results } = await runCommand('run', file, '--input', 'What a day')
    expect(results).toMatchObject([{ output: 'good' }])
  })

  it.each(['', '   '])('does not answer an empty input (%j)', async (input) => {
    const call = runCommand('run', 'FILE', '--input', input)
    await expect(call).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('says what is missing', async () => {
    await expect(runCommand('run', 'FILE')).rejects.toMatchObject({
      code: 'invalid-input',
      message:
        'There is nothing for <INPUT>. Give it with --input or --value NAME=TEXT. To keep a tag such as <B> in the prompt as it is, write \\<B> in the template.',
    })
  })
})
