import path from 'node:path'

export interface Paths {
  readonly root: string
  readonly lock: string
  readonly settings: string
  readonly calibration: string
  /** Models that were downloaded, and the list of those that were added. */
  readonly models: string
  readonly ledger: string
  /** A recent copy of the ledger, for when it is damaged. */
  readonly ledgerBackup: string
  readonly collections: string
  /** Stored text, one set of files a content. */
  readonly texts: string
  /** Copies of uploaded files, by content. */
  readonly originals: string
  /** Uploads and parser output that are not part of the library yet. */
  readonly spool: string
  /** What a start found and could not attribute; a folder for each start. */
  readonly setAside: string
  readonly conversations: string
  /** One folder a template: its versions, test sets and runs. */
  readonly templates: string
  /** SHA-256 of model files, by path. */
  readonly modelHashes: string
  readonly logs: string
  /** Which index is in use, and which one is being made. */
  readonly indexInUse: string
  /** One index an embedder, so that dimensions never mix. */
  index(id: string): string
}

/** Ends the name of an upload that is still arriving, so that a start knows which ones never did. */
export const unfinishedUpload = '.part'

/** The only place that knows how the data directory is laid out. */
export function createPaths(root: string): Paths {
  const at = (...parts: string[]): string => path.join(root, ...parts)
  return {
    root,
    lock: at('lock.json'),
    settings: at('settings.json'),
    calibration: at('calibration.json'),
    models: at('models'),
    ledger: at('library', 'ledger.jsonl'),
    ledgerBackup: at('library', 'ledger.backup.jsonl'),
    collections: at('library', 'collections.json'),
    texts: at('library', 'texts'),
    originals: at('library', 'originals'),
    spool: at('spool'),
    setAside: at('set-aside'),
    conversations: at('conversations'),
    templates: at('templates'),
    modelHashes: at('model-hashes.json'),
    logs: at('logs'),
    indexInUse: at('index', 'in-use.json'),
    index: (id) => at('index', id),
  }
}

/** What is shipped with the app and never written. */
export interface Resources {
  readonly models: string
  readonly catalogue: string
  readonly sample: string
  /** Templates to begin from, a file each. */
  readonly templates: string
}

export function createResources(root: string): Resources {
  return {
    models: path.join(root, 'models'),
    sample: path.join(root, 'sample'),
    templates: path.join(root, 'templates'),
    catalogue: path.join(root, 'catalogue.json'),
  }
}
