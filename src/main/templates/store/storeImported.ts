import { importTemplate } from './importTemplate.ts'
import type { TemplateStore } from './templateStore.ts'
import type { TestSetStore } from './testSetStore.ts'

/**
 * Stores the template of a file, and its rows as a test set.
 *
 * @returns the template's id, and what of the file wasn't taken over.
 * @throws AppError `invalid-input` as `importTemplate` does.
 */
export async function storeImported(
  stores: {
    readonly store: Pick<TemplateStore, 'createSaved'>
    readonly testSets: Pick<TestSetStore, 'create'>
  },
  file: { readonly name: string; readonly text: string },
): Promise<{ readonly id: string; readonly notes: readonly string[] }> {
  const { template, rows, notes } = importTemplate(file)
  const id = await stores.store.createSaved(template)
  if (rows.length > 0) await stores.testSets.create(id, template.name, rows)
  return { id, notes }
}
