import { languageName, languagesInWords } from './languageNames.ts'

/** More languages are a library of all kinds. */
const mostNamed = 3

/** Why a question was not answered that is in another language than what was searched. */
export function otherLanguageInWords({
  asked,
  searched,
}: {
  readonly asked: string
  readonly searched: readonly string[]
}): string {
  const theirs = searched.length <= mostNamed ? languagesInWords(searched) : 'other languages'
  return `Your question is in ${languageName(asked)}, and the documents are in ${theirs}. Ask in their language, or choose an embedder for many languages in Models.`
}
