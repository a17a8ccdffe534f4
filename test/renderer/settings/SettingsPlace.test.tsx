import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { useStore } from 'zustand'
import { SettingsPlace } from '../../../src/renderer/src/features/settings/SettingsPlace.tsx'
import { useMirrored } from '../../../src/renderer/src/mirror/useMirrored.ts'
import { showError } from '../../../src/renderer/src/ui/toasts.ts'
import { Toasts } from '../../../src/renderer/src/ui/Toasts.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { openMirror } from '../../helpers/openMirror.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

async function openSettings(options: WindowCoreOptions = {}) {
  const core = await openCore({ papers: [], ...options })
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  const info = await api.settings.info()
  const mirror = openMirror(api, showError)
  function Shown() {
    const { value, known } = useStore(mirror.settings)
    return (
      <SettingsPlace
        info={info}
        settings={known ? value : null}
        model={useMirrored(mirror.model)}
        onChange={mirror.settings.update}
        onChangeModel={mirror.settings.updateModel}
        onOpenModels={() => undefined}
      />
    )
  }
  const view = render(
    <TooltipProvider>
      <main>
        <Shown />
      </main>
      <Toasts />
    </TooltipProvider>,
  )
  await screen.findByText('Way of answering')
  const now = () => api.settings.get()
  return { file: core.modelFile ?? '', view, now, user: userEvent.setup() }
}

describe('settings', () => {
  it('apply at once', async () => {
    const { user, now } = await openSettings()
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    await user.click(screen.getByRole('switch', { name: 'Use the graphics card' }))
    await waitFor(async () => expect(await now()).toMatchObject({ theme: 'dark', gpu: false }))
  })

  it('are saved per model file', async () => {
    const { file, user, now } = await openSettings()
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

  it('set when an idle model is unloaded', async () => {
    const { user, now } = await openSettings()
    const name = 'Give its memory back'
    const minutes = screen.getByRole('textbox', { name: `${name}: number of minutes` })
    expect((minutes as HTMLInputElement).value).toBe('60')
    await user.clear(minutes)
    await user.type(minutes, '5{Enter}')
    await waitFor(async () => expect((await now()).unloadAfterMinutes).toBe(5))
    await user.selectOptions(screen.getByRole('combobox', { name }), 'Never')
    await waitFor(async () => expect((await now()).unloadAfterMinutes).toBeNull())
  })

  it('accept a number only within its bounds, and show them', async () => {
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

  it('accept only addresses for the proxy and the mirror', async () => {
    const { user, now } = await openSettings()
    const proxy = screen.getByRole('textbox', { name: 'Proxy' })
    await user.type(proxy, 'proxy.example{Enter}')
    expect(screen.getByText(/begins with http/)).toBeTruthy()
    expect((await now()).downloads.proxy).toBeNull()
    await user.clear(proxy)
    await user.type(proxy, 'http://proxy.example:8080')
    await user.tab()
    await waitFor(async () =>
      expect((await now()).downloads).toEqual({ proxy: 'http://proxy.example:8080', mirror: null }),
    )
    await user.clear(proxy)
    await user.type(screen.getByRole('textbox', { name: 'Mirror' }), 'https://m.example{Enter}')
    await waitFor(async () =>
      expect((await now()).downloads).toEqual({ proxy: null, mirror: 'https://m.example' }),
    )
  })

  it('revert a change that could not be saved', async () => {
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

  it('have no axe violations', async () => {
    const { view } = await openSettings()
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
  })
})
