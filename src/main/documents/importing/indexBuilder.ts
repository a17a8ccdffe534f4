import path from 'node:path'
import { isCancelled, throwIfAborted } from '../../../shared/errors.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import type { IndexBuilder, MissingContent } from '../../retrieval/indexBuilder.ts'
import type { SearchIndex } from '../../retrieval/searchIndex.ts'
import { passagesFile, readPassages } from '../store/contentStore.ts'
import { cutPassages } from './cutPassages.ts'
import { indexContents } from './indexContents.ts'
import type { ImportStepsOptions } from './importWork.ts'

export function createIndexBuilder(options: ImportStepsOptions): IndexBuilder {
  const { ledger, contents, exclusive, isNeeded, lost } = options
  /** Passages of the contents that each index was seen to hold whole. */
  const whole = new WeakMap<SearchIndex, Map<string, number>>()

  function wholeIn(target: SearchIndex): Map<string, number> {
    const known = whole.get(target) ?? new Map<string, number>()
    whole.set(target, known)
    return known
  }

  async function missing(target: SearchIndex) {
    const known = wholeIn(target)
    const stored = await target.store.contents()
    const needed = contents.contents().filter(isNeeded)
    const absent: MissingContent[] = []
    for (const content of needed) {
      const count = stored.get(content)
      if (count !== undefined && known.get(content) === count) continue
      // From before a restart. The file is there before any passage is in the index.
      if (count !== undefined && (await contents.countPassages(content, target.id)) === count) {
        known.set(content, count)
        continue
      }
      absent.push({ content, chunks: ledger.ofContent(content)[0]?.chunks ?? 1 })
    }
    return { missing: absent, total: needed.length }
  }

  async function cut(content: string, target: SearchIndex, signal: AbortSignal): Promise<number> {
    const { id, passageSize } = target
    const text = path.join(contents.folder(content), parsedFiles.text)
    const take = (file: string): Promise<void> => contents.adoptPassages(content, id, file)
    return cutPassages(options, text, passageSize, take, signal)
  }

  return {
    total: () => contents.contents().filter(isNeeded).length,
    missing,
    async build(wanted, target, hold) {
      const stored = await target.store.contents()
      const begun = wanted.filter((content) => stored.has(content))
      if (begun.length > 0) await target.store.remove(begun)
      const counted = new Map<string, number>()
      try {
        for (const content of wanted) {
          await hold.unpaused()
          throwIfAborted(hold.signal)
          counted.set(content, await cut(content, target, hold.signal))
        }
        await indexContents(
          [...counted].map(([content, chunks]) => ({
            content,
            chunks,
            read: () => readPassages(passagesFile(contents.folder(content), target.id)),
          })),
          target,
          hold,
        )
      } catch (error) {
        if (isCancelled(error) || wanted.every(isNeeded)) throw error
        // The others are still missing, and are told again.
        return
      }
      for (const [content, chunks] of counted) wholeIn(target).set(content, chunks)
    },
    exchangeWhenWhole: (target, exchange) =>
      exclusive(async () => {
        const { missing: absent } = await missing(target)
        if (absent.length > 0) return false
        const stored = await target.store.contents()
        const left = [...stored.keys()].filter((content) => !isNeeded(content))
        if (left.length > 0) await target.store.remove(left)
        await ledger.flush()
        await exchange()
        lost.contents.clear()
        const rows = ledger.list().filter((row) => row.content !== null)
        const counted = rows.map((row) => ({ ...row, chunks: stored.get(row.content ?? '') ?? 0 }))
        await ledger.put(counted.filter(({ chunks }, at) => chunks !== rows[at]?.chunks))
        return true
      }),
    async removeOtherChunks(indexes, signal) {
      for (const content of contents.contents()) {
        throwIfAborted(signal)
        await contents.keepPassages(content, indexes)
      }
    },
  }
}
