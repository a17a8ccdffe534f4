import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import type { Download, IndexState, RebuildState } from '../../../src/shared/contract/models.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { ggufFile, llamaMetadata, llamaTensors } from '../../helpers/gguf.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import {
  bundledEmbedder,
  demoInUse,
  demoModel,
  installedModel,
  scriptModels,
  sevenFacts,
  type ScriptedModelsOptions,
} from '../../helpers/scriptedModels.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import type { CoreHandlers } from '../../helpers/windowCore.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

afterEach(() => toastStore.setState({ toasts: [] }))

type Overrides = (handlers: CoreHandlers) => Partial<CoreHandlers>

/** A window with scripted models. */
async function openShown(shown: ScriptedModelsOptions, more?: Overrides) {
  const models = scriptModels({
    model: demoInUse,
    installed: [demoModel, bundledEmbedder],
    index: {},
    ...shown,
  })
  const overrides: Overrides = (handlers) => {
    const own = models.overrides(handlers)
    return { ...own, ...more?.({ ...handlers, ...own }) }
  }
  return { ...(await openWindow({ papers: [], overrides })), models }
}

async function openModels(shown: ScriptedModelsOptions = {}, more?: Overrides) {
  const window = await openShown(shown, more)
  await window.user.click(await screen.findByRole('button', { name: /^Models/ }))
  await screen.findByText('Penknife demo', { selector: 'th div' })
  return window
}

const section = (name: string) => within(screen.getByRole('region', { name }))

function download(state: Download['state'], change: Partial<Download> = {}): Download {
  return {
    id: 'llama-2-7b-chat-q4-k-m',
    name: 'LLaMA 2 7B Chat',
    host: 'huggingface.co',
    doneBytes: 1_000_000_000,
    totalBytes: 4_000_000_000,
    state,
    ...change,
  }
}

describe('the model in use', () => {
  it.each([
    [{ status: 'ready' }, 'Ready', 'Demo model: quotes your documents'],
    [{ status: 'idle' }, 'Unloaded', 'The next question loads it again'],
    [{ status: 'loading', fraction: 0.42 }, 'Loading, 42 %', 'wait for it'],
    [{ status: 'measuring', fraction: 0.5 }, 'Measuring its speed, 50 %', 'Finds out once'],
  ] as const)('is said in a line: %j', async (model, word, detail) => {
    await openModels({ model: { ...demoInUse, ...model } })
    expect(section('Answers').getByRole('status').textContent).toBe(word)
    expect(section('Answers').getByText(new RegExp(detail))).toBeTruthy()
  })

  it('says that it restarts after a crash, and what happened', async () => {
    const error = { code: 'host-crashed', message: 'The model’s process ended.' } as const
    await openModels({ model: { ...demoInUse, status: 'loading', fraction: 0.1, error } })
    expect(section('Answers').getByText('Starting again')).toBeTruthy()
    expect(section('Answers').getByRole('alert').textContent).toBe('The model’s process ended.')
  })

  it('can be retried after a failure, or replaced by the demo model', async () => {
    const error = { code: 'out-of-memory', message: 'There is not enough memory.' } as const
    const model = { demo: false, name: 'Large', file: '/m/large.gguf', status: 'failed', error }
    const { user, models } = await openModels({ model: { ...model, status: 'failed' } })
    const answers = section('Answers')
    expect(answers.getByText('There is not enough memory.')).toBeTruthy()
    expect(answers.getByText(/answered with passages only/)).toBeTruthy()
    await user.click(answers.getByRole('button', { name: 'Use the demo model' }))
    expect(await answers.findByText('Ready')).toBeTruthy()
    act(() => models.model.set({ ...models.model.get(), ...model, status: 'failed' }))
    await user.click(await answers.findByRole('button', { name: 'Try again' }))
    expect(await answers.findByRole('heading', { name: 'LLaMA 2 7B Chat' })).toBeTruthy()
  })

  it('is changed by a click, and says why if that fails', async () => {
    const { user } = await openModels(
      { installed: [demoModel, bundledEmbedder, installedModel()] },
      ({ models }) => ({
        models: {
          ...models,
          use() {
            throw new AppError('out-of-memory', 'It does not fit. Choose a smaller one.')
          },
        },
      }),
    )
    await user.click(section('Installed').getByRole('button', { name: 'Use LLaMA 2 7B Chat' }))
    const alert = await section('Answers').findByRole('alert')
    expect(alert.textContent).toBe('It does not fit. Choose a smaller one.')
    await user.click(within(alert).getByRole('button', { name: 'Dismiss' }))
    expect(section('Answers').queryByRole('alert')).toBeNull()
  })
})

describe('from the demo model to a larger one', () => {
  it('one is recommended, downloaded after a confirmation, and used', async () => {
    const { user, core, models } = await openModels()
    const advice = section('From quotes to written answers')
    expect(advice.getByText(/largest of those recommended that fits this machine/)).toBeTruthy()
    await user.click(advice.getByRole('button', { name: 'Get LLaMA 2 7B Chat' }))
    const dialog = within(await screen.findByRole('dialog'))
    for (const told of ['huggingface.co', '4.1 GB', '200 GB', 'LLaMA 2 Community License']) {
      expect(dialog.getByText(told)).toBeTruthy()
    }
    expect(core.calls('models.startDownload')).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Accept and download' }))
    const id = 'llama-2-7b-chat-q4-k-m'
    await waitFor(() => expect(core.calls('models.startDownload')).toEqual([{ id }]))

    const card = within(await screen.findByRole('article', { name: /^Download of LLaMA 2 7B/ }))
    expect(screen.queryByRole('region', { name: 'From quotes to written answers' })).toBeNull()
    act(() => {
      models.installed.set([...models.installed.get(), installedModel({ inUse: true })])
      models.downloads.set([download({ status: 'done', model: id })])
    })
    await user.click(await card.findByRole('button', { name: 'Use now' }))
    const heading = await section('Answers').findByRole('heading', { name: 'LLaMA 2 7B Chat' })
    expect(document.activeElement).toBe(heading)
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Downloads' })).toBeNull())
    expect(section('Installed').getByText('In use')).toBeTruthy()
  })

  it('one step is marked as the next: the recommended model, or the one just downloaded', async () => {
    const { models } = await openModels()
    const marked = (): readonly (string | null)[] =>
      [...document.querySelectorAll('.is-primary')].map(({ textContent }) => textContent)
    expect(marked()).toEqual(['Get LLaMA 2 7B Chat'])
    act(() => {
      models.installed.set([...models.installed.get(), installedModel()])
      models.downloads.set([
        download({ status: 'done', model: 'other' }, { id: 'other', name: 'Other' }),
        download({ status: 'done', model: 'llama-2-7b-chat-q4-k-m' }),
      ])
    })
    await waitFor(() => expect(marked()).toEqual(['Use now']))
  })

  it('a line in Ask leads there', async () => {
    const { user } = await openShown({})
    expect(await screen.findByText(/This machine can run LLaMA 2 7B Chat/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show under Models' }))
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Models')
  })

  it('there is no such line if another model answers', async () => {
    await openShown({ model: {} })
    await screen.findByRole('button', { name: 'LLaMA 2 7B Chat' })
    expect(screen.queryByText(/The demo model quotes/)).toBeNull()
  })

  it('a download that the disk has no room for is not offered', async () => {
    const { user } = await openModels({ machine: { freeDiskBytes: 3e9 } })
    await user.click(screen.getByRole('button', { name: 'Get LLaMA 2 7B Chat Q4_K_M' }))
    const button = await screen.findByRole('button', { name: 'Accept and download' })
    expect(button.hasAttribute('disabled')).toBe(true)
    expect(screen.getByText('Not enough: make room first.')).toBeTruthy()
  })
})

describe('a download', () => {
  const moving = { status: 'downloading', bytesPerSecond: 12e6, secondsLeft: 250 } as const

  it.each([
    [moving, 'Downloading', '1.0 GB of 4.0 GB · 12 MB a second · about 4 min left'],
    [{ status: 'paused' }, 'Paused', 'What arrived is kept.'],
    [{ status: 'verifying', fraction: 0.3 }, 'Checking', /what the publisher says/],
    [
      { status: 'reconnecting', reason: 'the connection to a.example broke' },
      'Connecting again',
      /^The connection to a\.example broke\. What arrived is kept/,
    ],
    [
      { status: 'failed', error: { code: 'not-found', message: 'It is gone. Choose another.' } },
      'Failed',
      'It is gone. Choose another.',
    ],
  ] as const)('is shown in words: %j', async (state, word, text) => {
    await openModels({ downloads: [download(state)] })
    const card = within(await screen.findByRole('article'))
    expect(card.getByRole('status').textContent).toBe(word)
    expect(card.getByText(text)).toBeTruthy()
  })

  it('pauses, resumes, and is cancelled after a confirmation', async () => {
    const { user, core } = await openModels({ downloads: [download(moving)] })
    const name = 'the download of LLaMA 2 7B Chat'
    await user.click(await screen.findByRole('button', { name: `Pause ${name}` }))
    await user.click(await screen.findByRole('button', { name: `Resume ${name}` }))
    await user.click(await screen.findByRole('button', { name: `Cancel ${name}` }))
    expect(await screen.findByText(/The 1.0 GB that arrived are deleted/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Keep' }))
    expect(core.calls('models.cancelDownload')).toEqual([])
    await user.click(screen.getByRole('button', { name: `Cancel ${name}` }))
    await user.click(await screen.findByRole('button', { name: 'End it' }))
    const id = 'llama-2-7b-chat-q4-k-m'
    await waitFor(() => expect(core.calls('models.cancelDownload')).toEqual([{ id }]))
    expect(core.calls('models.pauseDownload')).toEqual([{ id }])
    expect(core.calls('models.resumeDownload')).toEqual([{ id }])
  })

  it('is retried after a failure', async () => {
    const error = { code: 'disk-full', message: 'The disk is full.' } as const
    const { user, core } = await openModels({ downloads: [download({ status: 'failed', error })] })
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    const id = 'llama-2-7b-chat-q4-k-m'
    await waitFor(() => expect(core.calls('models.resumeDownload')).toEqual([{ id }]))
  })

  it('is shown at the foot of the rail in every place, and says when it is done', async () => {
    const { user, models } = await openShown({ downloads: [download(moving)] })
    const job = within(await screen.findByRole('region', { name: 'Background work' }))
    expect(job.getByText('about 4 min left')).toBeTruthy()
    expect(job.getByText('25 %')).toBeTruthy()
    await user.click(job.getByText('LLaMA 2 7B Chat'))
    const dialog = within(await screen.findByRole('dialog', { name: 'Background work' }))
    await user.click(dialog.getByRole('button', { name: 'Pause: LLaMA 2 7B Chat' }))
    expect(await dialog.findByText(/^Paused · /)).toBeTruthy()
    act(() => models.downloads.set([download({ status: 'done', model: 'llama-2-7b-chat-q4-k-m' })]))
    expect(await screen.findByText('LLaMA 2 7B Chat is here. Use it under Models.')).toBeTruthy()
    expect(await dialog.findByText('Nothing is under way.')).toBeTruthy()
  })

  it('can use any address of a GGUF file', async () => {
    const { user, core } = await openModels()
    await user.click(screen.getByRole('button', { name: /from another address/ }))
    const field = await screen.findByRole('textbox', { name: 'Address of a GGUF file' })
    await user.type(field, 'https://a.example/page.html{Enter}')
    expect(await screen.findByText(/begins with https/)).toBeTruthy()
    await user.clear(field)
    await user.type(field, 'https://a.example/m.gguf')
    expect(screen.getByText(/Asks a\.example for m\.gguf/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Download from a.example' }))
    const url = 'https://a.example/m.gguf'
    await waitFor(() => expect(core.calls('models.startDownload')).toEqual([{ url }]))
  })
})

describe('the catalogue', () => {
  it('compares models in plain words, and shows other sizes on request', async () => {
    const { user } = await openModels()
    const row = (name: string) =>
      section('Available').getByRole('row', { name: new RegExp(`^${name}`) })
    expect(row('LLaMA 2 13B Chat').textContent).toContain('Tight: room for 2,048 tokens')
    expect(row('LLaMA 2 13B Chat').textContent).toContain('about 2 words a secondestimated')
    expect(row('LLaMA 2 13B Chat').textContent).toContain('about 7.9 GB')
    expect(row('LLaMA 2 70B Chat').textContent).toContain('Does not fit: needs 40 GB')
    expect(row('LLaMA 2 70B Chat').textContent).toContain('to be accepted first')
    expect(section('Available').queryByText(/Q8_0/)).toBeNull()
    await user.click(screen.getByRole('button', { name: '1 other size of LLaMA 2 7B Chat' }))
    expect(section('Available').getByText(/Q8_0/)).toBeTruthy()
  })

  it('says what accepting a licence means', async () => {
    const { user } = await openModels()
    await user.click(screen.getByRole('button', { name: /^Licence of LLaMA 2 70B Chat/ }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/acceptable use policy/)).toBeTruthy()
    expect(dialog.getByText(/Accept it there, download the file with your browser/)).toBeTruthy()
  })
})

/** A file of a small model of LLaMA's architecture. */
async function writeModel(): Promise<string> {
  const file = path.join(await createTempDir(), 'own.gguf')
  writeFileSync(file, ggufFile(llamaMetadata, llamaTensors))
  return file
}

describe('models on this disk', () => {
  const file = '/home/ada/.ollama/models/blobs/sha256-1'

  it('are found and used in place; unusable ones say why', async () => {
    const found = [
      {
        place: 'ollama',
        name: 'llama2:7b',
        file: `${file}.gguf`,
        sizeBytes: 4e9,
        facts: sevenFacts,
        problem: null,
        installed: false,
      },
      {
        place: 'folder',
        name: 'bert',
        file: '/m/bert.gguf',
        sizeBytes: 1e8,
        facts: null,
        problem: 'bert.gguf is an embedding model.',
        installed: false,
      },
    ] as const
    const { user, core } = await openModels({ found })
    const disk = section('On this disk')
    await user.type(disk.getByRole('textbox', { name: 'Look also in this folder' }), '"/m"{Enter}')
    expect(await disk.findByText('2 files found.')).toBeTruthy()
    expect(disk.getByText('bert.gguf is an embedding model.')).toBeTruthy()
    expect(disk.getByText('Ollama')).toBeTruthy()
    await user.click(disk.getByRole('button', { name: 'Use llama2:7b' }))
    expect(await disk.findByText('On the list')).toBeTruthy()
    expect(core.calls('models.scan')).toContainEqual({ folder: '/m' })
    expect(core.calls('models.add')).toEqual([{ file: `${file}.gguf` }])
    expect(await section('Answers').findByRole('heading', { name: 'LLaMA 2 7B Chat' })).toBeTruthy()
  })

  it('are added by their path after a preview', async () => {
    const file = await writeModel()
    const { user, core } = await openWindow({ demo: true, papers: [] })
    await user.click(await screen.findByRole('button', { name: /^Models/ }))
    await user.click(await screen.findByRole('button', { name: 'Add a file' }))
    const field = await screen.findByRole('textbox', { name: 'Path of the file' })
    const notes = path.join(path.dirname(file), 'notes.gguf')
    writeFileSync(notes, 'Words.')
    fireEvent.change(field, { target: { value: notes } })
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/is not a GGUF model file/)).toBeTruthy()
    fireEvent.change(field, { target: { value: file } })
    await user.keyboard('{Enter}')
    const facts = within(await screen.findByRole('region', { name: 'What it is' }))
    await user.click(facts.getByRole('button', { name: 'Add to the list' }))
    expect(await screen.findByText('A small model is on the list.')).toBeTruthy()
    expect(core.calls('models.add')).toEqual([{ file }])
  })

  function drop(name: string): void {
    const event = new Event('drop', { bubbles: true, cancelable: true })
    const files = [new File(['GGUF'], name)]
    Object.assign(event, { dataTransfer: { types: ['Files'], items: [], files } })
    act(() => void window.dispatchEvent(event))
  }

  it('dropped in a browser are asked for by their path', async () => {
    const { core } = await openWindow({ demo: true, papers: [] })
    await screen.findByRole('textbox', { name: 'Your question' })
    drop('own.GGUF')
    expect(await screen.findByText(/A browser does not tell where own\.GGUF lies/)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Path of the file' }))
    expect(core.calls('documents.import')).toEqual([])
  })

  it('dropped in the desktop app are previewed at once', async () => {
    const file = await writeModel()
    const none = { count: 0, toItems: () => Promise.resolve({ items: [], skipped: 0 }) }
    const files = {
      takeDrop: () => none,
      takeFiles: () => none,
      pathOf: () => file,
    }
    const { user, core } = await openWindow(
      {
        demo: true,
        papers: [],
        overrides: ({ settings }) => ({
          settings: {
            ...settings,
            info: async (input, context) => ({
              ...(await settings.info(input, context)),
              shell: 'electron',
            }),
          },
        }),
      },
      files,
    )
    await screen.findByRole('textbox', { name: 'Your question' })
    drop('own.gguf')
    await user.click(await screen.findByRole('button', { name: 'Use it' }))
    await waitFor(() => expect(core.calls('models.add')).toEqual([{ file }]))
  })
})

describe('an installed model', () => {
  const added = installedModel({ id: 'own', origin: 'added', name: 'Own', file: '/m/own.gguf' })
  const models = { installed: [demoModel, bundledEmbedder, installedModel(), added] }

  async function choose(user: Awaited<ReturnType<typeof openModels>>['user'], item: string) {
    const [name, choice] = item.split(': ')
    await user.click(screen.getByRole('button', { name: `More about ${name ?? ''}` }))
    await user.click(await screen.findByRole('menuitem', { name: choice ?? '' }))
  }

  it('that was downloaded is deleted after a confirmation that says its size', async () => {
    const { user, core } = await openModels(models)
    await choose(user, 'LLaMA 2 7B Chat: Delete')
    expect(await screen.findByText(/4\.1 GB are deleted .* conversations .* stay/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    const id = 'llama-2-7b-chat-q4-k-m'
    await waitFor(() => expect(core.calls('models.remove')).toEqual([{ id }]))
  })

  it('in another folder is removed from the list, and restored', async () => {
    const { user, core } = await openModels(models)
    await choose(user, 'Own: Take off the list')
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(core.calls('models.add')).toEqual([{ file: '/m/own.gguf' }]))
    expect(core.calls('models.remove')).toEqual([{ id: 'own' }])
  })

  it('is measured, and says with how many threads it is fastest', async () => {
    const { user } = await openModels(models)
    await choose(user, 'Own: Measure its speed')
    await user.click(await screen.findByRole('button', { name: 'Measure' }))
    expect(await screen.findByText(/reads with 8 threads and writes with 4 threads/)).toBeTruthy()
    expect(screen.getByRole('row', { name: '4 12.3 6.4' })).toBeTruthy()
  })

  it('that cannot be used says why and has no Use button', async () => {
    const problem = 'The file /m/own.gguf is gone.'
    await openModels({ installed: [demoModel, { ...added, facts: null, problem }] })
    expect(screen.getByText(problem)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Use Own' })).toBeNull()
  })
})

describe('the model that finds passages', () => {
  const minilm = installedModel({
    id: 'MiniLM',
    role: 'passages',
    name: 'MiniLM',
    facts: null,
    speed: null,
  })
  const models = { installed: [demoModel, bundledEmbedder, minilm] }
  const rebuild = (state: RebuildState['state']): Partial<IndexState> => ({
    rebuild: { embedder: { id: 'MiniLM', name: 'MiniLM' }, state },
  })

  it('is changed after a confirmation that says what will happen', async () => {
    const { user } = await openModels(models)
    expect(section('Finds passages').getByText(/256 dimensions, 1,204 passages/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Use MiniLM' }))
    expect(await screen.findByText(/1,204 passages are read anew .* some minutes/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Read them anew' }))
    expect(await section('Finds passages').findByText('Reading anew for MiniLM')).toBeTruthy()
    expect(section('For finding passages').getByText('Being prepared')).toBeTruthy()
    await user.click(section('Finds passages').getByRole('button', { name: 'Pause' }))
    await user.click(await section('Finds passages').findByRole('button', { name: 'Go on' }))
    await user.click(section('Finds passages').getByRole('button', { name: 'Cancel' }))
    await user.click(await screen.findByRole('button', { name: 'Cancel the new index' }))
    await waitFor(() =>
      expect(section('Finds passages').queryByRole('group', { name: 'New index' })).toBeNull(),
    )
  })

  it('shows how much is indexed when the place opens, as more may have been imported', async () => {
    let asked = 0
    await openModels(models, (handlers) => ({
      models: {
        ...handlers.models,
        index: async (...given) => ({
          ...(await handlers.models.index(...given)),
          passages: (asked += 1),
        }),
      },
    }))
    expect(await section('Finds passages').findByText(/2 passages indexed/)).toBeTruthy()
  })

  it('shows the progress of the new index, here and at the foot of the rail', async () => {
    const state = { status: 'building', done: 41, total: 128, passages: 900, secondsLeft: 300 }
    await openModels({ ...models, index: rebuild({ ...state, status: 'building' }) })
    const card = section('Finds passages')
    expect(card.getByText('41 of 128 documents · 900 passages · about 5 min left')).toBeTruthy()
    const job = section('Background work')
    expect(job.getByText('New index for MiniLM')).toBeTruthy()
    expect(job.getByText('32 %')).toBeTruthy()
  })

  it('says why the new index failed, and that the old one is still in use', async () => {
    const error = { code: 'disk-full', message: 'The disk is full. Make room.' } as const
    await openModels({ ...models, index: rebuild({ status: 'failed', error }) })
    const alert = section('Finds passages').getByRole('alert')
    expect(alert.textContent).toMatch(/^The disk is full\. Make room\. The old index is untouched/)
    const job = section('Background work')
    expect(job.getByText('Failed')).toBeTruthy()
    expect(job.queryByText('0 %')).toBeNull()
  })
})

it('actions on models are in the palette', async () => {
  const embedder = installedModel({ id: 'MiniLM', role: 'passages', name: 'MiniLM', facts: null })
  const installed = [installedModel(), bundledEmbedder, embedder]
  const { user, core } = await openShown({ installed })
  await screen.findByText(/could write the answers/)
  const run = async (words: string): Promise<void> => {
    await user.keyboard('{Control>}k{/Control}')
    await user.type(await screen.findByRole('combobox'), `${words}{Enter}`)
  }
  await run('find models')
  await waitFor(() => expect(core.calls('models.scan')).toContainEqual({ folder: null }))
  await run('add a model file')
  expect(await screen.findByRole('dialog', { name: 'Add a model file' })).toBeTruthy()
  await user.keyboard('{Escape}')
  await run('download tinyllama')
  expect(await screen.findByRole('dialog', { name: 'Download TinyLlama 1.1B Chat?' })).toBeTruthy()
  await user.keyboard('{Escape}')
  await run('unload')
  expect(await section('Answers').findByText('Unloaded')).toBeTruthy()
  await run('for finding passages')
  expect(await screen.findByRole('dialog', { name: 'Find passages with MiniLM?' })).toBeTruthy()
})

it('has no axe violations, with everything that it can show', async () => {
  const error = { code: 'not-found', message: 'It is gone.' } as const
  const { view, user } = await openModels({
    installed: [demoModel, bundledEmbedder, installedModel()],
    downloads: [
      download({ status: 'failed', error }),
      download({ status: 'paused' }, { id: 'b', name: 'B' }),
      download({ status: 'done', model: 'c' }, { id: 'c', name: 'C' }),
    ],
  })
  expect((await axe.run(view.container, unpainted)).violations).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Get TinyLlama 1.1B Chat Q4_K_M' }))
  const dialog = await screen.findByRole('dialog')
  expect((await axe.run(dialog, unpainted)).violations).toEqual([])
})
