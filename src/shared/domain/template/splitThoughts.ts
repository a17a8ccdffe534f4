/** A reply without what the model thought before it. */
export interface SplitReply {
  readonly answer: string
  /** Where the answer begins in the reply; 0 where there are no thoughts. */
  readonly start: number
  /** Whether the reply ends before its thoughts do: then there is no answer. */
  readonly isUnfinished: boolean
}

const names = 'think|thinking|thought|thoughts|reasoning|scratchpad|reflection'
const opening = new RegExp(String.raw`^\s*(?:<(${names})>|\[(THINK)\])`, 'iu')
/** Some chat formats open the thoughts in the prompt, so that a reply has the end alone. */
const endAlone = new RegExp(String.raw`^(?!\s*[{[])[^<]*</(?:${names})>`, 'iu')

/** Separates the thoughts that a reply begins with, in the tags that reasoning models write. */
export function splitThoughts(reply: string): SplitReply {
  let start = endAlone.exec(reply)?.[0].length ?? 0
  for (;;) {
    const rest = reply.slice(start)
    const tag = opening.exec(rest)
    if (tag === null) return { answer: rest, start, isUnfinished: false }
    const [whole, angle, square] = tag
    const closing = square === undefined ? `</${angle ?? ''}>` : `[/${square}]`
    const end = rest.toLowerCase().indexOf(closing.toLowerCase(), whole.length)
    if (end === -1) return { answer: '', start: reply.length, isUnfinished: true }
    start += end + closing.length
  }
}
