import { createForeground } from '../../src/main/llm/foreground.ts'
import { createRunning, type Running } from '../../src/main/templates/running/running.ts'
import { createFakeEmbedder } from './fakeEmbedder.ts'
import { fakeInfo, type FakeLlm } from './fakeLlm.ts'

/** Everything that runs templates, with a fake model and without documents. */
export function createFakeRunning(
  llm: FakeLlm,
  onUnexpectedError: (error: unknown) => void = (error) => {
    throw error
  },
): Running {
  return createRunning({
    llm,
    foreground: createForeground(llm),
    embedder: createFakeEmbedder(),
    model: () => Promise.resolve(fakeInfo),
    findSources: () => Promise.resolve([]),
    onUnexpectedError,
  })
}
