import { commandingSigns } from '../../../../shared/domain/commandingSigns.ts'
import { oneLine } from '../../../../shared/domain/oneLine.ts'
import { cleanText } from '../pageBuilder.ts'
import type { OpenPdf } from './openPdf.ts'

/** A longer label is a sentence, not the number of a page. */
const longest = 24

/** What is printed on the pages as their numbers, for those on which it is not just their number. */
export async function readLabels({ document }: OpenPdf): Promise<ReadonlyMap<number, string>> {
  const labels = new Map<number, string>()
  for (const [index, written] of ((await document.getPageLabels()) ?? []).entries()) {
    const label = oneLine(cleanText(written).replace(commandingSigns, ''))
    const isLabel = label !== '' && label.length <= longest && label !== String(index + 1)
    if (isLabel) labels.set(index + 1, label)
  }
  return labels
}
