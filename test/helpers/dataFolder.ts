import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { createApp, type App } from '../../src/main/app.ts'
import { openConversationStore } from '../../src/main/chat/conversationStore.ts'
import { createPaths } from '../../src/main/disk/paths.ts'
import { createModelHashes } from '../../src/main/templates/running/modelHash.ts'
import {
  createRunFolder,
  resultsOf,
  writeState,
} from '../../src/main/templates/running/runFolder.ts'
import { openResultsFile } from '../../src/main/templates/running/resultsFile.ts'
import { openTemplateStore } from '../../src/main/templates/store/templateStore.ts'
import { createTestSetStore } from '../../src/main/templates/store/testSetStore.ts'
import type { RunRecord } from '../../src/shared/domain/testRun/run.ts'
import { AppError } from '../../src/shared/errors.ts'
import { createFakeLlm } from './fakeLlm.ts'
import { createMemoryHosts } from './memoryHosts.ts'
import { moodRows } from './runMaterial.ts'
import { madeArm, madeResult } from './runResults.ts'
import { labelTemplate } from './templates.ts'

const { signal } = new AbortController()
const { resourcesDir, shell } = {
  resourcesDir: path.resolve('resources'),
  shell: 'browser',
} as const

/** Starts the app on a data folder, with a fake model and without processes. */
export function startOn(dataDir: string): Promise<App> {
  const startHost = createMemoryHosts({
    llm: createFakeLlm(),
    contextSize: 4096,
    nameOf: (file) => path.basename(file),
  })
  return createApp({ dataDir, resourcesDir, shell, startHost })
}

/** What a person finds in each part of the app; `null` where it can't be had. */
export async function contentsOf({ library, handlers, templates }: App) {
  const orNull = (error: unknown): null => {
    expect(error).toBeInstanceOf(AppError)
    return null
  }
  const { documents, collections } = library.list()
  const conversations = await handlers.chat.list(undefined, { signal })
  return {
    settings: handlers.settings.get(undefined, { signal }),
    documents: await Promise.all(
      [...documents]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(async ({ id, name }) => [
          name,
          await library.pages(id, 1, 5).then(({ pages }) => pages.map(({ text }) => text), orNull),
        ]),
    ),
    found: await foundFor('allowance', handlers),
    collections: collections.map(({ name }) => name),
    conversations: await Promise.all(
      conversations.map(({ id }) => Promise.resolve(handlers.chat.get({ id }, { signal }))),
    ),
    templates: await Promise.all(templates.store.list().map(({ id }) => templates.store.get(id))),
    testSets: await Promise.all(
      templates.store
        .list()
        .map(({ id }) => Promise.resolve(handlers.testRuns.testSets({ template: id }, { signal }))),
    ),
    runs: (await handlers.testRuns.list({ template: null }, { signal })).map(({ record, done }) => [
      record.id,
      done,
    ]),
  }
}

/** What the library's search finds, by the words and by the contents of the index. */
async function foundFor(text: string, { documents }: App['handlers']): Promise<readonly string[]> {
  const matches = await documents.search({ text }, { signal })
  const quotes = await documents.quotes({ text, matches }, { signal })
  return quotes.map(({ quote }) => quote)
}

export type Contents = Awaited<ReturnType<typeof contentsOf>>

/** A data folder with everything in it. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  const paths = createPaths(dataDir)
  const notice = (sentence: string): never => expect.fail(sentence)
  const store = await openTemplateStore(paths.templates, notice)
  const template = await store.createSaved(labelTemplate())
  await store.save(template, labelTemplate({ name: 'Humour' }), 'second')
  await store.keepDraft(template, labelTemplate({ name: 'Draft' }))
  const sets = createTestSetStore({ folderOf: (id) => store.folderOf(id), notice })
  await sets.create(template, 'Held out', moodRows(3))
  await sets.close()
  const run = path.join(store.folderOf(template), 'runs', 'run')
  await store.close()
  await createRunFolder(run, recordOf(template), moodRows(3))
  const results = await openResultsFile(resultsOf({ directory: run }))
  await results.add(madeResult(1, { row: 'r1' }))
  await results.close()
  await writeState(run, { status: 'paused', message: null, done: 1, failed: 0 })
  const chats = await openConversationStore(paths.conversations, notice)
  const choice = {
    scope: { kind: 'all' },
    answering: null,
    template: null,
    sampling: null,
  } as const
  const { id } = await chats.create({ title: 'Leave', ...choice })
  for (const name of ['a', 'b', 'c']) {
    const turn = { id: name, question: name, completedQuery: null, askedAt: '', answer: null }
    await chats.saveTurn(id, turn)
  }
  await chats.close()
  await fillLibrary(dataDir)
  writeFileSync(path.join(dataDir, 'model.gguf'), '')
  await createModelHashes(paths.modelHashes, notice).of(path.join(dataDir, 'model.gguf'))
}

async function fillLibrary(dataDir: string): Promise<void> {
  const app = await startOn(dataDir)
  await app.handlers.settings.update({ theme: 'dark' }, { signal })
  const { id: collection } = await app.library.createCollection('Travel')
  for (const [name, text] of [
    ['kudu.txt', 'The kudu allowance is 81 euros.'],
    ['oars.txt', 'The oars are blue.'],
  ] as const) {
    const { id: upload, file } = await app.uploads.create()
    writeFileSync(file, text)
    await app.library.import([{ upload, name }], collection)
  }
  await app.library.idle()
  app.logger.info('something')
  await app.dispose()
  const { models } = createPaths(dataDir)
  mkdirSync(path.join(models, '.downloads'), { recursive: true })
  writeFileSync(path.join(models, 'models.json'), '{"version":1,"models":[]}\n')
  writeFileSync(path.join(models, '.downloads', 'downloads.json'), '{"version":1,"downloads":[]}\n')
}

function recordOf(template: string): RunRecord {
  return {
    schema: 1,
    id: 'run',
    template,
    plan: { kind: 'test', versions: [1], method: 'generate' },
    arms: [madeArm('few-shot')],
    testSet: { id: 's', name: 'Held out' },
    rows: moodRows(3).map(({ id }) => id),
    model: null,
    embedder: 'e',
    decoding: { temperature: 0, seed: 0, maxTokens: 100, grammar: true },
    appVersion: '0.1.0',
    startedAt: '2026-01-01T00:00:00.000Z',
  }
}

const deadOwner = '{"pid":999999999,"started":"x","token":"gone"}\n'

/** Leaves the locks of a process that has ended, as where it was killed. */
export function endProcess(dataDir: string): void {
  const lock = path.join(dataDir, 'lock.json')
  const guard = `${lock}.takeover`
  writeFileSync(lock, deadOwner)
  if (existsSync(guard)) writeFileSync(guard, deadOwner)
}
