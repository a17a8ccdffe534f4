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
  it('takes typing in one field for one step, and a pause for another', () => {
    let history = beginHistory(named('a'))
    history = withEdit(history, named('ab'), 'name', 1_000)
    history = withEdit(history, named('abc'), 'name', 1_500)
    history = withEdit(history, named('abcd'), 'name', 3_000)
    expect(withUndo(history).present.name).toBe('abc')
    expect(withUndo(withUndo(history)).present.name).toBe('a')
  })

  it('keeps edits of different things apart', () => {
    let history = withEdit(beginHistory(named('a')), named('b'), 'name', 1_000)
    history = withEdit(history, { ...named('b'), instruction: 'x' }, 'instruction', 1_001)
    expect(withUndo(history).present).toEqual(named('b'))
  })

  it('redoes what was undone until something else is done', () => {
    let history = withEdit(beginHistory(named('a')), named('b'), 'name', 1_000)
    history = withUndo(history)
    expect(withRedo(history).present.name).toBe('b')
    history = withEdit(history, named('c'), 'name', 1_100)
    expect(withRedo(history).present.name).toBe('c')
    expect(withUndo(history).present.name).toBe('a')
  })

  it('keeps what was changed besides with its step, there and back', () => {
    const beside = { undo: () => undefined, redo: () => undefined }
    let history = withEdit(beginHistory(named('a')), named('b'), 'chosen', 1_000)
    history = withEdit(history, named('c'), 'chosen', 1_001, beside)
    expect(history.past.map((step) => step.beside)).toEqual([null, beside])
    history = withUndo(history)
    expect(history.present.name).toBe('b')
    expect(history.future.map((step) => step.beside)).toEqual([beside])
    expect(withRedo(history).past.at(-1)?.beside).toBe(beside)
  })

  it('stays as it is where there is nothing to undo', () => {
    const history = beginHistory(named('a'))
    expect(withUndo(history)).toBe(history)
    expect(withRedo(history)).toBe(history)
  })
})
