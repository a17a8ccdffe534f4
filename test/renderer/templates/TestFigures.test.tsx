import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { TestFigures } from '../../../src/renderer/src/features/templates/test/TestFigures.tsx'
import { listFigures } from '../../helpers/listFigures.ts'

it('says why a field in a list has no figures of its labels', () => {
  const row = { items: [{ tags: ['red'], paid: true, note: 'new' }], delivery: { state: 'sent' } }
  render(<TestFigures figures={listFigures([[row, row]])} onFilter={() => undefined} />)
  const notes = screen.getAllByText(/^No figures for each label of/).map((one) => one.textContent)
  expect(notes.map((text) => /of ([^:]+):/.exec(text)?.[1])).toEqual(['items.tags', 'items.paid'])
  expect(screen.getAllByText(/delivery\.state/).length).toBeGreaterThan(0)
})
