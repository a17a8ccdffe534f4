import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { useStore } from 'zustand'
import { createDataCheckStore } from '../../../src/renderer/src/features/settings/dataCheckStore.ts'
import { dataCheckWords as words } from '../../../src/renderer/src/features/settings/dataCheckWords.ts'
import { createSetAsideStore } from '../../../src/renderer/src/features/settings/setAsideStore.ts'
import { setAsideWords } from '../../../src/renderer/src/features/settings/setAsideWords.ts'
import { SettingsPlace } from '../../../src/renderer/src/features/settings/SettingsPlace.tsx'
import { useMirrored } from '../../../src/renderer/src/mirror/useMirrored.ts'
import { showError, showToast } from '../../../src/renderer/src/ui/toasts.ts'
import { Toasts } from '../../../src/renderer/src/ui/Toasts.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import { storeNames } from '../../../src/shared/dataFaultWords.ts'
import { AppError, throwIfAborted } from '../../../src/shared/errors.ts'
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
  const dataCheck = createDataCheckStore(api)
  const aside = createSetAsideStore({ api, onMessage: showToast, onError: showError })
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
        dataCheck={dataCheck}
        aside={aside}
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
  return { core, file: core.modelFile ?? '', view, now, user: userEvent.setup() }
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

  it('check the data, and say that all is in order', async () => {
    const { user } = await openSettings()
    await user.click(screen.getByRole('button', { name: words.check }))
    expect(await screen.findByText(/^Everything is in order: \d+ files? checked\.$/u)).toBeTruthy()
    expect(screen.queryByRole('button', { name: words.repairAll })).toBeNull()
  })

  it('list what is damaged, and repair one or all', async () => {
    const { core, user, view } = await openSettings({
      conversations: [{ title: 'Leave', turns: [], template: null }],
    })
    const [conversation] = await core.api.chat.list()
    const file = `${core.dataDir}/conversations/${conversation?.id ?? ''}.jsonl`
    await writeFile(file, 'garbage')
    await writeFile(`${core.dataDir}/settings.json`, 'garbage')
    await writeFile(`${core.dataDir}/calibration.json`, 'garbage')

    await user.click(screen.getByRole('button', { name: words.check }))
    expect(await screen.findByText(/^3 problems found in \d+ files\.$/u)).toBeTruthy()
    const group = screen.getByRole('region', { name: storeNames.conversations })
    expect(within(group).getByText('Leave')).toBeTruthy()
    expect(within(group).getByText('The file can’t be read.')).toBeTruthy()
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])

    await user.click(within(group).getByRole('button', { name: 'Repair Leave' }))
    expect(await screen.findByText('1 problem repaired. 2 problems left.')).toBeTruthy()
    expect(screen.queryByRole('region', { name: storeNames.conversations })).toBeNull()
    // The button is gone: what was done is read out next.
    expect(document.activeElement?.textContent).toBe('1 problem repaired. 2 problems left.')

    await user.click(screen.getByRole('button', { name: words.repairAll }))
    expect(await screen.findByText('2 problems repaired. Everything is in order.')).toBeTruthy()
    expect(await readFile(file, 'utf8')).toContain('Leave')
  })

  it('show how far a check is, and cancel it', async () => {
    const { user } = await openSettings({
      overrides: ({ data }) => ({
        data: {
          ...data,
          async *check(_input, { signal }) {
            const progress = { done: 20, total: 80, name: 'A long book.pdf', fraction: null }
            yield { type: 'progress', progress }
            await new Promise((resolve) => signal.addEventListener('abort', resolve))
            throwIfAborted(signal)
          },
        },
      }),
    })
    await user.click(screen.getByRole('button', { name: words.check }))
    expect(await screen.findByText('20 of 80 files')).toBeTruthy()
    expect(screen.getByText('A long book.pdf')).toBeTruthy()
    const bar = screen.getByRole('progressbar', { name: words.checking })
    expect(bar.getAttribute('aria-valuenow')).toBe('25')
    await user.click(screen.getByRole('button', { name: words.cancel }))
    expect(await screen.findByText(/^The check was cancelled\./u)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: words.checkAgain }))
  })

  it('say why a check failed', async () => {
    const { user } = await openSettings({
      overrides: ({ data }) => ({
        data: {
          ...data,
          check() {
            throw new AppError('permission-denied', 'Penknife isn’t allowed to read there.')
          },
        },
      }),
    })
    await user.click(screen.getByRole('button', { name: words.check }))
    expect(await screen.findByText('Penknife isn’t allowed to read there.')).toBeTruthy()
  })

  it('show what is set aside, restore a document and delete the rest after asking', async () => {
    const { core, user, view } = await openSettings()
    const time = `${core.dataDir}/set-aside/20260102T030405678Z`
    await mkdir(`${time}/originals`, { recursive: true })
    await mkdir(`${time}/files/conversations`, { recursive: true })
    await writeFile(`${time}/originals/${'a'.repeat(32)}.txt`, 'The ferry leaves at nine.')
    await writeFile(`${time}/files/settings.json`, 'garbage')
    await writeFile(`${time}/files/conversations/one.jsonl`, 'garbage')
    // A check looks at the folder again.
    await user.click(screen.getByRole('button', { name: words.check }))

    expect(await screen.findByText(/^2 items, /u)).toBeTruthy()
    expect(screen.getByText('conversations/one.jsonl and 1 other file')).toBeTruthy()
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
    const restore = screen.getAllByRole('button', { name: new RegExp(setAsideWords.restore, 'u') })
    expect(restore).toHaveLength(1)
    for (const button of restore) await user.click(button)
    expect(await screen.findByText(/is in the library again\.$/u)).toBeTruthy()
    await core.app.library.idle()
    const [row] = core.app.library.list().documents
    expect(row).toMatchObject({ name: 'Document (recovered).txt', state: 'indexed' })

    await screen.findByText(/^1 item, /u)
    await user.click(screen.getByRole('button', { name: /^Delete conversations/u }))
    const dialog = await screen.findByRole('dialog', { name: /^Delete “conversations/u })
    expect(within(dialog).getByText(/^14 bytes will be deleted/u)).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: setAsideWords.confirmLabel }))
    expect(await screen.findByText(setAsideWords.empty)).toBeTruthy()
    expect(await readdir(`${core.dataDir}/set-aside`)).toEqual([])
  })

  it('have no axe violations', async () => {
    const { view } = await openSettings()
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
  })
})
