import { plural } from './domain/localFormat.ts'
import type { CheckedStore, DataFault, FaultKind, RepairKind } from './domain/dataFault.ts'

/** Headings of the groups in which faults are listed. */
export const storeNames: Readonly<Record<CheckedStore, string>> = {
  documents: 'Documents',
  index: 'Search index',
  conversations: 'Conversations',
  templates: 'Templates',
  'test-sets': 'Test sets',
  runs: 'Runs',
  models: 'Models',
  settings: 'Settings',
}

/** What is wrong, as a sentence. */
export function faultSentence({ kind, lines }: Pick<DataFault, 'kind' | 'lines'>): string {
  return kind === 'lines' ? `${plural(lines ?? 0, 'line')} can’t be read.` : sentences[kind]
}

const sentences: Readonly<Record<Exclude<FaultKind, 'lines'>, string>> = {
  unreadable: 'The file can’t be read.',
  missing: 'The file is missing.',
  'damaged-copy': 'A damaged copy was kept beside the file.',
  text: 'The stored text is damaged or missing.',
  layout: 'The places of the text on its pages are damaged.',
  original: 'The stored copy of the file is damaged.',
  'original-missing': 'The stored copy of the file is missing.',
  'upload-missing': 'The file is missing that was to be imported.',
  index: 'The search index doesn’t match the stored text.',
  'word-counts': 'The word counts of the search index can’t be read.',
  'model-missing': 'The model’s files are missing.',
  'model-damaged': 'The model’s file is damaged or incomplete.',
  'model-size': 'The file has another size than the one that was downloaded.',
  'model-hash': 'The file has other bytes than the one that was downloaded.',
}

/** What a repair would do or, where there is none, what a person can do; a sentence. */
export function repairSentence({ kind, repair }: Pick<DataFault, 'kind' | 'repair'>): string {
  if (repair !== null) return repairs[repair]
  return advice[kind] ?? 'Penknife can’t repair this.'
}

const repairs: Readonly<Record<RepairKind, string>> = {
  'read-again': 'Repair sets it aside and reads the file again.',
  'index-again': 'Repair indexes the text again.',
  'set-aside': 'Repair sets the file aside.',
  'write-again': 'Repair sets it aside and writes the file again.',
  'keep-readable': 'Repair sets it aside and keeps what can be read.',
}

const advice: Readonly<Partial<Record<FaultKind, string>>> = {
  unreadable: 'Check that its disk is connected and that Penknife may open it.',
  text: 'The file that it was read from is gone. Import the file again.',
  layout: 'The file that it was read from is gone. Import the file again.',
  'original-missing':
    'Its text can still be searched. To see its own pages, import the file again.',
  'upload-missing': 'Import the file again.',
  'model-missing': 'Choose the file again, or remove the model from the list.',
  'model-damaged': 'Remove the model, then download or add it again.',
  'model-size': 'Remove the model, then download it again.',
  'model-hash': 'Remove the model, then download it again.',
}
