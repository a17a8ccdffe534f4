import { describe, expect, it } from 'vitest'
import {
  beginHistory,
  withEdit,
  withRedo,
  withUndo,
} from '../../../src/renderer/src/features/templates/editHistory.ts'
import { reviewTemplate } from '../../helpers/fakeTemplates.ts'

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

  it('stays as it is where there is nothing to undo', () => {
    const history = beginHistory(named('a'))
    expect(withUndo(history)).toBe(history)
    expect(withRedo(history)).toBe(history)
  })
})
