import { configure, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it, vi } from 'vitest'
import { pathFromInput } from '../../../src/renderer/src/features/settings/pathFromInput.ts'
import { SettingsPlace } from '../../../src/renderer/src/features/settings/SettingsPlace.tsx'
import { Toasts } from '../../../src/renderer/src/ui/Toasts.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createFakeCore, type FakeCoreOptions } from '../../helpers/fakeApi.ts'

// Whole places under axe take seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 5_000 })
/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

const file = '/models/llama-2-7b-chat.Q4_K_M.gguf'

async function openSettings(options: FakeCoreOptions = {}) {
  const core = createFakeCore({ settings: { modelFile: file }, ...options })
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  const view = render(
    <TooltipProvider>
      <main>
        <SettingsPlace api={api} info={await api.settings.info(null)} />
      </main>
      <Toasts />
    </TooltipProvider>,
  )
  await screen.findByText('Way of answering')
  const now = () => api.settings.get(null)
  return { core, api, view, now, user: userEvent.setup() }
}

describe('settings', () => {
  it('apply at once', async () => {
    const { user, now } = await openSettings()
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    await user.click(screen.getByRole('switch', { name: 'Use the graphics card' }))
    await waitFor(async () => expect(await now()).toMatchObject({ theme: 'dark', gpu: false }))
  })

  it('are kept for each model by its file', async () => {
    const { user, now } = await openSettings()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Way of answering' }), 'Quote')
    await user.click(screen.getByRole('switch', { name: 'Key sentences' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Threads' }), 'Fixed')
    await waitFor(async () =>
      expect((await now()).models).toEqual({
        [file]: { answering: 'quote', keySentences: false, contextSize: null, threads: 2 },
      }),
    )
    await user.selectOptions(screen.getByRole('combobox', { name: 'Threads' }), 'Measured')
    await waitFor(async () => expect((await now()).models[file]?.threads).toBeNull())
  })

  it('take a number only within its bounds, and say which these are', async () => {
    const { user, now } = await openSettings()
    const passages = screen.getByRole('textbox', { name: 'Passages for a question' })
    await user.clear(passages)
    await user.type(passages, '41{Enter}')
    expect(screen.getByRole('alert').textContent).toBe('Give a whole number from 1 to 40.')
    expect((await now()).passages).toBe(8)
    await user.clear(passages)
    await user.type(passages, '12')
    await user.tab()
    await waitFor(async () => expect((await now()).passages).toBe(12))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('try another model file and say what is wrong with it', async () => {
    const { user, now } = await openSettings({
      overrides: ({ models }) => ({
        models: {
          ...models,
          use: () => {
            throw new AppError('model-load-failed', 'This is no GGUF file. Choose another one.')
          },
        },
      }),
    })
    const field = screen.getByRole('textbox', { name: 'Use another model' })
    await user.type(field, '{Enter}')
    expect(screen.getByText(/Give the path of a file/)).toBeTruthy()
    await user.type(field, '"/tmp/notes.txt"{Enter}')
    expect(await screen.findByText('This is no GGUF file. Choose another one.')).toBeTruthy()
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect((await now()).modelFile).toBe(file)
  })

  it('go back to the demo model and call it what it is', async () => {
    const { user } = await openSettings()
    await user.click(screen.getByRole('button', { name: 'Use the demo model' }))
    expect(await screen.findByText('Demo model: quotes, does not reason.')).toBeTruthy()
  })

  it('say why a model could not be loaded and what happens until then', async () => {
    await openSettings({
      model: {
        status: 'failed',
        error: {
          code: 'out-of-memory',
          message: 'There is not enough memory. Choose a smaller model.',
        },
      },
    })
    expect(screen.getByText(/Choose a smaller model. Until then, questions/)).toBeTruthy()
    expect(screen.getByText('Could not be loaded')).toBeTruthy()
  })

  it('put a change back that could not be saved', async () => {
    const { user } = await openSettings({
      overrides: ({ settings }) => ({
        settings: {
          ...settings,
          update: () => {
            throw new AppError('disk-full', 'The disk is full. Free some space and try again.')
          },
        },
      }),
    })
    const gpu = screen.getByRole('switch', { name: 'Use the graphics card' })
    await user.click(gpu)
    expect(await screen.findByText('The disk is full. Free some space and try again.')).toBeTruthy()
    await waitFor(() => expect(gpu.getAttribute('aria-checked')).toBe('true'))
  })

  it('have nothing that axe objects to', async () => {
    const { view } = await openSettings()
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
  })
})

describe('a path as people give it', () => {
  it('loses quotes and the file scheme', () => {
    expect(pathFromInput(' "C:\\My models\\a.gguf" ')).toBe('C:\\My models\\a.gguf')
    expect(pathFromInput("'/home/ada/a b.gguf'")).toBe('/home/ada/a b.gguf')
    expect(pathFromInput('file:///home/ada/a%20b.gguf')).toBe('/home/ada/a b.gguf')
    expect(pathFromInput('file:///C:/Models/a.gguf')).toBe('C:/Models/a.gguf')
    expect(pathFromInput('/plain.gguf')).toBe('/plain.gguf')
  })
})
