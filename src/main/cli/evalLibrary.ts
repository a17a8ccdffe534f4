import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Settings } from '../../shared/domain/settings.ts'
import { createApp, type App } from '../app.ts'
import type { CorpusEntry } from '../evaluation/beir.ts'
import type { EvalLibrary } from '../evaluation/evalLibrary.ts'
import type { CommandContext } from './commandContext.ts'

/** Files written at the same time; more isn't faster. */
const writtenAtOnce = 64
/** Time between two progress messages, in milliseconds. */
const tellEveryMs = 2_000

/**
 * Runs an evaluation on a temporary library. The texts are written as files and imported as a
 * user's are; files and library are deleted afterwards.
 */
export async function withEvalLibrary<T>(
  { appOptions, output }: CommandContext,
  work: (library: EvalLibrary, app: App) => Promise<T>,
  overrides: Partial<Settings> = {},
): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'penknife-eval-'))
  try {
    const app = await createApp({ ...appOptions, dataDir: path.join(root, 'data'), overrides })
    try {
      return await work(
        createEvalLibrary(app, path.join(root, 'texts'), (text) => output.message(text)),
        app,
      )
    } finally {
      await app.dispose()
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function createEvalLibrary(app: App, folder: string, message: (text: string) => void): EvalLibrary {
  const { store, embedder, statistics } = app.index.current()
  const entries = new Map<string, string>()
  let toldAt = 0
  return {
    store,
    embedder,
    retrieval: app.retrieval,
    statistics,
    async importTexts(corpus) {
      const ids = await writeTexts(corpus, folder)
      await app.library.import([{ path: folder }], null)
      await app.library.idle()
      for (const { contentId, name } of app.library.list().documents) {
        const id = ids.get(name)
        if (contentId !== null && id !== undefined) entries.set(contentId, id)
      }
      message(`Imported ${ids.size} texts as ${await store.count()} passages.`)
    },
    entryOf: (contentId) => entries.get(contentId) ?? null,
    onProgress(done, total) {
      if (performance.now() - toldAt < tellEveryMs && done < total) return
      toldAt = performance.now()
      message(`${done} of ${total}`)
    },
  }
}

/** @returns the entry of each file name. */
async function writeTexts(
  corpus: readonly CorpusEntry[],
  folder: string,
): Promise<Map<string, string>> {
  await mkdir(folder, { recursive: true })
  const ids = new Map<string, string>()
  for (let from = 0; from < corpus.length; from += writtenAtOnce) {
    const group = corpus.slice(from, from + writtenAtOnce)
    await Promise.all(
      group.map((entry, index) => {
        const name = `${String(from + index).padStart(7, '0')}${extensionOf(entry)}`
        ids.set(name, entry.id)
        return writeFile(path.join(folder, name), asFile(entry))
      }),
    )
  }
  return ids
}

/** A text with a title becomes a web page, in which the title is a heading; one without stays as it is. */
function extensionOf({ title }: CorpusEntry): string {
  return title === '' ? '.txt' : '.html'
}

function asFile({ title, text }: CorpusEntry): string {
  if (title === '') return text
  const paragraphs = text.split(/\n{2,}/u).map((one) => `<p>${escapeHtml(one)}</p>`)
  const head = '<!doctype html><meta charset="utf-8">'
  return `${head}<h1>${escapeHtml(title)}</h1>${paragraphs.join('\n')}`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
