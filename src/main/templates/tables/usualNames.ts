import { plainName } from '../../../shared/domain/template/contextNames.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/u)

/** The same without remarks in brackets: “input (from the form)”. */
export function nameWithoutRemark(name: string): string {
  return plainName(name.replaceAll(/\([^)]*\)|\[[^\]]*\]/gu, ' '))
}

/** What says that a column holds what is right, not what a model answered. */
const certainly = words(
  'expected groundtruth gold golden goldstandard ideal reference correct right true truth target desired wanted',
)
const answers = words(
  'answer output label response result value text class category completion reply solution',
)

/** Names that only what is right has. `correct`, `right` and `true` alone say whether it was. */
export const certainAnswerNames: readonly string[] = [
  ...words('expected groundtruth gold golden goldstandard ideal'),
  ...certainly.flatMap((one) => answers.flatMap((answer) => [one + answer, `${one}${answer}s`])),
  ...words('groundtruths goldens truth reference references desired wanted answerkey'),
]

/** Names of answers, the surest first: the last ones are also used for what a model answered. */
export const answerNames: readonly string[] = [
  ...certainAnswerNames,
  ...words('label labels labelname labeltext target targets answer answers answertext'),
  ...words(
    'bestanswer finalanswer shortanswer solution class category intent sentiment summary translation',
  ),
  ...words('output outputs completion response result reply assistant'),
]

/** Names of the text that a row is about, the most usual first. */
export const inputNames = words(
  `input inputs text review question message sentence query prompt content utterance comment body
  document description userinput userprompt usermessage inputtext problem statement email ticket`,
)

/** Names of the turns of a chat before its last question. */
export const historyNames = words(
  'history earlierturns chathistory conversation dialogue dialog chat turns',
)

export const tagNames = words('tags tag split subset')

export const noteNames = words('note notes remark remarks hint')

/** Names of a column with the answer of one field. @param field its path */
export function fieldColumnNames(field: string): readonly string[] {
  const plain = plainName(field)
  if (plain === '') return []
  return [plain, ...certainly.flatMap((one) => [one + plain, plain + one])]
}
