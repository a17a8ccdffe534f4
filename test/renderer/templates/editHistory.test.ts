import { describe, expect, it } from 'vitest'
import {
  beginHistory,
  withEdit,
  withRedo,
  withUndo,
} from '../../../src/renderer/src/features/templates/editHistory.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'

const named = (name: string) => ({ ...reviewTemplate, name })

describe('the history of edits', () => {
  it('counts typing in one field as one step, until a pause', () => {
    let history = beginHistory(named('a'))
    history = withEdit(history, named('ab'), 'name', 1_000)
    history = withEdit(history, named('abc'), 'name', 1_500)
    history = withEdit(history, named('abcd'), 'name', 3_000)
    expect(withUndo(history).present.name).toBe('abc')
    expect(withUndo(withUndo(history)).present.name).toBe('a')
  })

  it('keeps edits of different things as separate steps', () => {
    let history = withEdit(beginHistory(named('a')), named('b'), 'name', 1_000)
    history = withEdit(history, { ...named('b'), instruction: 'x' }, 'instruction', 1_001)
    expect(withUndo(history).present).toEqual(named('b'))
  })

  it('redoes what was undone, until the next edit', () => {
    let history = withEdit(beginHistory(named('a')), named('b'), 'name', 1_000)
    history = withUndo(history)
    expect(withRedo(history).present.name).toBe('b')
    history = withEdit(history, named('c'), 'name', 1_100)
    expect(withRedo(history).present.name).toBe('c')
    expect(withUndo(history).present.name).toBe('a')
  })

  it('undoes and redoes accompanying changes with their step', () => {
    const beside = { undo: () => undefined, redo: () => undefined }
    let history = withEdit(beginHistory(named('a')), named('b'), 'chosen', 1_000)
    history = withEdit(history, named('c'), 'chosen', 1_001, beside)
    expect(history.past.map((step) => step.beside)).toEqual([null, beside])
    history = withUndo(history)
    expect(history.present.name).toBe('b')
    expect(history.future.map((step) => step.beside)).toEqual([beside])
    expect(withRedo(history).past.at(-1)?.beside).toBe(beside)
  })

  it('does not change if there is nothing to undo', () => {
    const history = beginHistory(named('a'))
    expect(withUndo(history)).toBe(history)
    expect(withRedo(history)).toBe(history)
  })
})
