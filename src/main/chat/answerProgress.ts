import type { AskItem } from '../../shared/contract/chat.ts'
import type { ReplyStep } from '../prompting/writeReply.ts'

/** Emits the progress of an answer, and records the times of its steps. */
export interface AnswerProgress {
  /** `done` of `total` prompt tokens are evaluated, `reused` of them were in the KV cache. */
  reading(done: number, total: number, reused: number): void
  text(added: string): void
  timings(): { firstTokenMs: number | null; totalMs: number; generatingMs: number }
}

/** Text is emitted at most this often, in milliseconds, to limit the number of messages. */
const coalesceMs = 30

/** @param now monotonic clock, in milliseconds. */
export function createAnswerProgress(
  emit: (item: AskItem) => void,
  now: () => number = () => performance.now(),
): AnswerProgress & { flush(): void } {
  const startedAt = now()
  let readingSince: { at: number; done: number } | undefined
  let firstTokenAt: number | undefined
  let waiting = ''
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting !== '') emit({ type: 'text', text: waiting })
    waiting = ''
  }

  return {
    reading(done, total, reused) {
      readingSince ??= { at: now(), done: Math.min(reused, done) }
      const fresh = done - readingSince.done
      const rate = fresh > 0 ? fresh / (now() - readingSince.at) : 0
      const secondsLeft = rate > 0 ? (total - done) / rate / 1000 : null
      emit({ type: 'reading', done, total, secondsLeft })
    },
    text(added) {
      firstTokenAt ??= now()
      waiting += added
      timer ??= setTimeout(flush, coalesceMs)
    },
    timings() {
      const end = now()
      return {
        firstTokenMs: firstTokenAt === undefined ? null : firstTokenAt - startedAt,
        totalMs: end - startedAt,
        generatingMs: firstTokenAt === undefined ? 0 : end - firstTokenAt,
      }
    },
    flush,
  }
}

/** Emits the steps of a model's reply as progress. */
export function showStep(progress: AnswerProgress): (step: ReplyStep) => void {
  return (step) => {
    if (step.type === 'text') progress.text(step.text)
    else progress.reading(step.done, step.total, step.reused)
  }
}
