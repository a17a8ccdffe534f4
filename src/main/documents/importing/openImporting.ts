import type { Logger } from '../../disk/logger.ts'
import type { Mutex } from '../../flow/mutex.ts'
import type { Parser } from '../../parsing/parser.ts'
import type { IndexBuilder } from '../../retrieval/indexBuilder.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { Adoptions } from '../store/adoptions.ts'
import type { ContentStore } from '../store/contentStore.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LostContents } from '../store/recover.ts'
import type { Uploads } from '../store/uploads.ts'
import { commitDocuments } from './commitDocuments.ts'
import { cutMissing } from './cutPassages.ts'
import { createGroupIndexer } from './groupIndexer.ts'
import { createImportQueue, type ImportQueue } from './importQueue.ts'
import { createFailDocument, createImportSteps } from './importSteps.ts'
import { createIndexBuilder } from './indexBuilder.ts'
import { readDocument } from './readDocument.ts'

/** Dependencies of importing. Each step takes only those that it uses. */
export interface ImportingDeps {
  readonly spool: string
  readonly ledger: Ledger
  readonly parser: Parser
  /** `current` returns the same index within `exclusive`. */
  readonly index: Pick<IndexInUse, 'current'>
  readonly contents: ContentStore
  readonly adoptions: Adoptions
  readonly uploads: Uploads
  readonly logger: Logger
  /** Prevents that contents are swept while contents are written. */
  readonly exclusive: Mutex
  /** Removes the given contents if no row needs them; called within `exclusive`. */
  readonly sweep: (contents: readonly string[]) => Promise<void>
  /** Whether a row needs a content, including removed rows that can still be restored. */
  readonly isNeeded: (contentId: string) => boolean
  /** Contents with stored text that are missing in the index. */
  readonly lost: LostContents
  readonly now: () => number
  /** Shows a sentence to the user. */
  readonly notice: (sentence: string) => void
}

/** Creates the import queue, its steps and commands. */
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
    read: (id, control) => readDocument(id, deps, control),
    indexer,
    fail,
  })
  return {
    queue: createImportQueue({
      steps,
      atOnce: deps.parser.atOnce,
      logger,
      onDiskFull: () => deps.notice(importPaused),
      nameOf: (id) => ledger.get(id)?.name ?? null,
      now,
    }),
    indexBuilder: createIndexBuilder({ ledger, contents, exclusive, isNeeded, lost, cutting }),
  }
}

const importPaused =
  'The disk is full, so the import was paused. Free up some space, then resume the import.'
