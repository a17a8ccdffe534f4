import type { RunPlan } from '../../../../../shared/domain/testRun/arm.ts'
import { showError, showToast } from '../../../ui/toasts.ts'
import type { TemplatesStore } from '../templatesStore.ts'
import type { TestBench } from './testBench.ts'

/**
 * Starts a run of the template in the editor. A run refers to a version, so unsaved changes are
 * saved first, with a message.
 */
export async function startRun(
  templates: TemplatesStore,
  bench: TestBench,
  planOf: (version: number) => RunPlan,
): Promise<void> {
  try {
    const saved = await templates.save()
    if (saved !== null) showToast(`Saved as version ${String(saved.version)}, which is tested.`)
    const { open } = templates.store.getState()
    if (open !== null) await bench.start(planOf(open.version))
  } catch (error) {
    showError(error, 'The run could not be started. Try again.')
  }
}
