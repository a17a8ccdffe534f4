import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { TextRange } from '../../shared/domain/page.ts'

export interface SquadQuestion {
  readonly id: string
  readonly question: string
  /** Every accepted answer. */
  readonly answers: readonly string[]
  /** Their position in the paragraph. */
  readonly spans: readonly TextRange[]
}

export interface SquadParagraph {
  /** `article-paragraph`, both counted from 0. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly questions: readonly SquadQuestion[]
}

const file = z.object({
  data: z.array(
    z.object({
      title: z.string().default(''),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(
            z.object({
              id: z.coerce.string(),
              question: z.string(),
              answers: z.array(z.object({ text: z.string(), answer_start: z.number().int() })),
            }),
          ),
        }),
      ),
    }),
  ),
})

/**
 * Reads a file in SQuAD's layout (Rajpurkar et al. 2016). Offsets count code points there and
 * UTF-16 units here, so each is checked against its answer. Questions without an answer are left
 * out.
 *
 * @throws AppError `invalid-input` if the file is of another layout
 */
export async function readSquad(path: string): Promise<SquadParagraph[]> {
  const parsed = file.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!parsed.success) throw new AppError('invalid-input', `${path} is not in SQuAD's layout.`)
  return parsed.data.data.flatMap((article, number) =>
    article.paragraphs.map(({ context, qas }, index) => ({
      id: `${number}-${index}`,
      title: article.title,
      text: context,
      questions: qas
        .filter(({ answers }) => answers.length > 0)
        .map(({ id, question, answers }) => ({
          id,
          question,
          answers: answers.map(({ text }) => text),
          spans: answers.map(({ text, answer_start }) => locate(context, text, answer_start)),
        })),
    })),
  )
}

function locate(context: string, answer: string, codePoints: number): TextRange {
  const units = Array.from(context).slice(0, codePoints).join('').length
  const candidates = [codePoints, units, context.indexOf(answer)]
  const start = candidates.find((at) => at >= 0 && context.startsWith(answer, at))
  if (start === undefined) throw new AppError('invalid-input', `An answer is not in its paragraph.`)
  return { start, end: start + answer.length }
}
