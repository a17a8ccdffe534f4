import type { Answer, FollowedTemplate, Scope } from '../../../shared/domain/conversation.ts'
import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import type { ChosenTemplate } from '../../prompting/chosenTemplate.ts'
import { keepsEverything } from '../../prompting/fitSources.ts'
import { writeReply } from '../../prompting/writeReply.ts'
import { withTitles, type TitledPassage } from '../../retrieval/titledPassages.ts'
import type { AnswerModel } from '../answerDeps.ts'
import { showStep } from '../answerProgress.ts'
import { loadModel, type AnswerTask } from '../answerTask.ts'
import { findPassages } from '../gatherPassages.ts'
import { passagesAnswer } from '../passagesAnswer.ts'
import { isRefusal, refusal } from '../prompt.ts'
import { samplingIn } from '../sampling.ts'
import { emptyAnswer, toCitable, toSources } from '../sources.ts'
import { bindReply } from './bindReply.ts'
import { fitHistory, fitTemplate, type FittedTemplate, type TemplateRoom } from './fitTemplate.ts'
import { templateHistory } from './templateHistory.ts'
import { questionValues } from './templateQuestion.ts'

interface TemplateTask extends AnswerTask {
  readonly chosen: ChosenTemplate
}

/**
 * Answers one question by a template. Passages are searched as for any question. If their evidence
 * is too weak the answer is "not found", since a fixed format would make the model invent
 * something. Otherwise the model generates under the template's grammar, and its reply is checked
 * and bound to the sources.
 *
 * @throws AppError `invalid-input`, `prompt-too-long` if the question doesn't fit the template;
 * thrown before anything is searched or generated.
 */
export async function answerByTemplate(task: TemplateTask): Promise<Answer> {
  const { deps, request, chosen, emit } = task
  const grounded = request.scope.kind !== 'none'
  const values = questionValues(chosen.template, request.question)
  const model = await loadModel(task)
  const room = model === null ? null : await roomOf(task, model, values, grounded)
  if (!grounded) return answerAlone(task, model, room)

  const scope = scopeOf(request.scope, chosen)
  const whole = await wholeDocument(task, scope, room)
  if (whole !== null && model !== null) {
    return written(task, model, whole.prompt, whole.passages, emptyAnswer)
  }
  const found = await findPassages({ ...task, request: { ...request, scope } })
  const { passages, outcome, searchMs } = found
  const base: Answer = {
    ...emptyAnswer,
    sources: toSources(passages, [], deps.library.documentOf),
    evidence: outcome.decision,
    template: untried(chosen),
    timings: { ...emptyAnswer.timings, searchMs },
  }
  emit({ type: 'sources', sources: base.sources })
  const tooWeak = outcome.decision.best < outcome.decision.threshold && !request.ignoreThreshold
  if (passages.length === 0 || tooWeak) {
    task.progress.text(refusal)
    return { ...base, kind: 'not-found', text: refusal }
  }
  if (model === null || room === null) {
    return {
      ...base,
      ...passagesAnswer(passages, deps.library.documentOf, task.progress),
    }
  }
  const prompt = await fitTemplate(room, passages.slice(0, chosen.template.sources.passages))
  return written(task, model, prompt, passages, base)
}

async function roomOf(
  { deps, request, chosen, signal }: TemplateTask,
  model: AnswerModel,
  values: Readonly<Record<string, string>>,
  grounded: boolean,
): Promise<TemplateRoom> {
  const fit = {
    llm: deps.llm,
    contextSize: model.info.contextSize,
    template: chosen.template,
    examples: await chosen.examplesFor(values, signal),
    history: templateHistory(chosen, request.turns ?? []),
    values,
  }
  return fitHistory(fit, grounded)
}

/** The conversation's scope takes precedence over the template's. */
function scopeOf(scope: Scope, { template }: ChosenTemplate): Scope {
  const { retrieve, scope: own } = template.sources
  return scope.kind === 'all' && retrieve && own.kind !== 'none' ? own : scope
}

/** A single document that fits the prompt is used whole, without a search, as for any question. */
async function wholeDocument(
  { deps, request }: TemplateTask,
  scope: Scope,
  room: TemplateRoom | null,
): Promise<{ prompt: FittedTemplate; passages: readonly TitledPassage[] } | null> {
  if (room === null) return null
  const pages = await deps.library.wholeDocument(scope, request.question)
  if (pages === null || pages.length === 0) return null
  const passages = withTitles(pages, deps.library.documentOf)
  const prompt = await fitTemplate(room, passages)
  return keepsEverything(prompt.sources, passages) ? { prompt, passages } : null
}

/** Answers with the template and the model alone, for conversations without documents. */
async function answerAlone(
  task: TemplateTask,
  model: AnswerModel | null,
  room: TemplateRoom | null,
): Promise<Answer> {
  const { chosen, progress } = task
  if (model === null || room === null) {
    const text =
      'A template without documents needs a model, and none is loaded. Choose one under Models, or ask your documents.'
    progress.text(text)
    return { ...emptyAnswer, kind: 'ungrounded', text, template: untried(chosen) }
  }
  const answer = await written(task, model, await fitTemplate(room, []), [], emptyAnswer)
  // Without sources no sentence needs a citation.
  return { ...answer, kind: 'ungrounded', sentences: [] }
}

async function written(
  { deps, request, chosen, progress, emit, signal }: TemplateTask,
  model: AnswerModel,
  fitted: FittedTemplate,
  passages: readonly TitledPassage[],
  base: Answer,
): Promise<Answer> {
  const { documentOf } = deps.library
  const sources = toSources(passages, fitted.sources, documentOf)
  if (sources.length > 0) emit({ type: 'sources', sources })
  const options = request.seed == null ? chosen.options : { ...chosen.options, seed: request.seed }
  const { reply, stop, tokens } = await writeReply(
    deps.llm,
    fitted.prompt,
    options,
    showStep(progress),
    signal,
  )
  const { format } = chosen.template
  const citable = fitted.sources.flatMap((source) => toCitable(source, documentOf))
  const { fields, ...bound } = bindReply(format, reply, citable, deps.weight)
  const stopped = stop === 'aborted'
  const refused = format.kind === 'text' && isRefusal(reply)
  return {
    ...base,
    ...bound,
    kind: refused ? 'not-found' : 'written',
    status: stopped ? 'stopped' : 'complete',
    cutOff: stop === 'length',
    sources,
    model: model.info.name,
    sampling: samplingIn(options),
    budget: fitted.budget,
    prompt: fitted.text,
    promptParts: fitted.parts,
    tokens,
    template: {
      ...untried(chosen),
      reply,
      // A stopped reply is incomplete, so its format isn't checked.
      check: stopped || refused ? null : checkReply(format, reply),
      fields,
    },
  }
}

function untried({ id, version, template }: ChosenTemplate): FollowedTemplate {
  return {
    kind: 'followed',
    id,
    version,
    name: template.name,
    format: template.format,
    reply: '',
    check: null,
    fields: [],
  }
}
