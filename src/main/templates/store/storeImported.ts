import { importTemplate } from './importTemplate.ts'
import type { TemplateStore } from './templateStore.ts'
import type { TestSetStore } from './testSetStore.ts'

/**
 * Stores the template of a file, and its rows as a test set.
 *
 * @returns the template's id.
 * @throws AppError `invalid-input` as `importTemplate` does.
 */
export async function storeImported(
  stores: {
    readonly store: Pick<TemplateStore, 'createSaved'>
    readonly testSets: Pick<TestSetStore, 'create'>
  },
  file: { readonly name: string; readonly text: string },
): Promise<string> {
  const { template, rows } = importTemplate(file)
  const id = await stores.store.createSaved(template)
  if (rows.length > 0) await stores.testSets.create(id, template.name, rows)
  return id
}
