import { act, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, it, vi } from 'vitest'
import { exampleFromAnswer } from '../../../src/renderer/src/features/ask/template/exampleFromAnswer.ts'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { inFormOf } from '../../helpers/fakeTemplateAnswers.ts'
import { factsTemplate, intentTemplate, reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { createFakeLlm } from '../../helpers/fakeLlm.ts'
import { allowance } from '../../helpers/hotelPapers.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'

const fields = JSON.stringify({ found: true, days: 25, answer: allowance })
const options: WindowCoreOptions = {
  templates: [factsTemplate, intentTemplate],
  llm: createFakeLlm(fields),
}
const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Your question' })

async function violations(): Promise<readonly string[]> {
  // jsdom draws nothing: contrast is checked in a real browser.
  const { violations: found } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

describe('a template in a conversation', () => {
  it('is chosen by keyboard, and answers come as fields with their citations', async () => {
    const { user, core } = await openWindow(options)
    const chip = await screen.findByRole('button', { name: 'Template: No template' })
    chip.focus()
    await user.keyboard('{Enter}')
    await screen.findByRole('combobox')
    await user.keyboard('figure{Enter}')
    await screen.findByRole('button', { name: 'Template: Answer with its figure' })
    // A template replaces the choice between Quote and Write.
    expect(screen.queryByRole('button', { name: /^Way of answering/u })).toBeNull()
    await user.type(field(), 'How many days of leave?{Enter}')
    const table = await screen.findByRole('table', { name: 'Fields of the answer' })
    const template = core.idOf('template', factsTemplate.name)
    expect(core.calls('chat.ask')).toMatchObject([{ template }])
    expect(within(table).getByRole('row', { name: 'found yes' })).toBeDefined()
    expect(within(table).getByRole('row', { name: 'days 25' })).toBeDefined()
    expect(screen.getByText('Valid format')).toBeDefined()
    expect(await violations()).toEqual([])
    await user.click(within(table).getByRole('button', { name: /^Citation \d: / }))
    expect(await screen.findByRole('tab', { name: 'Document', selected: true })).toBeDefined()
  })

  it('says that it gets passages if it does not search by itself', async () => {
    const { user, core, parts } = await openWindow(options)
    parts.ask.setTemplate(core.idOf('template', intentTemplate.name))
    const chip = await screen.findByRole('button', { name: /^Template: Intent.*, with passages$/u })
    await user.click(chip)
    const choice = (name: RegExp): string => screen.getByRole('option', { name }).textContent
    expect(choice(/^Intent/u)).toContain('One label + passages')
    expect(choice(/^Answer with its figure/u)).not.toContain('passages')
    await user.keyboard('{Escape}')
    act(() => parts.ask.setScope({ kind: 'none' }))
    expect(screen.getByRole('button', { name: /^Template: Intent/u }).textContent).not.toContain(
      'passages',
    )
  })

  it('copies the fields as JSON', async () => {
    const { user, core, parts } = await openWindow(options)
    parts.ask.setTemplate(core.idOf('template', factsTemplate.name))
    await user.type(field(), 'How many days of leave?{Enter}')
    const copied = vi.spyOn(navigator.clipboard, 'writeText')
    await user.click(await screen.findByRole('button', { name: 'Copy as JSON' }))
    expect(JSON.parse(copied.mock.calls[0]?.[0] ?? '')).toMatchObject({ found: true, days: 25 })
  })

  it('shows a reply outside of its format with each problem in place', async () => {
    const reply = '{"found": "maybe", "days": 3, "answer": "Late."}'
    const { user, core, parts, view } = await openWindow({ ...options, llm: createFakeLlm(reply) })
    parts.ask.setTemplate(core.idOf('template', factsTemplate.name))
    await user.type(field(), 'Why was the roof put off?{Enter}')
    expect(await screen.findByText('Outside the format')).toBeDefined()
    expect(view.container.querySelector('mark')?.textContent).toBe('"maybe"')
    expect(screen.getByRole('row', { name: 'found not as the format asks' })).toBeDefined()
    expect(screen.getByRole('row', { name: 'days 3' })).toBeDefined()
  })

  it('says that a template was deleted, and continues without it', async () => {
    const { user, parts } = await openWindow({ ...options, llm: createFakeLlm(allowance) })
    parts.ask.setTemplate('lost')
    expect(await screen.findByRole('button', { name: 'Template: Deleted template' })).toBeDefined()
    expect(screen.getByRole('button', { name: /^Way of answering/u })).toBeDefined()
    await user.type(field(), 'How many days of leave?{Enter}')
    expect(await screen.findByText('Template deleted')).toBeDefined()
    expect(await screen.findByText(/^Full-time staff/u)).toBeDefined()
  })

  it('makes and saves a template of one that ships with the app', async () => {
    const { user, core } = await openWindow(options)
    await user.click(await screen.findByRole('button', { name: 'Template: No template' }))
    await user.click(await screen.findByRole('option', { name: /^Review to fields/u }))
    await screen.findByRole('button', { name: 'Template: Review to fields, with passages' })
    expect(await core.api.templates.list()).toContainEqual(
      expect.objectContaining({ name: 'Review to fields', version: 1, draft: false }),
    )
  })

  it('is chosen from the palette as well', async () => {
    const { user, core, parts } = await openWindow(options)
    await screen.findByRole('button', { name: 'Template: No template' })
    const id = core.idOf('template', intentTemplate.name)
    await user.keyboard('{Control>}k{/Control}')
    await user.type(await screen.findByRole('combobox'), 'answer with template intent{Enter}')
    await waitFor(() => expect(parts.ask.store.getState().open.template).toBe(id))
  })
})

describe('an answer as an example', () => {
  it('opens the draft with it, and can be undone', async () => {
    const { user, core, parts } = await openWindow(options)
    parts.ask.setTemplate(core.idOf('template', factsTemplate.name))
    await user.type(field(), 'How many days of leave?{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Add as an example to a template' }))
    await user.click(await screen.findByRole('option', { name: /^Answer with its figure/u }))
    const said = await screen.findByText('Added as the last example. Look it over, then save.')
    const toast = said.closest<HTMLElement>('.pk-toast')
    if (toast === null) throw new Error('not said in a toast')
    const examples = () => parts.templates.store.getState().open?.history.present.examples ?? []
    const [conversation] = await core.api.chat.list()
    const { turns } = await core.api.chat.get({ id: conversation?.id ?? '' })
    const answer = turns[0]?.answer
    const example = examples().at(-1)
    expect(example?.values).toEqual({ INPUT: 'How many days of leave?' })
    expect(JSON.parse(example?.output ?? '')).toEqual(JSON.parse(answer?.text ?? ''))
    await user.click(within(toast).getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(examples()).toHaveLength(1))
  })

  it('takes the fields of the template that the answer has', () => {
    const library = createFakeLibrary()
    const question = ' How many days of leave? '
    const prose = answerOf(library, scripts.roof)
    const inProse = exampleFromAnswer(factsTemplate, { question, answer: prose })
    expect(inProse.values).toEqual({ INPUT: 'How many days of leave?' })
    expect(JSON.parse(inProse.output)).toEqual({ answer: scripts.roof.says[0].text })

    const form = { id: 'facts', version: 1 }
    const inFields = inFormOf(prose, factsTemplate, form)
    expect(exampleFromAnswer(factsTemplate, { question, answer: inFields }).output).toBe(
      inFields.text,
    )
    const broken = inFormOf(prose, factsTemplate, { ...form, reply: '{"days": 3, "found": 1}' })
    expect(exampleFromAnswer(factsTemplate, { question, answer: broken }).output).toBe(
      '{"days": 3}',
    )
    const named = { ...reviewTemplate, input: '<REVIEW>', instruction: '' }
    expect(exampleFromAnswer(named, { question, answer: prose }).values).toEqual({
      REVIEW: 'How many days of leave?',
    })
  })
})
