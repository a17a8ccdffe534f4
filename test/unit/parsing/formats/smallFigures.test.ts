import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createFormula } from '../../../../src/main/parsing/formats/docx/formula.ts'
import { shiftedText } from '../../../../src/main/parsing/formats/raisedText.ts'
import { writeDocxXml } from '../../../helpers/fixtures/writeDocx.ts'
import { writePptx } from '../../../helpers/fixtures/writePptx.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

async function textOf(name: string, content: Uint8Array | string): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const { pages } = await parseDocument(name, bytes)
  return pages.map(({ text }) => text).join('\n')
}

const word = (body: string): Uint8Array => writeDocxXml({ body })
const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const raised = '<w:vertAlign w:val="superscript"/>'
const lowered = '<w:vertAlign w:val="subscript"/>'
const math = (xml: string): string =>
  `<w:p>${run('It is ')}<m:oMath>${xml}</m:oMath>${run('.')}</w:p>`
const m = (text: string): string => `<m:r><m:t>${text}</m:t></m:r>`

describe('small figures above and below the line', () => {
  it('never join the digits beside them', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom('raised', 'lowered'), (one, other, shift) => {
        const before = String(one)
        const after = shiftedText(String(other), shift, before.slice(-1))
        expect(/^\d/u.test(after)).toBe(false)
      }),
    )
  })

  const html = [
    ['10<sup>6</sup> cells', '10⁶ cells'],
    ['2,023<sup>1</sup> tonnes', '2,023¹ tonnes'],
    ['2,023<sup><a href="#n">12</a></sup>', '2,023¹²'],
    ['H<sub>2</sub>O and log<sub>2</sub>8', 'H₂O and log₂8'],
    // Books raise the marks of their notes by styles alone.
    ['in 1901<a epub:type="noteref" href="#n">12</a> by <a href="x">7</a>', 'in 1901¹² by 7'],
    ['10<sup>−3</sup> m', '10⁻³ m'],
    ['10<sup>2x</sup>', '10^(2x)'],
    ['10<sup>n</sup>', '10ⁿ'],
    ['the 1<sup>st</sup> of May, 2<sup>e</sup>', 'the 1st of May, 2e'],
    ['M<sup>me</sup> Aas', 'Mme Aas'],
    ['never closed 10<sup>6</p><p>next', 'never closed 10⁶\n\nnext'],
  ] as const

  test.each(html)('of a web page: %s', async (source, text) => {
    expect(await textOf('a.html', `<p>${source}</p>`)).toBe(text)
  })

  it('are read in Markdown, which writes them in HTML', async () => {
    expect(await textOf('a.md', 'It held 10<sup>6</sup> of CO<sub>2</sub>.')).toBe(
      'It held 10⁶ of CO₂.',
    )
  })

  it('are read in Word, from the run or its style', async () => {
    const styles =
      '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    const body = `<w:p>${run('10')}${run('6', raised)}${run(' in H')}${run('2', lowered)}${run('O, 2,023')}${run('1', '<w:rStyle w:val="Note"/>')}${run('4')}</w:p>`
    expect(await textOf('a.docx', writeDocxXml({ body, styles }))).toBe('10⁶ in H₂O, 2,023¹4')
  })

  it('are read on slides', async () => {
    const shapes =
      '<p:sp><p:txBody><a:p><a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>6</a:t></a:r><a:r><a:t> and 8</a:t></a:r><a:r><a:rPr baseline="-25000"/><a:t>2</a:t></a:r></a:p></p:txBody></p:sp>'
    expect(await textOf('a.pptx', writePptx([{ shapes }]))).toBe('10⁶ and 8₂')
  })
})

describe('formulas', () => {
  const formulas = [
    ['a fraction', `<m:f><m:num>${m('3')}</m:num><m:den>${m('4')}</m:den></m:f>`, '3/4'],
    [
      'a fraction of sums',
      `<m:f><m:num>${m('a+b')}</m:num><m:den>${m('2')}</m:den></m:f>`,
      '(a+b)/2',
    ],
    ['a power', `<m:sSup><m:e>${m('10')}</m:e><m:sup>${m('5')}</m:sup></m:sSup>`, '10⁵'],
    [
      'a power of a letter',
      `<m:sSup><m:e>${m('e')}</m:e><m:sup>${m('kt')}</m:sup></m:sSup>`,
      'e^kt',
    ],
    ['an index', `<m:sSub><m:e>${m('x')}</m:e><m:sub>${m('i')}</m:sub></m:sSub>`, 'x_i'],
    ['a root', `<m:rad><m:radPr/><m:deg/><m:e>${m('50')}</m:e></m:rad>`, '√50'],
    ['a third root', `<m:rad><m:deg>${m('3')}</m:deg><m:e>${m('x+1')}</m:e></m:rad>`, '³√(x+1)'],
    ['brackets', `<m:d><m:e>${m('1+2')}</m:e></m:d>`, '(1+2)'],
    [
      'other brackets',
      `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>${m('0')}</m:e><m:e>${m('1')}</m:e></m:d>`,
      '[0, 1]',
    ],
    [
      'a fraction in a power',
      `<m:sSup><m:e>${m('2')}</m:e><m:sup><m:f><m:num>${m('1')}</m:num><m:den>${m('2')}</m:den></m:f></m:sup></m:sSup>`,
      '2^(1/2)',
    ],
  ] as const

  test.each(formulas)('%s', async (_what, xml, text) => {
    expect(await textOf('a.docx', word(math(xml)))).toBe(`It is ${text}.`)
  })

  it('keep every word, whatever ends where', () => {
    const event = fc.oneof(
      fc
        .constantFrom('oMath', 'f', 'num', 'den', 'sSup', 'e', 'sup', 'rad', 'deg', 'd')
        .map((name) => ({
          name,
        })),
      fc.constantFrom('oMath', 'f', 'num', 'e', 'sup').map((close) => ({ close })),
      fc.stringMatching(/^[a-z]{1,3}$/u).map((text) => ({ text })),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const formula = createFormula()
        let said = ''
        let given = ''
        formula.open('oMath', {})
        for (const one of events) {
          if ('name' in one) {
            if (formula.isOpen || one.name === 'oMath') formula.open(one.name, {})
          } else if ('close' in one) said += formula.close(one.close) ?? ''
          else if (formula.isOpen) {
            formula.text(one.text)
            given += one.text
          }
        }
        while (formula.isOpen) said += formula.close('oMath') ?? ''
        // A raised n is a sign of its own.
        expect(said.normalize('NFKC').replace(/[^a-z]/gu, '')).toBe(given)
      }),
    )
  })
})
