// The whole app, as the loopback shell makes it, for benchmarks that measure it in their own process.
import path from 'node:path'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { buildModules, importModules } from './harness.mjs'

const root = path.resolve(import.meta.dirname, '..')
const ownResources = path.join(root, 'resources')
const modules = ['src/main/app.ts', 'src/main/processes/forkedHost.ts']

/**
 * Builds the app and its helpers, once, before any process opens it.
 *
 * @param {readonly string[]} [further] Modules beside the app's own.
 */
export async function buildApp(further = []) {
  ensureBuilt()
  await buildModules([...modules, ...further])
}

/**
 * Opens the app, which was built before, on a data folder.
 *
 * @param {string} dataDir
 * @param {Partial<import('../src/shared/domain/settings.ts').Settings>} [overrides] For this run.
 * @param {string} [resourcesDir] The project's own by default.
 * @returns the app, and the process ids of the helpers that run, by name.
 */
export async function openApp(dataDir, overrides = {}, resourcesDir = ownResources) {
  const { createApp, createForkedHosts } =
    /** @type {typeof import('../src/main/app.ts') & typeof import('../src/main/processes/forkedHost.ts')} */ (
      await importModules(modules)
    )
  const fork = createForkedHosts(path.join(root, 'out', 'main'))
  /** @type {Map<string, number | undefined>} */
  const helpers = new Map()
  /** @type {import('../src/main/processes/hostProcess.ts').StartHost} */
  const startHost = (entry, options) => {
    const host = fork(entry, options)
    helpers.set(entry, host.pid)
    host.onExit(() => {
      if (helpers.get(entry) === host.pid) helpers.delete(entry)
    })
    return host
  }
  const app = await createApp({ dataDir, resourcesDir, shell: 'browser', startHost, overrides })
  return { app, helpers }
}

/**
 * Asks in a conversation (null: a new one) and waits for the end of the answer.
 *
 * @param {import('../src/main/app.ts').App} app
 * @param {string} question
 * @param {string | null} conversation
 */
export async function ask(app, question, conversation = null) {
  const request = { conversation, question, query: null, replaces: null, answering: null }
  const items = app.handlers.chat.ask(
    { ...request, scope: { kind: 'all' }, ignoreThreshold: true },
    { signal: new AbortController().signal },
  )
  let asked = conversation
  for await (const item of items) {
    if (item.type === 'turn') asked = item.conversation
    if (item.type === 'done') return { conversation: asked, turn: item.turn }
  }
  throw new Error('The answer did not end')
}
