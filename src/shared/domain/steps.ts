/** Long work in short steps: between two of them something else may run. */
export type Steps<Result> = Generator<undefined, Result>

/** Does all steps without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
