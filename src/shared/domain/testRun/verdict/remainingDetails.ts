import type { Arm } from '../arm.ts'
import type { ArmFigures } from '../figures.ts'
import { formatCount, plural } from '../../localFormat.ts'
import { listed } from '../../listed.ts'
import { count, inSentence, percent } from '../words.ts'
import type { Answer } from './answer.ts'
import { examplesIn, type RunEvidence } from './evidence.ts'
import { describedArm } from './formats.ts'
import { labelMistakes, type LabelMistakes } from './labelMistakes.ts'
import { detail, type Detail } from './rules.ts'

/** With this much certain, nothing asks for more. */
const enough = 0.9
/** The number of labelled rows that a small classifier needs on average (Pecher et al. 2025). */
const forClassifier = 100

/** What is still wrong in the arm to use, and what that points to. */
export function remainingDetails(evidence: RunEvidence, answer: Answer): Detail[] {
  if (evidence.plan.kind === 'order') return []
  const arm = describedArm(evidence, answer.arm)
  const figures = arm === null ? undefined : evidence.figures[arm.id]
  if (arm === null || figures?.exactMatch == null) return []
  const { exactMatch, scored } = figures
  const wrong = Math.round((1 - exactMatch.value) * scored)
  if (wrong === 0) {
    const share = percent(1 - exactMatch.low)
    const sentence = `No row is wrong with ${inSentence(arm.name)}. Of all rows up to ${share} may be: ${plural(scored, 'row')} cannot show more.`
    return [detail('left-nothing', sentence)]
  }
  const mistakes = mistakesOf(evidence, arm, figures)
  const found = [
    whereWrong(arm, figures, wrong),
    unreadable(figures, wrong),
    unshown(mistakes, wrong),
    confused(mistakes, wrong),
  ].filter((detail) => detail !== null)
  if (exactMatch.low >= enough) {
    const share = percent(exactMatch.low)
    const sentence = `At least ${share} of the rows are right (95 % certain): nothing here asks for fine-tuning.`
    return [...found, detail('left-enough', sentence)]
  }
  return [...found, ...nextSteps(evidence, answer, figures, found)]
}

function mistakesOf(
  { templates }: RunEvidence,
  arm: Arm,
  figures: ArmFigures,
): LabelMistakes | null {
  const template = templates.get(arm.version)
  if (template === undefined) return null
  const shown = examplesIn(arm, templates) === 0 ? null : template
  return labelMistakes(figures, shown)
}

function whereWrong(arm: Arm, { fields }: ArmFigures, wrong: number): Detail | null {
  const names = Object.entries(fields).sort(([, a], [, b]) => a.accuracy.value - b.accuracy.value)
  if (names.length < 2) return null
  const shares = names.map(([name, { accuracy }]) => `${name} in ${percent(accuracy.value)}`)
  const sentence = `${plural(wrong, 'row')} are wrong with ${inSentence(arm.name)}. Field by field, right are: ${listed(shares)}.`
  return detail('left-fields', sentence)
}

function unreadable({ unreadable: none }: ArmFigures, wrong: number): Detail | null {
  if (none * 2 < wrong || none === 0) return null
  const sentence = `${formatCount(none)} of the ${plural(wrong, 'row')} that are wrong have no reply in the format. Mend that first; whether the model understands the rows shows only then.`
  return detail('left-unreadable', sentence)
}

function unshown(mistakes: LabelMistakes | null, wrong: number): Detail | null {
  if (mistakes === null || mistakes.unshown.length === 0) return null
  if (mistakes.wrongUnshown < 2 || mistakes.wrongUnshown * 3 < wrong) return null
  const labels = listed(mistakes.unshown.slice(0, 5).map((label) => `“${label}”`))
  const which = mistakes.unshown.length === 1 ? 'a label' : 'labels'
  const sentence = `${formatCount(mistakes.wrongUnshown)} of the ${plural(wrong, 'row')} that are wrong expect ${which} that no example shows (${labels}): add an example of each before fine-tuning.`
  return detail('left-unshown-labels', sentence)
}

function confused(mistakes: LabelMistakes | null, wrong: number): Detail | null {
  const most = mistakes?.mostConfused
  if (most == null || most.rows < 3 || most.rows * 4 < wrong) return null
  const sentence = `The most frequent mistake is “${most.given}” for “${most.expected}”, ${count(most.rows)} times. Examples that show the two side by side may part them.`
  return detail('left-confused', sentence)
}

function nextSteps(
  evidence: RunEvidence,
  answer: Answer,
  figures: ArmFigures,
  found: readonly Detail[],
): Detail[] {
  const first = found.some(
    ({ rule }) => rule === 'left-unreadable' || rule === 'left-unshown-labels',
  )
  const details: Detail[] = []
  if (answer.examplesHelp === true) {
    details.push(
      detail(
        'left-more-examples',
        'Examples help here, so more or better ones may help further: the shot curve shows whether they do.',
      ),
    )
  }
  if (answer.examplesHelp === false && answer.documentsHelp !== true) {
    details.push(
      detail(
        'left-better-model',
        'What was added to the prompt does not help with what is left: try a better model next, then fine-tuning.',
      ),
    )
  } else if (!first && (figures.inDomain?.value ?? 0) >= 0.95) {
    details.push(
      detail(
        'left-fine-tuning',
        'What is left is in the format and still wrong. If more examples and a better model leave it so, it is what fine-tuning is for.',
      ),
    )
  }
  return [...details, ...smallClassifier(evidence, figures)]
}

function smallClassifier({ templates }: RunEvidence, figures: ArmFigures): Detail[] {
  const [template] = [...templates.values()].slice(-1)
  if (template?.format.kind !== 'label') return []
  const labelled = figures.scored + template.examples.length
  if (labelled < forClassifier) return []
  const sentence = `You have ${formatCount(labelled)} labelled rows. A small classifier fine-tuned on about 100 was as good as a large model that was prompted, on average (Pecher et al. 2025): worth comparing.`
  return [detail('left-small-classifier', sentence)]
}
