import { expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../helpers/testApp.ts'

/** One text and its questions, each with a word of the sentence that answers. */
interface Club {
  readonly text: string
  readonly questions: Readonly<Record<string, string>>
}

const clubs: Readonly<Record<string, Club>> = {
  de: {
    text: 'Der Ruderverein trifft sich jeden Dienstag im Bootshaus am alten Hafen.\n\nMitglieder zahlen sechzig Euro im Jahr, Kinder unter zwölf nichts.\n\nDer Kran wurde 1931 gebaut und 1998 abgerissen.\n\nHunde dürfen nur an der Leine auf den Steg.',
    questions: {
      'Wo trifft sich der Verein?': 'Bootshaus',
      'Wie viel zahlen die Mitglieder im Jahr?': 'sechzig',
      'Wann wurde der Kran gebaut?': '1931',
    },
  },
  fr: {
    text: "Le club d'aviron se réunit chaque mardi dans le hangar du vieux port.\n\nLes membres paient soixante euros par an, les enfants ne paient rien.\n\nLa grue a été construite en 1931 et démolie en 1998.",
    questions: {
      'Où se réunit le club ?': 'port',
      'Combien paient les membres par an ?': 'soixante',
      'Quand la grue a-t-elle été construite ?': '1931',
    },
  },
  pl: {
    text: 'Klub wioślarski spotyka się w każdy wtorek w hangarze w starym porcie.\n\nCzłonkowie płacą sześćdziesiąt euro rocznie, a dzieci nie płacą nic.\n\nDźwig zbudowano w 1931 roku, a rozebrano w 1998.',
    questions: {
      'Gdzie spotyka się klub?': 'hangarze',
      'Ile płacą członkowie?': 'sześćdziesiąt',
      'Kiedy zbudowano dźwig?': '1931',
    },
  },
  ru: {
    text: 'Клуб собирается каждый вторник в лодочном сарае у старой гавани.\n\nЧлены клуба платят шестьдесят евро в год, дети не платят ничего.\n\nКран был построен в 1931 году и снесён в 1998 году.',
    questions: {
      'Где собирается клуб?': 'сарае',
      'Сколько платят члены клуба?': 'шестьдесят',
      'Когда был построен кран?': '1931',
    },
  },
  tr: {
    text: 'Kulüp her salı eski limandaki kayıkhanede toplanır.\n\nÜyeler yılda altmış avro öder, çocuklar hiçbir şey ödemez.\n\nVinç 1931 yılında yapıldı ve 1998 yılında söküldü.',
    questions: {
      'Kulüp nerede toplanır?': 'kayıkhanede',
      'Üyeler yılda ne kadar öder?': 'altmış',
      'Vinç ne zaman yapıldı?': '1931',
    },
  },
  zh: {
    text: '俱乐部每周二在旧港口的船屋聚会。\n\n会员每年支付六十欧元，儿童免费。\n\n起重机建于1931年，1998年拆除。',
    questions: { '俱乐部在哪里聚会？': '船屋', '会员每年支付多少？': '六十' },
  },
}

/** The sentence that matches best, if the documents are taken to hold an answer. */
async function bestSentence({ retrieval }: TestApp, question: string): Promise<string> {
  const { passages, decision } = await retrieval.search(question, { limit: 5 })
  if (decision.best < decision.threshold) return 'refused'
  const sentences = passages.flatMap((passage) => passage.sentences)
  return sentences.reduce((best, one) => (one.score > best.score ? one : best)).text
}

test('plain questions are answered in the language of their document, beside others', async () => {
  await using app = await createTestApp()
  const texts = new Map(Object.entries(clubs).map(([name, { text }]) => [`${name}.txt`, text]))
  await app.importFiles(Object.fromEntries(texts))
  const found = new Map(app.library.list().documents.map((row) => [row.name, row.languages]))
  for (const [language, { questions }] of Object.entries(clubs)) {
    expect(found.get(`${language}.txt`)).toEqual([language])
    for (const [question, word] of Object.entries(questions)) {
      expect(await bestSentence(app, question), question).toContain(word)
    }
  }
})

test('a question in a language that no document is in is told so', async () => {
  await using app = await createTestApp()
  await app.importFiles({ 'de.txt': clubs.de?.text ?? '' })
  const { decision } = await app.retrieval.search('When was the crane built by the club?', {
    limit: 3,
  })
  expect(decision.otherLanguage).toEqual({ asked: 'en', searched: ['de'] })
  const own = await app.retrieval.search('Wann wurde der Kran gebaut?', { limit: 3 })
  expect(own.decision.otherLanguage).toBeNull()
})

test('the language of a document can be corrected, and found again', async () => {
  await using app = await createTestApp()
  await app.importFiles({ 'de.txt': clubs.de?.text ?? '' })
  const row = () => app.library.list().documents[0]
  const id = row()?.id ?? ''
  await app.library.nameLanguage([id], 'nl')
  await app.library.idle()
  expect(row()).toMatchObject({ languages: ['nl'], isLanguageNamed: true, state: 'indexed' })
  expect(app.index.current().store.languages()).toEqual(['nl'])
  expect(await app.index.current().store.count()).toBe(row()?.chunks)
  // Also while it is indexed in another one.
  await app.library.nameLanguage([id], 'fr')
  await app.library.nameLanguage([id], null)
  await app.library.idle()
  expect(row()).toMatchObject({ languages: ['de'], isLanguageNamed: false })
  expect(await bestSentence(app, 'Wann wurde der Kran gebaut?')).toContain('1931')
})

test('documents with the same text have one language, however it was found or named', async () => {
  await using app = await createTestApp()
  const text = clubs.de?.text ?? ''
  await app.importFiles({ 'de.txt': text, 'copy.txt': text })
  const rows = () => app.library.list().documents
  const said = () => rows().map(({ languages, isLanguageNamed }) => [languages, isLanguageNamed])
  await app.library.nameLanguage([rows()[1]?.id ?? ''], 'nl')
  await app.library.idle()
  expect(said()).toEqual([
    [['nl'], true],
    [['nl'], true],
  ])
  await app.importFiles({ 'third.txt': text })
  expect(said()[2]).toEqual([['nl'], true])
  await app.library.nameLanguage([rows()[0]?.id ?? ''], null)
  await app.library.idle()
  expect(said()).toEqual(Array(3).fill([['de'], false]))
})

test('a document is asked for by the name of its file', async () => {
  await using app = await createTestApp()
  const lease = (rent: string): string =>
    `The rent is ${rent} euros a month and is due on the first day. The tenant may keep no animals.`
  await app.importFiles({
    'Lease_Harbour Road_12.txt': lease('900'),
    'Lease_Mill Lane_7.txt': lease('750'),
    'notes.txt': 'Nothing is said here about any house, and the bakery opens at seven.',
  })
  expect(await bestSentence(app, 'What is the rent in the Mill Lane 7 lease?')).toContain('750')
  expect(await bestSentence(app, 'What is the rent in the Harbour Road lease?')).toContain('900')
})
