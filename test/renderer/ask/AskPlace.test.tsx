import { act, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { BrokenOff } from '../../../src/renderer/src/features/ask/BrokenOff.tsx'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { createFakeLlm, pauseAfter } from '../../helpers/fakeLlm.ts'
import { roof } from '../../helpers/hotelPapers.ts'
import { hotelReply } from '../../helpers/hotelReply.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import { createTempDir } from '../../helpers/tempDir.ts'

const sourceCount = /^\d sources?$/u
const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Your question' })

async function violations(): Promise<readonly string[]> {
  // jsdom draws nothing: contrast is checked in a real browser.
  const { violations: found } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

it('asks with Enter, shows the answer with its citations and opens one in its document', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await user.type(field(), 'How many days of leave?{Enter}')
  const [mark] = await screen.findAllByRole('button', { name: /^Citation 1: leave-policy\.md/u })
  if (mark === undefined) throw new Error('Nothing is cited.')
  expect(core.calls('chat.ask')).toMatchObject([
    { question: 'How many days of leave?', scope: { kind: 'all' } },
  ])
  await screen.findByRole('button', { name: sourceCount })
  expect(await violations()).toEqual([])
  await user.click(mark)
  expect(await screen.findByRole('tab', { name: 'Document', selected: true })).toBeDefined()
  const inspector = screen.getByRole('complementary', { name: 'Inspector' })
  expect(await within(inspector).findByText('leave-policy.md')).toBeDefined()
})

it('breaks lines with Shift+Enter and edits the last question with Up', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await user.type(field(), 'How many{Shift>}{Enter}{/Shift}days of leave?{Enter}')
  await screen.findByRole('button', { name: sourceCount })
  expect(core.calls('chat.ask')).toMatchObject([{ question: 'How many\ndays of leave?' }])
  await user.click(field())
  await user.keyboard('{ArrowUp}')
  expect(field()).toHaveProperty('value', 'How many\ndays of leave?')
  await user.clear(field())
  await user.type(field(), 'Why was the roof put off?{Enter}')
  await screen.findByText(/second quotation/u)
  expect(core.calls('chat.ask')[1]).toMatchObject({ replaces: expect.any(String) as unknown })
  expect(screen.getAllByRole('article')).toHaveLength(1)
})

it('stops with Escape and keeps the text written so far', async () => {
  const { user } = await openWindow({ llm: createFakeLlm(hotelReply, pauseAfter(6)) })
  await user.type(field(), 'How many days of leave?{Enter}')
  await screen.findByText(/^Full-time/u)
  await user.keyboard('{Escape}')
  expect(await screen.findByText('Stopped here.')).toBeDefined()
  expect(screen.getByText(/^Full-time/u)).toBeDefined()
})

it('says that an answer was cut off, and answers again with more room', async () => {
  const written = `Full-time staff have 25 days of annual leave.${' And so on.'.repeat(250)}`
  const { user, core, parts } = await openWindow({ llm: createFakeLlm(written) })
  const request = { query: null, replaces: null, ignoreThreshold: false }
  act(() => void parts.ask.ask({ question: 'How many days of leave?', ...request }))
  const words = 'Cut off here: the answer reached its limit of 512 tokens.'
  expect(await screen.findByText(words)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Answer again, longer' }))
  await waitFor(() => expect(core.calls('chat.ask')).toHaveLength(2))
  await waitFor(() => expect(parts.ask.store.getState().running).toBeNull())
  expect(screen.queryByText(words)).toBeNull()
  expect(core.calls('chat.ask')[1]).toMatchObject({
    replaces: expect.any(String) as unknown,
    sampling: { temperature: 0, maxTokens: 8192 },
  })
  // The choice is visible, and can be undone.
  await user.click(screen.getByRole('button', { name: 'Wording: Exact, long' }))
  await user.click(await screen.findByRole('menuitemradio', { name: /^Usual/u }))
  expect(screen.getByRole('button', { name: 'Wording: Exact' })).toBeDefined()
})

it('says what else to do about a cut-off answer if the model has no more room', () => {
  const answer = answerOf(createFakeLibrary(), { ...scripts.allowance, cutOff: true })
  render(<BrokenOff answer={answer} longest={512} busy={false} onLonger={() => undefined} />)
  expect(screen.getByText(/^Cut off here.*The model has no room for more/u)).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

it('says that nothing was found, and searches further on request', async () => {
  const { user, core, parts } = await openWindow({ llm: createFakeLlm(hotelReply) })
  parts.ask.setScope({ kind: 'collections', ids: [core.idOf('collection', 'HR handbook')] })
  await user.type(field(), 'May I bring a dog?{Enter}')
  expect(await screen.findByText('I could not find this in your documents.')).toBeDefined()
  expect(await screen.findByText(/Nothing in HR handbook answers it well enough/u)).toBeDefined()
  expect(await violations()).toEqual([])
  await user.click(await screen.findByRole('button', { name: 'Search all 5 documents' }))
  await waitFor(() => expect(core.calls('chat.ask')).toHaveLength(2))
  expect(core.calls('chat.ask')[1]).toMatchObject({ scope: { kind: 'all' } })
  await waitFor(() => expect(parts.ask.store.getState().running).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Answer without documents' }))
  expect(await screen.findByText('Not from your documents')).toBeDefined()
})

it('answers from weak passages on request', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await user.type(field(), 'May I bring a dog?{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Answer from these all the same' }))
  await waitFor(() => expect(core.calls('chat.ask')[1]).toMatchObject({ ignoreThreshold: true }))
})

it('labels answers without a model, and shows the scores behind "Not right?"', async () => {
  const { user } = await openWindow({ settings: { passagesOnly: true } })
  await user.type(field(), 'What does E4 on the pump mean?{Enter}')
  expect(await screen.findByText('Passages only')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: 'Not right?' }))
  expect((await screen.findAllByText(/evidence \d+ %/u)).length).toBeGreaterThan(0)
  await user.click(screen.getByRole('tab', { name: 'Prompt' }))
  expect(await screen.findByText(/No model was asked/u)).toBeDefined()
  expect(await violations()).toEqual([])
})

it('shows how a follow-up was completed, and searches for the edited words', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await user.type(field(), 'How many days of annual leave are there?{Enter}')
  await screen.findByRole('button', { name: sourceCount })
  await user.type(field(), 'And how many can be taken over?{Enter}')
  const chip = await screen.findByRole('button', { name: /^Searched for: .*leave/u })
  await waitFor(() => expect(screen.getAllByRole('button', { name: sourceCount })).toHaveLength(2))
  await user.click(chip)
  const query = screen.getByRole('textbox', { name: 'Search for' })
  await user.clear(query)
  await user.type(query, 'unused leave{Enter}')
  await waitFor(() => expect(core.calls('chat.ask')[2]).toMatchObject({ query: 'unused leave' }))
})

it('offers what to do when a question fails', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await screen.findByText('How many days of leave can be carried over?')
  core.close()
  await user.type(field(), 'How many days?{Enter}')
  const alerts = await screen.findAllByRole('alert')
  expect(alerts.map((alert) => alert.textContent).join(' ')).toContain('Connection lost.')
  expect(await screen.findByRole('button', { name: 'Retry' })).toBeDefined()
  toastStore.setState({ toasts: [] })
})

it('asks a sample question once the sample library has been imported', async () => {
  let finishReading = (): void => undefined
  const read = new Promise<void>((resolve) => {
    finishReading = resolve
  })
  const sample = path.join(await createTempDir(), 'minutes.txt')
  writeFileSync(sample, roof)
  const { user, core } = await openWindow({
    papers: [],
    llm: createFakeLlm(hotelReply),
    overrides: ({ documents }) => ({
      documents: {
        ...documents,
        async importSample(_input, context) {
          await read
          const collection = await documents.createCollection({ name: 'Sample library' }, context)
          const items = [{ path: sample }]
          await documents.import({ items, collection: collection.id }, context)
          return collection
        },
      },
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'Why was the roof repair put off?' }))
  expect(await screen.findByText('Reading the sample library, then asking')).toBeDefined()
  expect(core.calls('chat.ask')).toEqual([])
  finishReading()
  expect(await screen.findByText(/second quotation/u)).toBeDefined()
  const ids = [core.idOf('collection', 'Sample library')]
  expect(core.calls('chat.ask')).toMatchObject([{ scope: { kind: 'collections', ids } }])
})

it('answers from the chosen collections, in the chosen way', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  await user.click(await screen.findByRole('button', { name: 'Answer from: All documents' }))
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Minutes' }))
  await user.keyboard('{Escape}')
  expect(await screen.findByRole('button', { name: 'Answer from: Minutes' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Way of answering: Write' }))
  await user.click(await screen.findByRole('menuitemradio', { name: /^Quote/u }))
  await user.type(field(), 'Why was the roof put off?{Enter}')
  await screen.findByText(/second quotation/u)
  const ids = [core.idOf('collection', 'Minutes')]
  expect(core.calls('chat.ask')).toMatchObject([
    { scope: { kind: 'collections', ids }, answering: 'quote' },
  ])
})

it('has sampling settings that work by keyboard, except in Quote', async () => {
  const { user, core } = await openWindow({ llm: createFakeLlm(hotelReply) })
  const chip = await screen.findByRole('button', { name: 'Wording: Exact' })
  chip.focus()
  await user.keyboard('{Enter}')
  const balanced = await screen.findByRole('menuitemradio', { name: /^Balanced/u })
  expect(balanced.textContent).toContain('Temperature 0.5.')
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^Exact/u))
  expect(await violations()).toEqual([])
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(document.activeElement).toBe(balanced))
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('button', { name: 'Wording: Balanced' })).toBe(chip)
  await user.type(field(), 'How many days of leave?{Enter}')
  await waitFor(() =>
    expect(core.calls('chat.ask')).toMatchObject([
      { sampling: { temperature: 0.5, maxTokens: null } },
    ]),
  )
  // A later choice is saved with the conversation before the next question.
  await user.click(chip)
  await user.click(await screen.findByRole('menuitemradio', { name: /^Exact/u }))
  await user.click(screen.getByRole('button', { name: 'Way of answering: Write' }))
  await user.click(await screen.findByRole('menuitemradio', { name: /^Quote/u }))
  expect(screen.queryByRole('button', { name: /^Wording/u })).toBeNull()
})

it('labels the demo model and links to larger ones', async () => {
  const { user } = await openWindow({ demo: true })
  await user.click(
    await screen.findByRole('button', { name: 'Demo model: quotes, does not reason' }),
  )
  expect(await screen.findByRole('region', { name: 'Available' })).toBeDefined()
})

it('has no log before a conversation is there, which would lose the focus and the keys pressed in it', async () => {
  const { parts } = await openWindow({
    overrides: ({ chat }) => ({
      chat: { ...chat, get: () => new Promise<never>(() => undefined) },
    }),
  })
  act(() => void parts.ask.openConversation('leave'))
  await waitFor(() => expect(parts.ask.store.getState().loading).toBe(true))
  expect(screen.queryByRole('log')).toBeNull()
  expect(screen.queryByText(/Ask your documents/u)).toBeNull()
})
