import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { newExample } from '../../../src/renderer/src/features/templates/write/exampleEdits.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { openTemplate } from '../../helpers/openTemplate.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

afterEach(() => {
  vi.useRealTimers()
  toastStore.setState({ toasts: [] })
})

const example = (number: number): HTMLElement =>
  screen.getByRole('group', { name: `Example ${String(number)}` })
const prompt = (): HTMLElement => screen.getByRole('region', { name: 'Prompt' })

describe('the fields of a template', () => {
  it('change the prompt shown next to them', async () => {
    const { user } = await openTemplate('Write')
    await within(prompt()).findByText(reviewTemplate.instruction)
    const instruction = screen.getByRole('textbox', { name: 'Instruction' })
    await user.clear(instruction)
    await user.type(instruction, 'Say it in one word.')
    expect(await within(prompt()).findByText('Say it in one word.')).toBeTruthy()
  })

  it('leave out settings of drawing that are empty, and say what a number may be', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: /^How it is asked/ }))
    // At temperature 0 nothing is drawn.
    expect(screen.queryByRole('textbox', { name: 'Top-p' })).toBeNull()
    const set = async (name: string, value: string) => {
      const input = screen.getByRole('textbox', { name })
      await user.clear(input)
      if (value !== '') await user.type(input, value)
      await user.tab()
    }
    await set('Temperature', '0.7')
    await set('Top-p', '0,9')
    await set('Stop text', '\\n')
    expect(text().decoding).toMatchObject({ temperature: 0.7, topP: 0.9, stopTexts: ['\n'] })
    await set('Top-k', '1.5')
    expect(screen.getByText('Give a whole number from 0 to 1,000.')).toBeTruthy()
    await set('Top-k', '')
    await set('Top-p', '')
    expect(Object.keys(text().decoding)).not.toContain('topP')
    expect(Object.keys(text().decoding)).not.toContain('topK')
  })

  it('undo and redo typing in a field with Ctrl+Z', async () => {
    // Typed without a pause, however slow the machine: a pause would make two undo steps.
    vi.useFakeTimers({ toFake: ['Date'] })
    const { user, text } = await openTemplate('Write')
    const instruction = screen.getByRole('textbox', { name: 'Instruction' })
    await user.type(instruction, ' Briefly.')
    expect(text().instruction).toMatch(/ Briefly\.$/u)
    await user.keyboard('{Control>}z{/Control}')
    expect(text()).toEqual(reviewTemplate)
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    expect(text().instruction).toMatch(/ Briefly\.$/u)
  })

  it('build a format of fields with labels', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('radio', { name: 'JSON fields' }))
    await user.click(screen.getByRole('button', { name: 'Add a field' }))
    const fresh = screen.getByRole('group', { name: 'Field field_3' })
    await user.selectOptions(
      within(fresh).getByRole('combobox', { name: 'Kind of field_3' }),
      'one of',
    )
    await user.type(screen.getByRole('textbox', { name: 'Labels of field_3' }), 'yes,no,')
    await user.clear(within(fresh).getByRole('textbox', { name: 'Name of the field' }))
    await user.type(within(fresh).getByRole('textbox', { name: 'Name of the field' }), 'paid in')
    const { format } = text()
    expect(format.kind === 'json' && format.fields.at(-1)).toEqual({
      name: 'paid in',
      optional: false,
      type: { kind: 'label', labels: ['yes', 'no'] },
    })
  })

  it('choose how a field is judged, with its settings; undone as other edits are', async () => {
    const { user, text } = await openTemplate('Write')
    const last = (): unknown => {
      const { format } = text()
      return format.kind === 'json' ? format.fields.at(-1)?.measure : null
    }
    const field = screen.getByRole('group', { name: 'Field business_type' })
    const measure = within(field).getByRole('combobox', { name: 'business_type is right if' })
    await user.selectOptions(measure, 'number within a tolerance')
    const tolerance = within(field).getByRole('textbox', { name: 'Tolerance of business_type' })
    await user.clear(tolerance)
    await user.type(tolerance, '2.5{Enter}')
    await user.selectOptions(
      within(field).getByRole('combobox', { name: 'Unit of the tolerance of business_type' }),
      '% more or less',
    )
    expect(last()).toEqual({ kind: 'number', within: 2.5, unit: 'percent' })
    // A list has no tolerance, and a yes or no can only be equal.
    const kind = within(field).getByRole('combobox', { name: 'Kind of business_type' })
    await user.selectOptions(kind, 'several of')
    expect(last()).toBeUndefined()
    await user.selectOptions(measure, 'set of labels')
    expect(last()).toEqual({ kind: 'label-set' })
    await user.selectOptions(kind, 'yes or no')
    expect(within(field).queryByRole('combobox', { name: 'business_type is right if' })).toBeNull()
    while (JSON.stringify(text()) !== JSON.stringify(reviewTemplate)) {
      const before = JSON.stringify(text())
      await user.keyboard('{Control>}z{/Control}')
      expect(JSON.stringify(text())).not.toBe(before)
    }
  })

  it('say what a pattern is, for an answer without fields', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('radio', { name: 'Text' }))
    const measure = screen.getByRole('combobox', { name: 'the answer is right if' })
    await user.selectOptions(measure, 'matches a pattern')
    expect(screen.getByText(/Give a regular expression/u)).toBeTruthy()
    expect(text().format).toEqual({ kind: 'text', measure: { kind: 'pattern' } })
    await user.selectOptions(measure, 'equal')
    expect(text().format).toEqual({ kind: 'text' })
  })

  it('say which placeholder has to support an answer', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('radio', { name: 'Text' }))
    const measure = screen.getByRole('combobox', { name: 'the answer is right if' })
    await user.selectOptions(measure, 'supported by the row’s passage')
    expect(screen.getByText(/Rows need no expected answer/u)).toBeTruthy()
    const placeholder = screen.getByRole('textbox', {
      name: 'Placeholder that supports the answer',
    })
    await user.type(placeholder, '<source>')
    expect(text().format).toEqual({
      kind: 'text',
      measure: { kind: 'supported', placeholder: 'SOURCE' },
    })
  })

  it('keep a field’s name while the typed one is invalid', async () => {
    const { user, text } = await openTemplate('Write')
    const [name] = screen.getAllByRole('textbox', { name: 'Name of the field' })
    if (name === undefined) throw new Error('There is no field.')
    await user.type(name, '.')
    expect(await screen.findByText(/a dot is what separates/u)).toBeTruthy()
    expect(text()).toEqual(reviewTemplate)
    fireEvent.blur(name)
    expect((name as HTMLInputElement).value).toBe('sentiment')
  })

  it('build objects within objects, to three levels', async () => {
    const { user, text } = await openTemplate('Write')
    const kind = async (path: string, to: string) =>
      user.selectOptions(screen.getByRole('combobox', { name: `Kind of ${path}` }), to)
    await kind('sentiment', 'list of objects')
    await user.click(screen.getByRole('button', { name: 'Add a field to sentiment' }))
    await kind('sentiment.field_2', 'object')
    const inner = 'sentiment.field_2.field_1'
    const options = screen.getByRole('combobox', { name: `Kind of ${inner}` })
    expect(within(options).queryByRole('option', { name: 'object' })).toBeNull()
    expect(screen.getByText(/Fields go three levels deep/u)).toBeTruthy()
    await kind(inner, 'number')
    const row = screen.getByRole('group', { name: `Field ${inner}` })
    await user.selectOptions(
      within(row).getByRole('combobox', { name: `${inner} is right if` }),
      'number within a tolerance',
    )
    // Within a row that could move as well, the inner one alone moves.
    screen.getByRole('combobox', { name: 'Kind of sentiment.field_2' }).focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    const { format } = text()
    expect(format.kind === 'json' && format.fields.map(({ name }) => name)).toEqual([
      'sentiment',
      'business_type',
    ])
    const measure = { kind: 'number', within: 0, unit: 'absolute' }
    const deepest = { name: 'field_1', optional: false, type: { kind: 'number', integer: false } }
    expect(format.kind === 'json' && format.fields[0]?.type).toEqual({
      kind: 'list',
      item: {
        kind: 'object',
        fields: [
          {
            name: 'field_2',
            optional: false,
            type: { kind: 'object', fields: [{ ...deepest, measure }] },
          },
          { name: 'field_1', optional: false, type: { kind: 'text', hint: '' } },
        ],
      },
    })
  })

  it('move fields by keyboard, and announce their position', async () => {
    const { user, text } = await openTemplate('Write')
    const field = screen.getByRole('group', { name: 'Field business_type' })
    within(field).getByRole('combobox', { name: 'Kind of business_type' }).focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    const { format } = text()
    expect(format.kind === 'json' && format.fields.map(({ name }) => name)).toEqual([
      'business_type',
      'sentiment',
    ])
    expect(screen.getByText('business_type is now field 1 of 2.')).toBeTruthy()
  })

  it('take the fields from a pasted JSON schema, and say what is lost', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: 'Paste a schema' }))
    const schema = {
      type: 'object',
      properties: { stars: { type: 'integer', minimum: 1 }, kind: { enum: ['a', 'b'] } },
      required: ['stars', 'kind'],
    }
    fireEvent.change(screen.getByRole('textbox', { name: 'Schema' }), {
      target: { value: JSON.stringify(schema) },
    })
    expect(
      within(screen.getByRole('list', { name: 'What cannot be kept' })).getByText(/stars/),
    ).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Use it' }))
    const { format } = text()
    expect(
      format.kind === 'json' && format.fields.map(({ name, type }) => [name, type.kind]),
    ).toEqual([
      ['stars', 'number'],
      ['kind', 'label'],
    ])
  })
})

describe('the examples', () => {
  it('are edited in place, and flagged while they do not match the format', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: /^Example 2: Two hours/ }))
    const answer = within(example(2)).getByRole('textbox', { name: 'Answer' })
    fireEvent.change(answer, { target: { value: '{"sentiment": "angry", "business_type": "x"}' } })
    expect(await within(example(2)).findByText(/“angry” is none of the labels/)).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(within(example(2)).queryByRole('textbox')).toBeNull()
    expect(text().examples[1]?.output).toContain('angry')
  })

  it('move with Alt and the arrows, and the focus with them', async () => {
    const { user, text } = await openTemplate('Write')
    screen.getByRole('button', { name: /^Example 3: Clean room/ }).focus()
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}')
    expect(
      text()
        .examples.map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['room', 'bread', 'tooth'])
    expect(screen.getByText('Now example 1 of 5.')).toBeTruthy()
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Example 1: Clean room/u)
  })

  it('are added with the focus in the new one, duplicated and removed', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: 'Add' }))
    await user.keyboard('Fresh fish')
    expect(text().examples.at(-1)?.values).toEqual({ INPUT: 'Fresh fish' })

    await user.click(screen.getByRole('button', { name: 'More about example 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Duplicate' }))
    expect(text().examples[1]).toEqual({ ...text().examples[0], id: text().examples[1]?.id })
    await user.click(screen.getByRole('button', { name: 'More about example 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
    expect(text().examples).toHaveLength(6)
    expect(text().examples[0]?.values.INPUT).toMatch(/^The bread/u)
  })

  it('leave the prompt when switched off, and show the tokens that they would take', async () => {
    const { user } = await openTemplate('Write')
    expect(await within(example(5)).findByText(/^off, \d+ if on$/u)).toBeTruthy()
    await within(prompt()).findByText(/The bread was still warm/)
    await user.click(screen.getByRole('switch', { name: 'Example 1 is on' }))
    await waitFor(() => expect(within(prompt()).queryByText(/The bread was still warm/)).toBeNull())
  })

  it('highlight their part of the prompt, and the other way round', async () => {
    const { user } = await openTemplate('Write')
    const part = await within(prompt()).findByText(/Two hours for a filling/)
    await user.hover(example(2))
    expect(part.className).toContain('is-lit')
    await user.unhover(example(2))
    expect(part.className).not.toContain('is-lit')
    await user.hover(part)
    expect(example(2).className).toContain('is-lit')
  })

  it('are pasted from a table', async () => {
    const { user, text } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: 'Add many' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Paste rows' }))
    fireEvent.change(screen.getByRole('textbox', { name: 'Rows' }), {
      target: { value: 'One\tA\nTwo\tB\nThree' },
    })
    expect(await screen.findByText('There is no answer.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Add 2 examples' }))
    expect(
      text()
        .examples.slice(-2)
        .map(({ output }) => output),
    ).toEqual(['A', 'B'])
  })

  it('are rendered only if visible', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      newExample({ INPUT: `Review number ${String(index)}` }, reviewTemplate.examples[0]?.output),
    )
    await openTemplate('Write', {}, { ...reviewTemplate, examples: many })
    expect(screen.getByText('500 of 500 on')).toBeTruthy()
    const drawn = await screen.findAllByRole('group', { name: /^Example \d/u })
    expect(drawn.length).toBeLessThan(60)
  })
})

describe('a prompt that does not fit', () => {
  it('says so, and offers to switch off the longest example', async () => {
    const { user, text } = await openTemplate('Write', { contextSize: 120 })
    const alert = await screen.findByText(/It does not fit, so nothing is run\./)
    expect(alert).toBeTruthy()
    const [offer] = screen.getAllByRole('button', { name: /^Switch off example/ })
    if (offer === undefined) throw new Error('Nothing is offered.')
    await user.click(offer)
    expect(text().examples.filter(({ enabled }) => enabled)).toHaveLength(3)
  })
})

describe('the variables of a template', () => {
  it('can be empty, with a default text, once there are two', async () => {
    const { user } = await openTemplate('Write')
    await user.click(screen.getByRole('button', { name: /^How it is asked/ }))
    expect(screen.queryByRole('switch', { name: 'Input can be empty' })).toBeNull()
    const input = screen.getByRole('textbox', { name: 'Input text' })
    await user.type(input, ' <TONE>')
    await user.click(screen.getByRole('switch', { name: 'Tone can be empty' }))
    await user.type(screen.getByRole('textbox', { name: 'Tone when empty' }), 'friendly')
    expect(screen.getByRole('textbox', { name: 'Tone when empty' })).toHaveProperty(
      'value',
      'friendly',
    )
    await user.click(screen.getByRole('switch', { name: 'Tone can be empty' }))
    expect(screen.queryByRole('textbox', { name: 'Tone when empty' })).toBeNull()
  })
})

describe('the Write tab', () => {
  it('has no axe violations, with an example open', async () => {
    const { user } = await openTemplate('Write')
    await within(prompt()).findByText(reviewTemplate.instruction)
    await user.click(screen.getByRole('button', { name: /^Example 2: Two hours/ }))
    await user.click(screen.getByRole('button', { name: /^How it is asked/ }))
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  })
})
