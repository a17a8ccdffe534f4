import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createTempDir } from '../helpers/tempDir.ts'

async function start(...args: readonly string[]) {
  return startIn(await createTempDir(), ...args)
}

function startIn(dataDir: string, ...args: readonly string[]) {
  return spawn(process.execPath, ['out/main/cli.js', '--data-dir', dataDir, ...args])
}

test('a command continues when its output is closed', async () => {
  const command = await start('--json', 'template', 'list')
  command.stdout.destroy()
  const messages = text(command.stderr)
  expect(await once(command, 'close')).toEqual([0, null])
  expect(await messages).toBe('')
})

test('bad usage ends with 2 and prints nothing as a result', async () => {
  const command = await start('--json', 'search')
  const [results, messages] = [text(command.stdout), text(command.stderr)]
  expect(await once(command, 'close')).toEqual([2, null])
  expect(await results).toBe('')
  expect(await messages).toMatch(/missing required argument/u)
})

test('a broken file that was set aside is reported with the results', async () => {
  const dataDir = await createTempDir()
  await writeFile(path.join(dataDir, 'settings.json'), '{')
  const command = startIn(dataDir, '--json', 'list')
  const messages = text(command.stderr)
  expect(await once(command, 'close')).toEqual([0, null])
  expect(await messages).toMatch(/settings/u)
})

test('a search reports that documents are still being read', async () => {
  const dataDir = await createTempDir()
  const file = path.join(dataDir, 'ferry.txt')
  await writeFile(file, 'The ferry leaves at nine.')
  expect(await once(startIn(dataDir, 'import', file), 'close')).toEqual([0, null])
  await rm(path.join(dataDir, 'index'), { recursive: true })
  const command = startIn(dataDir, 'search', 'ferry')
  const messages = text(command.stderr)
  expect(await once(command, 'close')).toEqual([0, null])
  expect(await messages).toContain('1 document is still to be read')
})

test('a check names what is damaged, and repairs it', async () => {
  const dataDir = await createTempDir()
  const file = path.join(dataDir, 'ferry.txt')
  await writeFile(file, 'The ferry leaves at nine.')
  expect(await once(startIn(dataDir, 'import', file), 'close')).toEqual([0, null])
  const [content = ''] = await readdir(path.join(dataDir, 'library', 'texts'))
  await writeFile(path.join(dataDir, 'library', 'texts', content, 'text.jsonl'), 'garbage')

  async function check(...options: readonly string[]) {
    const command = startIn(dataDir, '--json', 'check', ...options)
    const [results, messages] = [text(command.stdout), text(command.stderr)]
    const [code] = (await once(command, 'close')) as [number]
    const lines = (await results).split('\n').filter((line) => line !== '')
    return { code, faults: lines.map((line) => JSON.parse(line) as unknown), told: await messages }
  }
  const fault = { store: 'documents', name: 'ferry.txt', fault: 'text' }
  expect(await check()).toMatchObject({
    code: 1,
    faults: [{ ...fault, repaired: false }],
    told: expect.stringContaining('Nothing is deleted') as string,
  })
  expect(await check('--repair')).toMatchObject({
    code: 0,
    faults: [{ ...fault, repaired: true }],
    told: expect.stringContaining('set-aside') as string,
  })
  expect(await check('--models')).toMatchObject({
    code: 0,
    faults: [],
    told: expect.stringMatching(/^Everything is in order: \d+ files checked\.\n$/u) as string,
  })
})

test('what was set aside is listed, restored and deleted', async () => {
  const dataDir = await createTempDir()
  const aside = path.join(dataDir, 'set-aside', '20260102T030405678Z')
  await mkdir(path.join(aside, 'originals'), { recursive: true })
  await mkdir(path.join(aside, 'files'), { recursive: true })
  await writeFile(
    path.join(aside, 'originals', `${'a'.repeat(32)}.txt`),
    'The ferry leaves at nine.',
  )
  await writeFile(path.join(aside, 'files', 'settings.json'), 'garbage')

  async function run(...args: readonly string[]) {
    const command = startIn(dataDir, '--json', 'set-aside', ...args)
    const results = text(command.stdout)
    const [code] = (await once(command, 'close')) as [number]
    const lines = (await results).split('\n').filter((line) => line !== '')
    return { code, items: lines.map((line) => JSON.parse(line) as { readonly id: string }) }
  }
  const listed = await run()
  expect(listed).toMatchObject({ code: 0, items: [{ restorable: true }, { kind: 'files' }] })
  const [document, files] = listed.items.map(({ id }) => id)
  expect(await run('restore', document ?? '')).toMatchObject({
    code: 0,
    items: [{ name: 'Document (recovered).txt', status: 'indexed' }],
  })
  expect(await run('delete', 'nothing')).toEqual({ code: 1, items: [] })
  expect(await run('delete', files ?? '')).toMatchObject({ code: 0, items: [{ deleted: true }] })
  expect(await run('list')).toEqual({ code: 0, items: [] })
})

const oneFileEach = [
  ...['lock.json', 'settings.json', 'calibration.json', 'model-hashes.json'],
  ...['library/ledger.jsonl', 'library/ledger.backup.jsonl', 'library/collections.json'],
  ...['models/models.json', 'models/downloads.json', 'index/in-use.json'],
  'conversations/00000000-0000-4000-8000-000000000000.jsonl',
]

test.each(oneFileEach)('a folder instead of %s gives a sentence', async (name) => {
  const dataDir = await createTempDir()
  await mkdir(path.join(dataDir, name), { recursive: true })
  const command = startIn(dataDir, 'list')
  const messages = text(command.stderr)
  const [code] = (await once(command, 'close')) as [number]
  // Where it isn't read at the start, it is none of the start's business.
  if (code === 0) return
  expect([code, (await messages).replace(dataDir, 'DATA')]).toEqual([
    1,
    expect.stringMatching(/^There is a folder where Penknife keeps a file: \S+ Move .+\.\n$/u),
  ])
})

test('a file instead of a folder gives a sentence', async () => {
  const dataDir = await createTempDir()
  await writeFile(path.join(dataDir, 'library'), '')
  const command = startIn(dataDir, 'list')
  const messages = text(command.stderr)
  expect(await once(command, 'close')).toEqual([1, null])
  expect(await messages).toMatch(/^There is a file where Penknife needs a folder: .+\.\n$/u)
})
