import type { Logger } from '../../disk/logger.ts'
import type { Mutex } from '../../flow/mutex.ts'
import type { Parser } from '../../parsing/parser.ts'
import type { IndexBuilder } from '../../retrieval/indexBuilder.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/sweeper.ts'
import type { Uploads } from '../store/uploads.ts'
import { commitDocuments } from './commitDocuments.ts'
import { cutMissing } from './cutPassages.ts'
import { createGroupIndexer } from './groupIndexer.ts'
import { createImportQueue, type ImportQueue } from './importQueue.ts'
import { createFailDocument, createImportSteps } from './importSteps.ts'
import { createIndexBuilder } from './indexBuilder.ts'
import { readDocument } from './readDocument.ts'

/** What importing is made of. Each step takes only what it uses. */
export interface ImportingDeps {
  readonly spool: string
  readonly ledger: Ledger
  readonly parser: Parser
  /** What it gives stays the same within `exclusive`. */
  readonly index: Pick<IndexInUse, 'current'>
  readonly contents: ContentStore
  readonly uploads: Uploads
  readonly logger: Logger
  /** Keeps writes of contents apart from the sweeping of contents. */
  readonly exclusive: Mutex
  /** Removes those contents that no row needs any more; called inside `exclusive`. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  /** Whether some row, perhaps a removed one, needs a content. */
  readonly isNeeded: (contentId: string) => boolean
  /** Contents with stored text that the index lost, or never had for this embedder. */
  readonly lost: LostContents
  readonly now: () => number
  /** Shows a person a sentence. */
  readonly notice: (sentence: string) => void
}

/** Puts the parts of importing together. */
export function openImporting(deps: ImportingDeps): {
  readonly queue: ImportQueue
  readonly indexBuilder: IndexBuilder
} {
  const { ledger, contents, index, logger, exclusive, isNeeded, lost, sweep, now } = deps
  const cutting = { parser: deps.parser, spool: deps.spool }
  const fail = createFailDocument(ledger, logger)
  const indexer = createGroupIndexer({
    ledger,
    contents,
    index,
    lost,
    isNeeded,
    cut: (files, target, signal) => cutMissing(files, target, contents, cutting, signal),
    commit: (files, fresh) => commitDocuments(files, fresh, deps),
    sweep,
    fail,
    logger,
  })
  const steps = createImportSteps({
    ledger,
    exclusive,
    read: (id, onPage, signal) => readDocument(id, deps, onPage, signal),
    indexer,
    fail,
  })
  return {
    queue: createImportQueue({
      steps,
      logger,
      onDiskFull: (error) => deps.notice(error.message),
      nameOf: (id) => ledger.get(id)?.name ?? null,
      now,
    }),
    indexBuilder: createIndexBuilder({ ledger, contents, exclusive, isNeeded, lost, cutting }),
  }
}
