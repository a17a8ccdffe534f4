import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeKnownModel } from '../helpers/knownModel.ts'
import { useToQuote } from '../helpers/testApp.ts'

/**
 * Makes the app in a new data folder quote with a model that adds no preference of its own to the
 * search. Where it writes into a form, it closes each text at once.
 */
export async function useKnownModel(dataDir: string): Promise<void> {
  const settings = useToQuote(await writeKnownModel(dataDir, '"'))
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings))
}
